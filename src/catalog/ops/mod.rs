//! Operations on the catalog.

pub mod browse;
pub mod case;
pub mod compare_occupations;
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
