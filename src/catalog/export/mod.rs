//! From what the catalog holds to the bytes of a file.

pub mod ctdl;
mod extras;
pub mod profile;
pub mod v1_0;
pub mod v2_0;
