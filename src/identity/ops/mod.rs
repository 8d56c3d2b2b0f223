//! Operations on people and their keys, and how they sign in.

pub mod authenticate;
pub mod handover;
pub mod invitations;
pub mod keys;
pub mod learners;
pub mod log;
pub mod members;
pub mod providers;
mod sign_in;
