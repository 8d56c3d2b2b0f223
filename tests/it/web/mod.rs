//! The public documents and the verifier, through the routes that are served.

mod case;
mod documents;
mod issuers;
mod negotiation;
pub(crate) mod setup;
mod verify;
mod verify_page;
