//! A compact JWS taken apart (RFC 7515, section 7.1).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{NotACredential, refuse, strict};
use crate::kernel::json::Json;

/// The parts of a compact JWS, its payload apart.
#[derive(Debug, Clone)]
pub(in crate::credential::verify) struct Jws {
    pub(in crate::credential::verify) header: Json,
    pub(in crate::credential::verify) signing_input: String,
    pub(in crate::credential::verify) signature: String,
}

impl Jws {
    pub(in crate::credential::verify) fn header(&self, name: &str) -> Option<&str> {
        self.header.get(name)?.as_str()
    }

    pub(in crate::credential::verify) fn kid(&self) -> Option<&str> {
        self.header("kid")
    }
}

/// The JWS of this text, and its payload.
pub(super) fn split(text: &str) -> Result<(Jws, Json), NotACredential> {
    let mut parts = text.split('.');
    let (Some(header), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(refuse(
            "it is neither JSON nor a JWT of three parts; give the whole credential",
        ));
    };
    let signing_input = text
        .get(..header.len() + 1 + payload.len())
        .unwrap_or_default()
        .to_owned();
    let jws = Jws {
        header: part(header, "the JWT's header")?,
        signing_input,
        signature: signature.to_owned(),
    };
    Ok((jws, part(payload, "the JWT's payload")?))
}

fn part(text: &str, what: &str) -> Result<Json, NotACredential> {
    let bytes = URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| refuse(format!("{what} is not base64url")))?;
    match strict(&bytes, what)? {
        json @ Json::Object(_) => Ok(json),
        other => Err(refuse(format!("{what} is {}, not an object", other.kind()))),
    }
}
