//! From bytes to a credential that can be judged, and to what judging it needs.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::report::Problem;
use super::statement::framework_resources;
use crate::credential::did::did_web_document_url;
use crate::kernel::json::{Json, ParseOptions, parse};

/// The longest input that is read, in bytes.
pub const MAX_INPUT: usize = 1024 * 1024;

/// A credential as read; nothing about it is proven yet.
#[derive(Debug, Clone)]
pub struct Inspected {
    pub(super) credential: Json,
    pub(super) securing: Securing,
}

/// How a credential is secured.
#[derive(Debug, Clone)]
pub(super) enum Securing {
    /// By a compact JWS around it.
    Jws(Jws),
    /// By embedded proofs, of these types.
    Embedded(Vec<String>),
    /// Not at all.
    Unsecured,
}

/// The parts of a compact JWS (RFC 7515, section 7.1), its payload apart.
#[derive(Debug, Clone)]
pub(super) struct Jws {
    pub(super) header: Json,
    pub(super) signing_input: String,
    pub(super) signature: String,
}

impl Jws {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.header.get(name)?.as_str()
    }

    pub(super) fn kid(&self) -> Option<&str> {
        self.header("kid")
    }
}

/// Why bytes are not a credential at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is no credential: {reason}")]
pub struct NotACredential {
    /// Why, and what to give instead.
    pub reason: String,
    /// The specification's problem type.
    pub error: Problem,
}

/// What must be at hand to judge a credential.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// The DID whose document is needed; a did:key needs none.
    pub issuer: Option<String>,
    /// Where that document is, for a did:web name.
    pub issuer_url: Option<String>,
    /// The URLs of the status lists.
    pub status_lists: Vec<String>,
    /// The URLs of the framework documents, of use for the statement check.
    pub frameworks: Vec<String>,
}

/// Reads a credential: a compact JWT (alone, as a JSON string, or in an
/// `EnvelopedVerifiableCredential`), or a JSON document.
///
/// # Errors
/// When the bytes are none of these, are longer than [`MAX_INPUT`], or are not strict JSON inside.
pub fn inspect(bytes: &[u8]) -> Result<Inspected, NotACredential> {
    if bytes.len() > MAX_INPUT {
        return Err(refuse("it is longer than 1 MiB, which no credential needs"));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| refuse("it is not text; give the JWT or JSON of a credential"))?
        .trim();
    if !text.starts_with(['{', '"', '[']) {
        return of_jwt(text);
    }
    match strict(text.as_bytes(), "the document")? {
        Json::String(jwt) => of_jwt(jwt.trim()),
        document if has_type(&document, "EnvelopedVerifiableCredential") => document
            .get("id")
            .and_then(Json::as_str)
            .and_then(|id| id.strip_prefix("data:application/vc+jwt,"))
            .ok_or_else(|| {
                refuse("the enveloped credential's id is not a data:application/vc+jwt URL")
            })
            .and_then(of_jwt),
        document if has_type(&document, "VerifiableCredential") => Ok(of_document(document)),
        _ => Err(refuse(
            "it is JSON without the type VerifiableCredential; give the credential itself",
        )),
    }
}

impl Inspected {
    /// What must be at hand to judge this credential.
    #[must_use]
    pub fn needs(&self) -> Needs {
        let issuer = self
            .issuer()
            .filter(|id| !id.starts_with("did:key:"))
            .map(str::to_owned);
        let issuer_url = issuer
            .as_deref()
            .and_then(|did| did_web_document_url(did).ok())
            .map(String::from);
        let status_lists = one_or_many(self.credential.get("credentialStatus"))
            .iter()
            .filter_map(|entry| entry.get("statusListCredential")?.as_str())
            .take(super::status::MAX_ENTRIES)
            .map(str::to_owned)
            .collect();
        let frameworks = framework_resources(&self.credential)
            .filter_map(|resource| resource.get("id")?.as_str())
            .take(1)
            .map(str::to_owned)
            .collect();
        Needs {
            issuer,
            issuer_url,
            status_lists,
            frameworks,
        }
    }

    /// The credential as read, with the JWT's claims in it; nothing about it is proven.
    #[must_use]
    pub fn credential(&self) -> &Json {
        &self.credential
    }

    /// The id of the issuer that the credential names.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        issuer_of(&self.credential)
    }
}

pub(super) fn issuer_of(credential: &Json) -> Option<&str> {
    match credential.get("issuer")? {
        Json::String(id) => Some(id),
        profile => profile.get("id")?.as_str(),
    }
}

/// The items of a member that may hold one value or several.
pub(super) fn one_or_many(value: Option<&Json>) -> &[Json] {
    match value {
        None => &[],
        Some(Json::Array(items)) => items,
        Some(one) => std::slice::from_ref(one),
    }
}

/// Whether a node's `type` is, or contains, this name.
pub(super) fn has_type(node: &Json, name: &str) -> bool {
    one_or_many(node.get("type"))
        .iter()
        .any(|kind| kind.as_str() == Some(name))
}

/// Text of a stranger, for a message: short, and with nothing a terminal would obey.
pub(super) fn quoted(text: &str) -> String {
    let mut short: String = text.chars().take(120).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("{short:?}")
}

fn of_jwt(text: &str) -> Result<Inspected, NotACredential> {
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
    let header = part(header, "the JWT's header")?;
    let credential = part(payload, "the JWT's payload")?;
    Ok(Inspected {
        credential,
        securing: Securing::Jws(Jws {
            header,
            signing_input,
            signature: signature.to_owned(),
        }),
    })
}

fn of_document(credential: Json) -> Inspected {
    let kinds: Vec<String> = one_or_many(credential.get("proof"))
        .iter()
        .take(8)
        .map(|proof| {
            let name = |member: &str| proof.get(member).and_then(Json::as_str);
            let kind = name("type").unwrap_or("(no type)");
            match name("cryptosuite") {
                Some(suite) => format!("{kind} {suite}"),
                None => kind.to_owned(),
            }
        })
        .collect();
    let securing = if kinds.is_empty() {
        Securing::Unsecured
    } else {
        Securing::Embedded(kinds)
    };
    Inspected {
        credential,
        securing,
    }
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

fn strict(bytes: &[u8], what: &str) -> Result<Json, NotACredential> {
    parse(bytes, &ParseOptions::default())
        .map_err(|error| refuse(format!("{what} is not strict JSON: {error}")))
}

fn refuse(reason: impl Into<String>) -> NotACredential {
    NotACredential {
        reason: reason.into(),
        error: Problem::PARSING_ERROR,
    }
}
