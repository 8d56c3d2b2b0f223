//! The rules that a token must keep: those of RFC 7519, section 7.2, OpenID Connect Core 1.0,
//! section 3.1.3.7, and RFC 9068, section 4, with the advice of RFC 8725.

#[cfg(test)]
mod tests;

use std::fmt;

use jiff::Timestamp;

use super::{Algorithm, Issuer, Refusal, jwk::KeySet, token::Token};
use crate::kernel::json::Json;

/// How far an issuer's clock may be ahead of this one, in seconds.
const LEEWAY: f64 = 60.0;

/// A token that keeps every rule, but for its signature, which is not checked yet.
pub struct Judged<'a> {
    token: Token<'a>,
    algorithm: Algorithm,
    key: String,
}

/// The claims of a token whose signature is its issuer's.
pub struct Verified(Json);

/// Judges a token of `issuer` at a moment. What costs nothing is judged first, so that a token
/// which fails by itself makes nobody look for keys.
///
/// # Errors
/// The first rule that it breaks.
pub fn judge<'a>(token: Token<'a>, issuer: &Issuer, now: Timestamp) -> Result<Judged<'a>, Refusal> {
    let (algorithm, key) = header(&token.header, issuer)?;
    let claims = &token.claims;
    if token.issuer() != Some(issuer.issuer.as_str()) {
        return Err(Refusal::Issuer);
    }
    if !is_for(claims.get("aud"), &issuer.audience) {
        return Err(Refusal::Audience(issuer.audience.clone()));
    }
    times(claims, now)?;
    if claims.get("cnf").is_some() {
        return Err(Refusal::Bound);
    }
    Ok(Judged {
        token,
        algorithm,
        key,
    })
}

/// The algorithm and the key that a header names.
fn header(header: &Json, issuer: &Issuer) -> Result<(Algorithm, String), Refusal> {
    let allowed = || {
        let names: Vec<_> = issuer.algorithms.iter().map(|a| a.as_str()).collect();
        Refusal::Algorithm(names.join(" or "))
    };
    let text = |name| header.get(name).and_then(Json::as_str);
    let algorithm = text("alg").and_then(Algorithm::parse);
    let algorithm = algorithm
        .filter(|a| issuer.algorithms.contains(a))
        .ok_or_else(allowed)?;
    if header.get("typ").is_some() && !text("typ").is_some_and(is_known_type) {
        return Err(Refusal::Type);
    }
    if header.get("crit").is_some() {
        return Err(Refusal::Critical);
    }
    let key = text("kid").ok_or(Refusal::NoKeyId)?;
    Ok((algorithm, key.to_owned()))
}

/// Whether a `typ` is that of a JWT or an access token; a media type may leave out `application/`
/// (RFC 7515, section 4.1.9).
fn is_known_type(typ: &str) -> bool {
    let typ = typ.to_ascii_lowercase();
    let short = typ.strip_prefix("application/").unwrap_or(&typ);
    matches!(short, "jwt" | "at+jwt")
}

/// Whether `aud`, a string or an array of them, holds the audience (RFC 7519, section 4.1.3).
fn is_for(aud: Option<&Json>, audience: &str) -> bool {
    match aud {
        Some(Json::String(one)) => one == audience,
        Some(Json::Array(several)) => several.iter().any(|one| one.as_str() == Some(audience)),
        _ => false,
    }
}

fn times(claims: &Json, now: Timestamp) -> Result<(), Refusal> {
    let now = now.as_duration().as_secs_f64();
    let wrong = |claim: &str| Refusal::Claim {
        claim: claim.to_owned(),
        wanted: "a time in seconds since 1970",
    };
    let time = |claim: &str| match claims.get(claim) {
        None => Ok(None),
        Some(Json::Number(at)) => at.as_f64().map(Some).ok_or_else(|| wrong(claim)),
        Some(_) => Err(wrong(claim)),
    };
    if time("exp")?.ok_or_else(|| wrong("exp"))? <= now {
        return Err(Refusal::Expired);
    }
    for claim in ["nbf", "iat"] {
        if time(claim)?.is_some_and(|at| at > now + LEEWAY) {
            return Err(Refusal::Early(claim));
        }
    }
    Ok(())
}

impl Judged<'_> {
    /// The id of the key that is said to have signed it.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The claims, where one of the issuer's keys of the token's `kid` signed them.
    ///
    /// # Errors
    /// When there is no such key, it is for another algorithm, or the signature is not its own.
    pub fn verify(self, keys: &KeySet) -> Result<Verified, Refusal> {
        if !keys.has(&self.key) {
            return Err(Refusal::UnknownKey);
        }
        let token = self.token;
        let mut fitting = keys
            .of(&self.key)
            .filter(|key| key.is_for(self.algorithm))
            .peekable();
        if fitting.peek().is_none() {
            return Err(Refusal::KeyMismatch);
        }
        let message = token.signed.as_bytes();
        if fitting.any(|key| key.verifies(self.algorithm, message, &token.signature)) {
            Ok(Verified(token.claims))
        } else {
            Err(Refusal::Signature)
        }
    }
}

impl Verified {
    /// Claims that a test made up.
    #[cfg(test)]
    pub(super) fn of(claims: Json) -> Self {
        Self(claims)
    }

    /// The claims, an object.
    #[must_use]
    pub fn claims(&self) -> &Json {
        &self.0
    }
}

impl fmt::Debug for Judged<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Judged").finish_non_exhaustive()
    }
}

impl fmt::Debug for Verified {
    /// Claims are about a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified").finish_non_exhaustive()
    }
}
