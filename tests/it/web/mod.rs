//! The public documents and the verifier, through the routes that are served.

mod caching;
mod case;
mod documents;
mod issuers;
mod linked;
mod markup;
mod negotiation;
mod pages;
pub(crate) mod setup;
mod verify;
mod verify_page;
