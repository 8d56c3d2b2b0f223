//! What the pinned contexts define, stated as facts: term, IRI, coercion, container, scope.
//!
//! A test holds these tables equal, term by term, to the contexts as their authors publish them.

/// A macro that puts a namespace before a name.
macro_rules! namespace {
    ($($name:ident $iri:literal)*) => {
        $(
            macro_rules! $name {
                ($local:literal) => {
                    concat!($iri, $local)
                };
            }
        )*
    };
}

namespace! {
    clr "https://purl.imsglobal.org/spec/vc/clr/vocab.html#"
    cred "https://www.w3.org/2018/credentials#"
    jose "https://www.iana.org/assignments/jose#"
    jwt "https://www.iana.org/assignments/jwt#"
    ob "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
    schema "https://schema.org/"
    sec "https://w3id.org/security#"
    status "https://www.w3.org/ns/credentials/status#"
    xsd "http://www.w3.org/2001/XMLSchema#"
    // The scheme that Open Badges writes; another namespace than the one above.
    xsds "https://www.w3.org/2001/XMLSchema#"
}

mod credentials;
mod learner_record;
mod open_badges;
mod security;
#[cfg(test)]
mod tests;

use super::context::definition::{Context, Entry};

/// Every pinned context, with its URL.
pub(super) fn all() -> [(&'static str, Context<'static>); 7] {
    [
        ("https://www.w3.org/ns/credentials/v2", credentials::v2()),
        (
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            open_badges::v3_0_3(),
        ),
        (
            "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
            learner_record::v2_0_1(),
        ),
        (
            "https://w3id.org/security/data-integrity/v2",
            security::data_integrity_v2(),
        ),
        (
            "https://w3id.org/security/multikey/v1",
            security::multikey_v1(),
        ),
        (
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
            open_badges::v3_0_2(),
        ),
        (
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
            open_badges::v3_0_1(),
        ),
    ]
}

/// A context whose terms are protected.
fn protected<const N: usize>(terms: [Entry; N]) -> Context<'static> {
    Context::of(true, terms)
}

/// A context whose terms are not protected.
fn open<const N: usize>(terms: [Entry; N]) -> Context<'static> {
    Context::of(false, terms)
}

fn id() -> Entry {
    alias("id", "@id")
}

fn kind() -> Entry {
    alias("type", "@type")
}

/// A term for a keyword.
fn alias(name: &'static str, keyword: &'static str) -> Entry {
    Entry::new(name, keyword, None)
}

/// A term for an IRI.
fn term(name: &'static str, iri: &'static str) -> Entry {
    Entry::new(name, iri, Some(false))
}

/// A term for an IRI that may begin compact IRIs.
fn prefix(name: &'static str, iri: &'static str) -> Entry {
    Entry::new(name, iri, Some(true))
}
