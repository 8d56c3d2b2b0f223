//! Operations on people and their keys.

pub mod authenticate;
pub mod invitations;
pub mod keys;
pub mod learners;
pub mod members;
pub mod providers;
