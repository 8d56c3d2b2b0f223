//! Everything about one learner, from every room: given out whole, and erased.

pub mod document;
pub mod ops;
mod store;
