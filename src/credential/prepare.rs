//! The exact bytes that will be signed, made before signing so that they can be recorded.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::kernel::digest::sha256;

/// What is secured, and by which convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Convention {
    /// A credential as Open Badges 3.0 secures it (section 8.2): `typ` is `JWT`, and the claims
    /// `iss`, `sub`, `jti`, `nbf` and `exp` repeat members of the credential.
    OpenBadges,
    /// A credential as VC-JOSE-COSE secures it (section 3.1): `typ` is `vc+jwt`, and the payload
    /// is the credential and nothing else. Status lists are secured so.
    VcJose,
}

/// Why a document cannot be prepared for signing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// A member that a claim must repeat is absent or malformed.
    #[error("the credential's {0} is missing or malformed; build it again from its claim")]
    Member(&'static str),
    /// Recorded bytes are not a signing input made here.
    #[error("the recorded signing input is not one: {0}; restore it from a backup")]
    Recorded(&'static str),
}

/// A JWS signing input (RFC 7515, section 5.1): `base64url(header) . base64url(payload)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    kid: String,
    signing_input: String,
}

impl Prepared {
    /// The bytes to record and to sign, as ASCII text.
    #[must_use]
    pub fn signing_input(&self) -> &str {
        &self.signing_input
    }

    /// The verification method that the header names.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The SHA-256 digest of the signing input: what stays known of a credential that is erased.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        sha256(self.signing_input.as_bytes())
    }

    /// Takes up a recorded signing input again, to sign the very same bytes on a retry.
    ///
    /// # Errors
    /// When the text is not of the form that [`prepare`] makes.
    pub fn from_recorded(signing_input: String) -> Result<Self, PrepareError> {
        let refuse = PrepareError::Recorded;
        let (header, payload) = signing_input
            .split_once('.')
            .ok_or(refuse("it has no dot"))?;
        if payload.is_empty() || !payload.bytes().all(is_base64url) {
            return Err(refuse("its payload is not base64url"));
        }
        let header = URL_SAFE_NO_PAD
            .decode(header)
            .map_err(|_| refuse("its header is not base64url"))?;
        let header: Value =
            serde_json::from_slice(&header).map_err(|_| refuse("its header is not JSON"))?;
        let kid = header
            .get("kid")
            .and_then(Value::as_str)
            .ok_or(refuse("its header has no kid"))?;
        Ok(Self {
            kid: kid.to_owned(),
            signing_input,
        })
    }
}

/// Makes the signing input of a credential: the header and the payload, each with sorted members,
/// so that equal credentials give equal bytes.
///
/// # Errors
/// When a member that a claim must repeat is absent or malformed.
pub fn prepare(
    mut credential: Value,
    kid: &str,
    convention: Convention,
) -> Result<Prepared, PrepareError> {
    let typ = match convention {
        Convention::OpenBadges => {
            add_claims(&mut credential)?;
            "JWT"
        }
        Convention::VcJose => "vc+jwt",
    };
    let header = bytes(json!({ "alg": "EdDSA", "kid": kid, "typ": typ }));
    let payload = bytes(credential);
    let mut signing_input = String::with_capacity((header.len() + payload.len()) * 4 / 3 + 100);
    URL_SAFE_NO_PAD.encode_string(header, &mut signing_input);
    signing_input.push('.');
    URL_SAFE_NO_PAD.encode_string(payload, &mut signing_input);
    Ok(Prepared {
        kid: kid.to_owned(),
        signing_input,
    })
}

fn add_claims(credential: &mut Value) -> Result<(), PrepareError> {
    let text = |pointer: &str, name: &'static str| {
        credential
            .pointer(pointer)
            .and_then(Value::as_str)
            .ok_or(PrepareError::Member(name))
    };
    let seconds = |pointer: &str, name: &'static str| {
        text(pointer, name)?
            .parse::<Timestamp>()
            .map(Timestamp::as_second)
            .map_err(|_| PrepareError::Member(name))
    };
    let mut claims = vec![
        ("iss", json!(text("/issuer/id", "issuer.id")?)),
        (
            "sub",
            json!(text("/credentialSubject/id", "credentialSubject.id")?),
        ),
        ("jti", json!(text("/id", "id")?)),
        ("nbf", json!(seconds("/validFrom", "validFrom")?)),
    ];
    if credential.get("validUntil").is_some() {
        claims.push(("exp", json!(seconds("/validUntil", "validUntil")?)));
    }
    for (name, value) in claims {
        credential[name] = value;
    }
    Ok(())
}

/// The document's bytes, members sorted. For the documents made here (ASCII member names, whole
/// numbers) this is their RFC 8785 form, at a fraction of the cost of a general writer.
fn bytes(mut document: Value) -> Vec<u8> {
    document.sort_all_objects();
    serde_json::to_vec(&document).expect("a Value has string keys and always serializes")
}

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}
