//! Credentials as compact JWTs.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Number;

use super::PrepareError;
use crate::credential::instant::instant;
use crate::credential::mechanism::Mechanism;
use crate::kernel::json::{Json, Object, ParseOptions, parse};

/// Claims that would hold a credential or presentation of an older data model.
const RESERVED: [&str; 2] = ["vc", "vp"];

/// The signing input of a credential: `base64url(header) . base64url(payload)`, each in canonical
/// form, so that equal credentials give equal bytes.
pub(super) fn signing_input(
    mut credential: Object,
    kid: &str,
    mechanism: Mechanism,
) -> Result<String, PrepareError> {
    if let Some(name) = RESERVED.into_iter().find(|&n| credential.get(n).is_some()) {
        return Err(PrepareError::Reserved(name));
    }
    let typ = if mechanism == Mechanism::JwtOpenBadges {
        add_claims(&mut credential)?;
        "JWT"
    } else {
        "vc+jwt"
    };
    let mut header = Object::new();
    header.insert("alg", "EdDSA");
    header.insert("kid", kid);
    header.insert("typ", typ);
    let (header, payload) = (header.canonical(), credential.canonical());
    let mut text = String::with_capacity((header.len() + payload.len()) * 4 / 3 + 100);
    URL_SAFE_NO_PAD.encode_string(header, &mut text);
    text.push('.');
    URL_SAFE_NO_PAD.encode_string(payload, &mut text);
    Ok(text)
}

/// The compact JWS of a signing input.
pub(super) fn with_signature(signing_input: &str, signature: &[u8]) -> String {
    let mut text = String::with_capacity(signing_input.len() + 1 + signature.len() * 4 / 3 + 1);
    text.push_str(signing_input);
    text.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut text);
    text
}

/// The key that a signing input names; what is wrong with it otherwise.
pub(super) fn kid(signing_input: &str) -> Result<String, &'static str> {
    let (header, payload) = signing_input.split_once('.').ok_or("it has no dot")?;
    if payload.is_empty() || !payload.bytes().all(is_base64url) {
        return Err("its payload is not base64url");
    }
    let header = URL_SAFE_NO_PAD
        .decode(header)
        .map_err(|_| "its header is not base64url")?;
    let header =
        parse(&header, &ParseOptions::default()).map_err(|_| "its header is not strict JSON")?;
    header
        .get("kid")
        .and_then(Json::as_str)
        .map(str::to_owned)
        .ok_or("its header has no kid")
}

/// The claims by which Open Badges 3.0, section 8.2.4.2, has a JWT repeat the credential.
fn add_claims(credential: &mut Object) -> Result<(), PrepareError> {
    let text = |path: &[&str], name: &'static str| {
        path.split_first()
            .and_then(|(first, rest)| {
                let member = credential.get(first)?;
                rest.iter().try_fold(member, |at, step| at.get(step))
            })
            .and_then(Json::as_str)
            .ok_or(PrepareError::Member(name))
    };
    let copy = |path: &[&str], name| text(path, name).map(Json::from);
    let seconds = |name: &'static str| -> Result<Json, PrepareError> {
        let at = instant(text(&[name], name)?).ok_or(PrepareError::Member(name))?;
        Ok(Json::Number(Number::from(at.as_second())))
    };
    let mut claims = vec![
        ("iss", copy(&["issuer", "id"], "issuer.id")?),
        (
            "sub",
            copy(&["credentialSubject", "id"], "credentialSubject.id")?,
        ),
        ("jti", copy(&["id"], "id")?),
        ("nbf", seconds("validFrom")?),
    ];
    if credential.get("validUntil").is_some() {
        claims.push(("exp", seconds("validUntil")?));
    }
    for (name, value) in claims {
        credential.insert(name, value);
    }
    Ok(())
}

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}
