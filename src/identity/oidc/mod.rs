//! Sign-in by OpenID Connect: a bearer token that an issuer signed (a JWT access token of RFC 9068,
//! or an ID token of OpenID Connect Core 1.0) becomes an identity. All of it is pure: the time and
//! the issuer's keys come in as values.
//!
//! - [`settings`]: which issuers are trusted, and what for
//! - [`token`]: a token taken apart; nothing in it is believed yet
//! - [`judge`]: the rules that it must keep, its signature last
//! - [`jwk`]: an issuer's public keys; [`jwks`]: how long they are kept, and when they are fetched
//! - [`claims`]: from what a verified token says to who acts, in which roles

pub mod algorithm;
pub mod claims;
pub mod judge;
pub mod jwk;
pub mod jwks;
pub mod refusal;
pub mod settings;
pub mod token;

pub use algorithm::Algorithm;
pub use refusal::Refusal;
pub use settings::Issuer;
