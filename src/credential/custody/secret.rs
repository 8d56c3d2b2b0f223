//! Private keys as other programs write them: the forms that an import reads.
//!
//! - 64 hexadecimal digits: the 32-byte seed (RFC 8032, section 5.1.5)
//! - a Multikey secret, `z3u2…` (Controlled Identifiers 1.0, section 2.2.2)
//! - a JWK, an `OKP` key with `d` (RFC 8037, section 2)
//! - a PKCS#8 private key in PEM (RFC 8410, section 7), as `openssl genpkey` writes it
//!
//! No error repeats any of the text, which is secret.

#[cfg(test)]
mod tests;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::Seed;
use crate::credential::sign::public_key;

/// The longest text that is looked at, in bytes; the longest form is a third of it.
pub const MAX_TEXT: usize = 1_024;

/// The multicodec prefix of an Ed25519 private key, as a varint.
const ED25519_PRIV: [u8; 2] = [0x80, 0x26];
/// What stands before the seed in a PKCS#8 Ed25519 key without attributes (RFC 8410, section 10.3).
const PKCS8: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];
const PEM_BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const PEM_END: &str = "-----END PRIVATE KEY-----";

/// Why a text is no private key that can be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// It has none of the forms.
    #[error(
        "this is no private key in a form that is read here; give an Ed25519 key as 64 hexadecimal \
         digits (the seed), a Multikey secret (z3u2…), a JWK with d, or PKCS#8 in PEM"
    )]
    Form,
    /// It has one of the forms, and is broken.
    #[error("this is not an Ed25519 private key as {form}: {problem}; export it again")]
    Broken {
        /// The form.
        form: &'static str,
        /// What is wrong.
        problem: &'static str,
    },
    /// A JWK's two halves do not belong together.
    #[error(
        "the JWK's x is not the public key of its d; export it again: who would import it would \
         get another key than the one it names"
    )]
    Halves,
}

/// Reads an Ed25519 private key in one of the forms; whitespace around it is allowed.
///
/// # Errors
/// When it has none of the forms, or is broken.
pub fn parse(text: &str) -> Result<Seed, SecretError> {
    let text = text.trim();
    if text.len() > MAX_TEXT {
        return Err(SecretError::Form);
    }
    if let Some(seed) = hex(text) {
        return Ok(seed);
    }
    match text.as_bytes() {
        [b'z', ..] => multikey(text),
        [b'{', ..] => jwk(text),
        [b'-', ..] => pem(text),
        _ => Err(SecretError::Form),
    }
}

fn broken(form: &'static str, problem: &'static str) -> SecretError {
    SecretError::Broken { form, problem }
}

/// 64 digits of either case; nothing of them is copied but into the seed.
fn hex(digits: &str) -> Option<Seed> {
    let digit = |byte: u8| u8::try_from(char::from(byte).to_digit(16)?).ok();
    let mut seed = Zeroizing::new([0; 32]);
    if digits.len() != 2 * seed.len() {
        return None;
    }
    for (to, pair) in seed.iter_mut().zip(digits.as_bytes().chunks(2)) {
        let [high, low] = pair else { return None };
        *to = digit(*high)? << 4 | digit(*low)?;
    }
    Some(Seed::from_bytes(*seed))
}

fn multikey(text: &str) -> Result<Seed, SecretError> {
    const FORM: &str = "a Multikey secret";
    let digits = text.strip_prefix('z').ok_or(SecretError::Form)?;
    let mut bytes = Zeroizing::new([0; 34]);
    match bs58::decode(digits).onto(bytes.as_mut_slice()) {
        Ok(34) => {}
        _ => return Err(broken(FORM, "it is not 34 bytes in base58btc")),
    }
    match bytes.split_first_chunk::<2>() {
        Some((&ED25519_PRIV, seed)) => exactly(seed).ok_or(SecretError::Form),
        _ => Err(broken(
            FORM,
            "it holds another kind of key, or a public one; a secret begins with z3u2",
        )),
    }
}

/// The members of a JWK that matter. They are borrowed: no copy of the secret is left behind.
#[derive(Deserialize)]
struct Jwk<'a> {
    kty: &'a str,
    crv: &'a str,
    d: Option<&'a str>,
    x: Option<&'a str>,
}

fn jwk(text: &str) -> Result<Seed, SecretError> {
    const FORM: &str = "a JWK";
    let jwk: Jwk<'_> = serde_json::from_str(text).map_err(|_| {
        broken(
            FORM,
            "it is not JSON with the members kty, crv, d and x, once each",
        )
    })?;
    if (jwk.kty, jwk.crv) != ("OKP", "Ed25519") {
        return Err(broken(
            FORM,
            "its kty is not OKP, or its crv is not Ed25519",
        ));
    }
    let d = jwk
        .d
        .ok_or_else(|| broken(FORM, "it has no d: it is a public key"))?;
    let seed = Seed::from_bytes(
        *base64url(d)
            .ok_or_else(|| broken(FORM, "its d is not 32 bytes in base64url without padding"))?,
    );
    if let Some(x) = jwk.x {
        let x = base64url(x)
            .ok_or_else(|| broken(FORM, "its x is not 32 bytes in base64url without padding"))?;
        if *x != public_key(&seed) {
            return Err(SecretError::Halves);
        }
    }
    Ok(seed)
}

fn base64url(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let mut bytes = Zeroizing::new([0; 32]);
    match URL_SAFE_NO_PAD.decode_slice(text, bytes.as_mut_slice()) {
        Ok(32) => Some(bytes),
        _ => None,
    }
}

fn pem(text: &str) -> Result<Seed, SecretError> {
    const FORM: &str = "PKCS#8 in PEM";
    let body = text
        .strip_prefix(PEM_BEGIN)
        .and_then(|rest| rest.strip_suffix(PEM_END))
        .ok_or_else(|| {
            broken(
                FORM,
                "it does not begin with BEGIN PRIVATE KEY and end with END PRIVATE KEY",
            )
        })?;
    let lines: Zeroizing<String> = Zeroizing::new(body.split_ascii_whitespace().collect());
    let mut der = Zeroizing::new([0; 48]);
    match STANDARD.decode_slice(lines.as_str(), der.as_mut_slice()) {
        Ok(48) => {}
        _ => {
            return Err(broken(
                FORM,
                "it is not 48 bytes in base64: another kind of key",
            ));
        }
    }
    match der.split_first_chunk::<16>() {
        Some((&PKCS8, seed)) => exactly(seed).ok_or(SecretError::Form),
        _ => Err(broken(FORM, "it holds another kind of key")),
    }
}

fn exactly(seed: &[u8]) -> Option<Seed> {
    let seed: &[u8; 32] = seed.try_into().ok()?;
    Some(Seed::from_bytes(*seed))
}
