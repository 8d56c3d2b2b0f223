//! Credentials: the signed documents, from a claim to bytes, and from bytes to a verdict.
//!
//! The rooms below are pure: time, randomness and keys come in as parameters, and nothing in them
//! opens a file, a socket or a database. Beside them, [`fetch`] brings what judging a
//! credential needs, through the guarded HTTP client.
//!
//! - [`crypto`]: Ed25519, strict verification only; the JWT library has no other
//! - [`custody`]: private keys at rest: by default sealed under a data key, wrapped under the
//!   master key
//! - [`key_state`]: where a signing key stands in its life
//! - [`did`]: the issuer's identity and its public documents
//! - [`build`]: a claim becomes an Open Badges 3.0 credential
//! - [`proof`]: embedded proofs, made and verified
//! - [`prepare`] and [`sign`]: the exact bytes to be signed, then the signature
//! - [`rekey`]: the same bytes for another key
//! - [`mechanism`]: the ways of securing a credential
//! - [`rdf`]: JSON-LD to RDF, in canonical form
//! - [`status`]: Bitstring Status Lists
//! - [`unsecured`]: a credential that a client wrote, checked and completed
//! - [`badge`]: credentials in PNG and SVG images
//! - [`instant`]: points in time as credentials write them
//! - [`verify`]: the one verification engine
//! - [`wanted`]: what a list of credentials is narrowed to

pub mod badge;
pub mod build;
pub mod cache;
pub mod crypto;
pub mod custody;
pub mod did;
pub mod fetch;
pub mod instant;
pub mod key_state;
pub mod mechanism;
pub mod ops;
pub mod prepare;
pub mod proof;
pub mod rdf;
pub mod rekey;
pub mod sign;
pub mod status;
pub mod store;
pub mod unsecured;
pub mod verify;
pub mod wanted;

/// The first context of every credential (VC Data Model 2.0, section 4.3).
pub const CREDENTIALS_CONTEXT: &str = "https://www.w3.org/ns/credentials/v2";
/// The Open Badges context of the credentials issued here (Open Badges 3.0, version 3.0.3).
pub const OPEN_BADGES_CONTEXT: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
