//! Why a token signs nobody in, and what to do about it. What a token holds is not repeated: it is
//! its sender's, and the text is logged.

use super::token::MAX_TOKEN;

/// Why a token signs nobody in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The token is too long.
    #[error("the token has more than {MAX_TOKEN} characters: ask the issuer for a smaller one")]
    TooLong,
    /// The text is no JWS in compact form (RFC 7515, section 7.1).
    #[error(
        "this is neither an API key of this service nor a signed JWT of three parts in base64url: \
         copy it whole"
    )]
    NotAJwt,
    /// The header or the claims are no JSON object (RFC 7519, section 7.2).
    #[error("the token's {0} no strict JSON object: have the issuer make another")]
    NotJson(&'static str),
    /// The token is of another kind.
    #[error(
        "the token's typ is neither JWT nor at+jwt: send an access token or an ID token, and no \
         other kind"
    )]
    Type,
    /// The token demands extensions (RFC 7515, section 4.1.11).
    #[error("the token's crit demands extensions, and none is known here: ask for one without")]
    Critical,
    /// The algorithm is not allowed.
    #[error("the token's alg is not allowed for this issuer: have it sign with {0}")]
    Algorithm(String),
    /// The header names no key.
    #[error("the token's header has no kid: have the issuer name the key that it signs with")]
    NoKeyId,
    /// The issuer is none of those configured.
    #[error("the claim iss names no issuer that is trusted here: sign in at one that is")]
    Issuer,
    /// The token is for others.
    #[error("the claim aud does not contain {0}: ask the issuer for a token for this audience")]
    Audience(String),
    /// A claim is missing, or is not what it should be.
    #[error("the claim {claim} is not {wanted}: have the issuer put it into the token")]
    Claim {
        /// The claim.
        claim: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// `exp` has passed (RFC 7519, section 4.1.4).
    #[error("the token has expired by its claim exp: ask the issuer for a new one")]
    Expired,
    /// `nbf` or `iat` lies ahead (RFC 7519, sections 4.1.5 and 4.1.6).
    #[error(
        "by its claim {0} the token is from the future: wait until then, or set the issuer's clock"
    )]
    Early(&'static str),
    /// The token may only be used with a proof of possession (RFC 7800), which is not checked here.
    #[error("by its claim cnf the token is bound to a key: ask the issuer for a bearer token")]
    Bound,
    /// The issuer's keys are not at hand.
    #[error("the issuer's keys cannot be had at this moment: try again in a minute")]
    NoKeys,
    /// The issuer publishes no such key.
    #[error(
        "the issuer publishes no key with the token's kid: if its keys have just changed, try \
         again in a minute"
    )]
    UnknownKey,
    /// The key is for another algorithm.
    #[error("the issuer's key of the token's kid is not for the token's alg: ask for a new token")]
    KeyMismatch,
    /// The signature is not the key's.
    #[error(
        "the token's signature is wrong: copy the token whole, or ask the issuer for a new one"
    )]
    Signature,
    /// No role of the token is one here.
    #[error(
        "the token's claim {0} holds none of the roles that have a meaning here: have the issuer \
         give one, or the operator map it"
    )]
    NoRole(String),
    /// The token gives roles of the platform and roles within a provider.
    #[error(
        "the token's claim {0} holds a role of the platform beside one within a provider: sign in \
         with an account that has only one kind"
    )]
    MixedRoles(String),
}

impl From<Refusal> for crate::kernel::errors::Error {
    fn from(refusal: Refusal) -> Self {
        Self::Unauthenticated(refusal.to_string())
    }
}
