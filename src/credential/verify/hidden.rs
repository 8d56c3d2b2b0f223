//! Members that were hidden under other names.
//!
//! A proof over RDF covers statements, not the names of the members that make them. A forger may
//! write a member under its full IRI, under a term of a context of their own, or in another node of
//! the same id: the proof still holds, and whoever looks for the member finds none.

use super::inspect::one_or_many;
use crate::credential::rdf::{CanonizeError, Contexts, dataset};
use crate::kernel::json::{Json, Object};

/// Where the terms of VC Data Model 2.0 are defined.
const VOCABULARY: &str = "https://www.w3.org/2018/credentials#";

/// The members on which a verdict rests.
const READ: [&str; 8] = [
    "credentialStatus",
    "validFrom",
    "validUntil",
    "issuer",
    "holder",
    "relatedResource",
    "verifiableCredential",
    "credentialSubject",
];

/// The first member of which the document says more than stands under its name.
///
/// # Errors
/// When the document makes no statements, as for [`dataset`].
pub(super) fn first(
    document: &Json,
    contexts: &Contexts,
) -> Result<Option<&'static str>, CanonizeError> {
    let members = document.as_object().into_iter().flat_map(Object::iter);
    let members = members.filter(|(name, _)| *name != "proof");
    let bare = Json::Object(
        members
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect(),
    );
    let said = dataset(&bare, contexts)?;
    // The document's own types are said first.
    let Some(subject) = said.quads.first().map(|quad| &quad.subject) else {
        return Ok(None);
    };
    let is_hidden = |name: &&str| {
        let own = said.quads.iter().filter(|quad| {
            quad.graph.is_none()
                && quad.subject == *subject
                && quad.predicate.strip_prefix(VOCABULARY) == Some(*name)
        });
        own.count() > one_or_many(document.get(name)).len()
    };
    Ok(READ.into_iter().find(is_hidden))
}
