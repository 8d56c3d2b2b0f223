//! Operations on the catalog.

pub mod browse;
pub mod diff;
pub mod export;
pub mod import;
pub mod onet;
pub mod profiles;
mod publish;
pub mod search;
