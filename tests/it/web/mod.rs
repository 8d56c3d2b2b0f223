//! The public documents and the verifier, through the routes that are served.

mod documents;
mod issuers;
mod negotiation;
mod setup;
mod verify;
