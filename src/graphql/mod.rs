//! The one API: the schema, and nothing of what stands behind it.

pub mod errors;
pub mod guard;
pub mod loaders;
pub mod mutation;
pub mod query;
pub mod schema;
pub mod subscription;
pub mod types;
mod waves;
