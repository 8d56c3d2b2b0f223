//! The catalog: occupations, and the versions of the frameworks that describe them.

pub mod cache;
pub mod case;
pub mod decimal;
pub mod diff;
pub mod drafts;
pub mod evidence;
pub mod export;
pub mod ids;
pub mod import;
pub mod model;
pub mod onet;
pub mod ops;
pub mod profile;
pub mod rules;
pub mod samples;
pub mod search;
pub mod similarity;
pub mod store;
#[cfg(test)]
pub(crate) mod tests;
