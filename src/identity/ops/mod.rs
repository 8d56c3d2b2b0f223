//! Operations on people and their keys.

pub mod authenticate;
pub mod keys;
pub mod learners;
pub mod log;
pub mod members;
pub mod providers;
