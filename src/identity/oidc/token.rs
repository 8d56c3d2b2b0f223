//! A JWT taken apart (RFC 7519; RFC 7515, section 7.1). Nothing in it is believed yet.

#[cfg(test)]
pub(crate) mod tests;

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::Refusal;
use crate::kernel::json::{Json, ParseOptions, parse};

/// The longest token that is read, in characters. Those of large issuers have about 2,000.
pub const MAX_TOKEN: usize = 16 * 1024;

/// A token whose parts could be read.
pub struct Token<'a> {
    /// What the signature is over: header and claims as they came.
    pub(super) signed: &'a str,
    /// The header, an object.
    pub(super) header: Json,
    /// The claims, an object.
    pub(super) claims: Json,
    /// The signature's bytes.
    pub(super) signature: Vec<u8>,
}

impl<'a> Token<'a> {
    /// Takes a token apart.
    ///
    /// # Errors
    /// When it is longer than [`MAX_TOKEN`], has not three parts, each in its one base64url form
    /// without padding, or its first two are no strict JSON objects (no member name twice).
    pub fn read(text: &'a str) -> Result<Self, Refusal> {
        if text.len() > MAX_TOKEN {
            return Err(Refusal::TooLong);
        }
        let split = || {
            let (signed, signature) = text.rsplit_once('.')?;
            let (header, claims) = signed.split_once('.')?;
            Some((signed, decode(header)?, decode(claims)?, decode(signature)?))
        };
        let (signed, header, claims, signature) = split().ok_or(Refusal::NotAJwt)?;
        Ok(Self {
            signed,
            header: object(&header, "header is")?,
            claims: object(&claims, "claims are")?,
            signature,
        })
    }

    /// Who is said to have issued it (`iss`).
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        self.claims.get("iss")?.as_str()
    }
}

impl fmt::Debug for Token<'_> {
    /// Whoever has the text of a token can use it, and claims are about a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").finish_non_exhaustive()
    }
}

fn decode(part: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(part).ok()
}

fn object(bytes: &[u8], what: &'static str) -> Result<Json, Refusal> {
    match parse(bytes, &ParseOptions::default()) {
        Ok(json @ Json::Object(_)) => Ok(json),
        _ => Err(Refusal::NotJson(what)),
    }
}
