//! Keys as JSON Web Keys (RFC 7517; OKP keys of RFC 8037), and names made of them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::DidError;
use super::resolve::DocumentError;
use crate::kernel::json::{Json, ParseOptions, parse};

/// The longest did:jwk name that is read; one of an Ed25519 key has about 150 characters.
const MAX_NAME: usize = 2_048;

/// The raw Ed25519 public key of a JWK; `None` for another kind of key.
///
/// # Errors
/// When it holds a private key, or its `x` is not the one base64url form of 32 bytes.
pub fn public_key(jwk: &Json) -> Result<Option<[u8; 32]>, DocumentError> {
    if jwk.get("d").is_some() {
        return Err(DocumentError::Entry(
            "a JWK holds a private key; its owner must replace it".to_owned(),
        ));
    }
    if text(jwk, "kty") != Some("OKP") || text(jwk, "crv") != Some("Ed25519") {
        return Ok(None);
    }
    let mut key = [0; 32];
    match URL_SAFE_NO_PAD.decode_slice(text(jwk, "x").unwrap_or_default(), &mut key) {
        Ok(32) => Ok(Some(key)),
        _ => Err(DocumentError::Entry(
            "the x of an Ed25519 JWK is not 32 bytes in base64url".to_owned(),
        )),
    }
}

/// Whether a JWK may verify EdDSA signatures, by its `use`, `key_ops` and `alg` (RFC 7517, sections
/// 4.2 to 4.4; RFC 9864 for the name `Ed25519`). What it does not say, it allows.
#[must_use]
pub fn is_for_signatures(jwk: &Json) -> bool {
    let says = |member: &str, allowed: &[&str]| match jwk.get(member) {
        None => true,
        Some(value) => value.as_str().is_some_and(|text| allowed.contains(&text)),
    };
    let verifies = |op: &Json| op.as_str() == Some("verify");
    let operations = match jwk.get("key_ops") {
        None => true,
        Some(value) => value.as_array().is_some_and(|ops| ops.iter().any(verifies)),
    };
    says("use", &["sig"]) && says("alg", &["EdDSA", "Ed25519"]) && operations
}

/// The raw Ed25519 public key of a did:jwk name.
///
/// # Errors
/// When the text is no such name, is not the one base64url form of strict JSON, or holds a private
/// key, another kind of key, or a key for other uses.
pub fn parse_did_jwk(did: &str) -> Result<[u8; 32], DidError> {
    let refuse = |why| DidError::Jwk {
        name: did.chars().take(80).collect(),
        why,
    };
    let encoded = did
        .strip_prefix("did:jwk:")
        .ok_or_else(|| refuse("it does not begin with did:jwk:"))?;
    if did.len() > MAX_NAME {
        return Err(refuse("it is too long"));
    }
    let bytes = URL_SAFE_NO_PAD
        .decode(encoded)
        .map_err(|_| refuse("it is not base64url without padding"))?;
    let jwk = parse(&bytes, &ParseOptions::default())
        .map_err(|_| refuse("it does not hold strict JSON"))?;
    if jwk.get("d").is_some() {
        return Err(refuse("it holds a private key, which is thereby lost"));
    }
    if !is_for_signatures(&jwk) {
        return Err(refuse("the key is not for EdDSA signatures"));
    }
    match public_key(&jwk) {
        Ok(Some(key)) => Ok(key),
        Ok(None) => Err(refuse("the key is of another kind")),
        Err(_) => Err(refuse("its x is not 32 bytes in base64url")),
    }
}

fn text<'a>(jwk: &'a Json, member: &str) -> Option<&'a str> {
    jwk.get(member)?.as_str()
}
