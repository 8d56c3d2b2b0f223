//! Operations on providers' keys, credentials and their status.

mod allocate;
mod announce;
pub mod change;
pub mod installation;
pub mod issue;
pub mod issuer;
pub mod keys;
pub mod lists;
mod order;
pub mod prepare_claim;
pub mod providers;
pub mod raw;
pub mod read;
mod secure;
mod standing;
pub mod verify;
