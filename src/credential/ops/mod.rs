//! Operations on providers' keys, credentials and their status.

pub mod change;
pub mod installation;
pub mod issue;
pub mod issuer;
pub mod keys;
pub mod lists;
pub mod prepare_claim;
pub mod providers;
pub mod read;
pub mod verify;
