//! Operations on the catalog.

pub mod browse;
pub mod export;
pub mod import;
pub mod profiles;
