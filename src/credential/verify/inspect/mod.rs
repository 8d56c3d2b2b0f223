//! From bytes to a document that can be judged.

mod jws;
mod needs;
mod parts;

use super::report::Problem;
use crate::credential::badge;
use crate::kernel::json::{Json, Object, ParseOptions, parse, pointer_token};

pub use needs::{Needs, Source};

pub(super) use jws::Jws;
pub(super) use parts::{HOLDERS, PartRead, check_names};

/// The longest input that is read, in bytes.
pub const MAX_INPUT: usize = 1024 * 1024;

/// A credential or presentation as read; nothing about it is proven yet.
#[derive(Debug, Clone)]
pub struct Inspected {
    pub(super) document: Json,
    pub(super) kind: Kind,
    pub(super) securing: Securing,
    pub(super) parts: Vec<PartRead>,
    /// The object that held the document as a JWT in its `id`.
    pub(super) envelope: Option<Box<Json>>,
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A verifiable credential.
    Credential,
    /// A verifiable presentation, which holds credentials.
    Presentation,
}

/// How a document is secured.
#[derive(Debug, Clone)]
pub(super) enum Securing {
    /// By a compact JWS around it.
    Jws(Jws),
    /// By the proofs in it.
    Embedded,
    /// Not at all.
    Unsecured,
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

/// Reads a credential or a presentation: a JSON document; a compact JWT (alone, as a JSON string,
/// or enveloped); or a badge image (PNG or SVG) with one of these in it.
///
/// # Errors
/// When the bytes are none of these, are longer than [`MAX_INPUT`], or are not strict JSON inside.
pub fn inspect(bytes: &[u8]) -> Result<Inspected, NotACredential> {
    if bytes.len() > MAX_INPUT {
        return Err(refuse("it is longer than 1 MiB, which no credential needs"));
    }
    let baked = badge::unbake(bytes, MAX_INPUT).map_err(|error| refuse(error.to_string()))?;
    if let Some(text) = baked {
        return of_text(text.trim(), 0);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| {
        refuse("it is neither text nor an image; give the JSON, the JWT or the badge")
    })?;
    of_text(text.trim(), 0)
}

/// Reads a text that stands `depth` credentials deep.
fn of_text(text: &str, depth: usize) -> Result<Inspected, NotACredential> {
    if !text.starts_with(['{', '"', '[']) {
        return of_jwt(text, depth);
    }
    match strict(text.as_bytes(), "the document")? {
        Json::String(jwt) => of_jwt(jwt.trim(), depth),
        document => of_document(document, depth),
    }
}

fn of_document(document: Json, depth: usize) -> Result<Inspected, NotACredential> {
    let enveloped = |schemes: &[&str]| {
        let mut members = document.as_object().into_iter().flat_map(Object::iter);
        let extra = members.find(|(name, _)| !matches!(*name, "@context" | "id" | "type"));
        if let Some((name, _)) = extra {
            return Err(NotACredential {
                reason: format!(
                    "{}: stands in the envelope, where nobody signed it; leave it out",
                    pointer_token(name)
                ),
                error: Problem::MALFORMED_VALUE_ERROR,
            });
        }
        let id = document.get("id").and_then(Json::as_str);
        let jwt = id
            .and_then(|id| schemes.iter().find_map(|scheme| id.strip_prefix(scheme)))
            .ok_or_else(|| {
                let schemes = schemes.join("… or ");
                refuse(format!("the envelope's id is not a {schemes}… URL"))
            })?;
        Ok(Inspected {
            envelope: Some(Box::new(document.clone())),
            ..of_jwt(jwt, depth)?
        })
    };
    if has_type(&document, "EnvelopedVerifiableCredential") {
        return enveloped(&["data:application/vc+jwt,", "data:application/jwt,"]);
    }
    if has_type(&document, "EnvelopedVerifiablePresentation") {
        return enveloped(&["data:application/vp+jwt,"]);
    }
    let securing = match document.get("proof") {
        Some(_) => Securing::Embedded,
        None => Securing::Unsecured,
    };
    of_parts(document, securing, depth)
}

fn of_jwt(text: &str, depth: usize) -> Result<Inspected, NotACredential> {
    let (jws, document) = jws::split(text)?;
    of_parts(document, Securing::Jws(jws), depth)
}

fn of_parts(document: Json, securing: Securing, depth: usize) -> Result<Inspected, NotACredential> {
    let is = |name: &str| has_type(&document, name);
    if is("VerifiablePresentation") && is("VerifiableCredential") {
        // Judged as the one, it would be believed as the other.
        return Err(NotACredential {
            reason: "/type: it says that it is a credential and a presentation; give either type"
                .to_owned(),
            error: Problem::MALFORMED_VALUE_ERROR,
        });
    }
    let kind = if has_type(&document, "VerifiablePresentation") {
        Kind::Presentation
    } else if has_type(&document, "VerifiableCredential") || matches!(securing, Securing::Jws(_)) {
        Kind::Credential
    } else {
        return Err(refuse(
            "it is JSON without the type VerifiableCredential or VerifiablePresentation; give the \
             credential itself",
        ));
    };
    let parts = parts::read(&document, kind, depth)?;
    Ok(Inspected {
        document,
        kind,
        securing,
        parts,
        envelope: None,
    })
}

impl Inspected {
    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The document as read, with a JWT's claims in it; nothing about it is proven.
    #[must_use]
    pub fn document(&self) -> &Json {
        &self.document
    }

    /// The id of the issuer that a credential names.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        issuer_of(&self.document)
    }
}

pub(super) fn issuer_of(credential: &Json) -> Option<&str> {
    id_of(credential.get("issuer")?)
}

/// The id of a node that stands for itself, or is only named.
pub(super) fn id_of(node: &Json) -> Option<&str> {
    match node {
        Json::String(id) => Some(id),
        node => node.get("id")?.as_str(),
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
