//! A document and its mechanism become the exact characters to sign.

use jiff::Timestamp;

use crate::{
    credential::{
        mechanism::Mechanism,
        prepare::{Prepared, check_terms, prepare, prepare_proof},
        proof::ProofOptions,
        rdf::Contexts,
    },
    kernel::{
        errors::{Error, Result},
        json::Json,
    },
};

/// How a document is to be secured.
pub(super) struct Securing<'a> {
    /// The verification method.
    pub(super) kid: &'a str,
    /// The mechanism.
    pub(super) mechanism: Mechanism,
    /// When: what an embedded proof states.
    pub(super) created: Timestamp,
    /// The ids of the proofs in it on which the new one builds.
    pub(super) previous_proof: &'a [String],
}

/// Prepares a document under the contexts that are known here, whatever secures it: a term that a
/// reader of JSON-LD would drop is refused.
pub(super) fn prepared(
    document: impl Into<Json>,
    contexts: &Contexts,
    securing: &Securing<'_>,
) -> Result<Prepared> {
    let document = document.into();
    let Securing {
        kid,
        mechanism,
        created,
        previous_proof,
    } = *securing;
    if mechanism != Mechanism::EddsaRdfc2022 {
        check_terms(&document, contexts).map_err(refused)?;
    }
    match mechanism.cryptosuite() {
        Some(cryptosuite) => {
            let mut options = ProofOptions::assertion(cryptosuite, kid, created);
            options.previous_proof = previous_proof.to_vec();
            prepare_proof(document, &options, contexts)
        }
        None => prepare(document, kid, mechanism, created, contexts),
    }
    .map_err(refused)
}

/// A document that has no secured form.
pub(super) fn refused(why: impl std::fmt::Display) -> Error {
    Error::invalid("credential", "PROOF_GENERATION_ERROR", why.to_string())
}
