//! Tests of reading tables and of what is shown of them.
