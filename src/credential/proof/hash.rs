//! What a proof signs: two canonical forms, and their hashes.

use super::{Cryptosuite, ProofError};
use crate::credential::rdf::{Contexts, canonize};
use crate::kernel::digest::{hex, sha256};
use crate::kernel::json::{Json, Object, canonical_members};

/// The forms between a document and the 64 bytes that a proof signs, for those who look for the
/// difference between two implementations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intermediate {
    /// The canonical document: N-Quads, or JSON.
    pub canonical_document: String,
    /// The canonical proof configuration: N-Quads, or JSON.
    pub canonical_proof: String,
}

impl Intermediate {
    /// The SHA-256 of the canonical document, in hexadecimal digits.
    #[must_use]
    pub fn document_sha256(&self) -> String {
        hex(&sha256(self.canonical_document.as_bytes()))
    }

    /// The SHA-256 of the canonical proof configuration, in hexadecimal digits.
    #[must_use]
    pub fn proof_sha256(&self) -> String {
        hex(&sha256(self.canonical_proof.as_bytes()))
    }

    /// What is signed: the hash of the proof configuration, then that of the document.
    #[must_use]
    pub fn hash_data(&self) -> [u8; 64] {
        join(
            sha256(self.canonical_proof.as_bytes()),
            sha256(self.canonical_document.as_bytes()),
        )
    }
}

/// The two hashes, in the order in which they are signed.
pub(super) fn join(proof: [u8; 32], document: [u8; 32]) -> [u8; 64] {
    let mut both = [0; 64];
    let (first, second) = both.split_at_mut(32);
    first.copy_from_slice(&proof);
    second.copy_from_slice(&document);
    both
}

/// A document and one proof over it.
pub(super) struct Secured<'a> {
    /// The document; its `proof` does not count.
    pub(super) document: &'a Object,
    /// The proofs on which this one builds.
    pub(super) previous: Vec<&'a Json>,
    /// The proof; its `proofValue` does not count.
    pub(super) proof: &'a Object,
    pub(super) cryptosuite: Cryptosuite,
    /// Where the proof stands.
    pub(super) place: &'a str,
}

impl Secured<'_> {
    pub(super) fn hash_data(&self, contexts: &Contexts) -> Result<[u8; 64], ProofError> {
        Ok(self.intermediate(contexts)?.hash_data())
    }

    pub(super) fn intermediate(&self, contexts: &Contexts) -> Result<Intermediate, ProofError> {
        Ok(Intermediate {
            canonical_proof: self.canonical_proof(contexts)?,
            canonical_document: self.canonical_document(contexts)?,
        })
    }

    pub(super) fn canonical_document(&self, contexts: &Contexts) -> Result<String, ProofError> {
        let previous = (!self.previous.is_empty())
            .then(|| Json::Array(self.previous.iter().map(|&proof| proof.clone()).collect()));
        let previous = previous.iter().map(|proofs| ("proof", proofs));
        let bare = self.document.iter().filter(|(name, _)| *name != "proof");
        match self.cryptosuite {
            Cryptosuite::EddsaRdfc2022 => {
                canonize(&copy(bare.chain(previous)), contexts).map_err(ProofError::Document)
            }
            Cryptosuite::EddsaJcs2022 => {
                // What the proof covers may be less than what the document has by now.
                let (proof, document) = (self.proof, self.document);
                let context = proof.get("@context").or_else(|| document.get("@context"));
                let context = context.iter().map(|&context| ("@context", context));
                let bare = bare.filter(|(name, _)| *name != "@context");
                Ok(canonical_members(bare.chain(context).chain(previous)))
            }
        }
    }

    pub(super) fn canonical_proof(&self, contexts: &Contexts) -> Result<String, ProofError> {
        let options = self.proof.iter().filter(|(name, _)| *name != "proofValue");
        match self.cryptosuite {
            Cryptosuite::EddsaRdfc2022 => {
                let context = self.document.get("@context");
                let context = context.iter().map(|&context| ("@context", context));
                let options = options.filter(|(name, _)| *name != "@context");
                canonize(&copy(context.chain(options)), contexts).map_err(|cause| {
                    ProofError::Configuration {
                        place: self.place.to_owned(),
                        cause,
                    }
                })
            }
            Cryptosuite::EddsaJcs2022 => Ok(canonical_members(options)),
        }
    }
}

fn copy<'a>(members: impl Iterator<Item = (&'a str, &'a Json)>) -> Json {
    Json::Object(
        members
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect(),
    )
}
