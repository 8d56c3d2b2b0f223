//! What terms mean where a document defines some itself.
//!
//! A proof over RDF covers the meaning of every term. A JWT, or a proof over JSON, covers only the
//! text: there a context in the document could give a known term another meaning, and nothing else
//! would notice. Documents that name nothing but contexts at hand, as nearly all do, cost nothing.

use super::inspect::{HOLDERS, Inspected, Securing, one_or_many};
use crate::credential::rdf::{CanonizeError, Contexts, dataset};
use crate::kernel::json::{Json, Object};

/// The claims of a JWT (RFC 7519, section 4.1), which are no members of the credential.
const CLAIMS: [&str; 9] = [
    "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "nonce", "cnf",
];

/// Whether the document means what it says, where it defines terms itself.
pub(super) fn check(inspected: &Inspected, contexts: &Contexts) -> Result<(), CanonizeError> {
    let document = &inspected.document;
    let defines = |node: &Json| one_or_many(node.get("@context")).iter().any(is_own);
    let proofs = one_or_many(document.get("proof"));
    if !defines(document) && !proofs.iter().any(defines) && !defines_inside(document) {
        return Ok(());
    }
    let is_jwt = matches!(inspected.securing, Securing::Jws(_));
    let bare = |context: Option<&Json>| -> Json {
        let members = document.as_object().into_iter().flat_map(Object::iter);
        let members =
            members.filter(|(name, _)| *name != "proof" && !(is_jwt && CLAIMS.contains(name)));
        let members = members.map(|(name, value)| match (name, context) {
            ("@context", Some(context)) => (name.to_owned(), context.clone()),
            _ => (name.to_owned(), value.clone()),
        });
        Json::Object(members.collect())
    };
    dataset(&bare(None), contexts)?;
    // A context that was appended to a document signed as JSON gives no meaning to what was signed.
    for proof in proofs {
        if let Some(context) = proof.get("@context") {
            dataset(&bare(Some(context)), contexts)?;
        }
    }
    Ok(())
}

fn is_own(context: &Json) -> bool {
    !matches!(context, Json::String(_))
}

/// Whether a member is no part of what is looked at: the credentials inside bring their own
/// contexts, and are judged each for itself.
fn is_apart(name: &str) -> bool {
    matches!(name, "@context" | "proof") || HOLDERS.contains(&name)
}

/// Whether a node below the top brings a context along; a proof may repeat that of the document.
fn defines_inside(node: &Json) -> bool {
    let below = |value: &Json| value.get("@context").is_some() || defines_inside(value);
    match node {
        Json::Object(object) => object
            .iter()
            .any(|(name, value)| !is_apart(name) && below(value)),
        Json::Array(items) => items.iter().any(below),
        _ => false,
    }
}
