//! From what the catalog stores back to the formats of others.

pub mod v1_0;
