//! Frameworks as linked data.
