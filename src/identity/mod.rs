//! Who acts, what they may do, and the record of what they did.

pub mod actor;
pub mod audit;
pub mod chain;
pub mod model;
pub mod ops;
pub mod policy;
pub mod store;
pub mod tokens;
