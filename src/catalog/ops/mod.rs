//! Operations on the catalog.

pub mod browse;
pub mod corrections;
pub mod deprecate;
pub mod diff;
pub mod drafts;
pub mod export;
pub mod import;
pub mod onet;
pub mod profiles;
mod publish;
pub mod search;
pub mod succession;
