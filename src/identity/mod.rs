//! Who acts, what they may do, and the record of what they did.

pub mod actor;
pub mod audit;
pub mod chain;
pub mod fetch;
pub mod model;
pub mod oidc;
pub mod ops;
pub mod policy;
pub mod store;
pub mod tokens;
