//! The proofs of a document, and how they build on each other.

use std::cell::OnceCell;

use super::chain::link;
use super::hash::{Intermediate, Secured, join};
use super::verify::Expected;
use super::{Cryptosuite, MAX_PROOFS, ProofError};
use crate::credential::crypto::PublicKey;
use crate::credential::rdf::Contexts;
use crate::kernel::digest::sha256;
use crate::kernel::json::{Json, Object};

/// The proofs of one document: a set, some of them perhaps in chains (Data Integrity 1.0, sections
/// 2.1.1 and 2.1.2). Each is verified by itself; a document holds when all of them do.
#[derive(Debug, Clone)]
pub struct ProofSet<'a> {
    document: &'a Object,
    proofs: Vec<Proof<'a>>,
    /// The hash of the RDF form of the document without any proof, which most proofs share.
    bare: OnceCell<Result<[u8; 32], ProofError>>,
}

/// One proof of a document, as read.
#[derive(Debug, Clone)]
pub struct Proof<'a> {
    pub(super) members: &'a Object,
    pub(super) json: &'a Json,
    pub(super) place: String,
    /// Those of the set on which it builds.
    pub(super) previous: Vec<usize>,
}

impl<'a> ProofSet<'a> {
    /// Reads the proofs of a document. Of identical proofs one is kept: it says it all.
    ///
    /// # Errors
    /// When there is no proof or there are too many, when one is no object, when two have the same
    /// id, when a previous proof is missing, or when a chain comes back to itself.
    pub fn read(document: &'a Json) -> Result<Self, ProofError> {
        let not_an_object = |place: &str, json: &Json| ProofError::NotAnObject {
            place: place.to_owned(),
            found: json.kind(),
        };
        let members = document
            .as_object()
            .ok_or_else(|| not_an_object("", document))?;
        let (items, one) = match members.get("proof") {
            None | Some(Json::Null) => return Err(ProofError::Absent),
            Some(Json::Array(items)) => (items.as_slice(), false),
            Some(single) => (std::slice::from_ref(single), true),
        };
        if items.is_empty() {
            return Err(ProofError::Absent);
        }
        if items.len() > MAX_PROOFS {
            return Err(ProofError::TooMany(items.len()));
        }
        let mut proofs: Vec<Proof> = Vec::with_capacity(items.len());
        for (index, json) in items.iter().enumerate() {
            let place = if one {
                "/proof".to_owned()
            } else {
                format!("/proof/{index}")
            };
            let members = json
                .as_object()
                .ok_or_else(|| not_an_object(&place, json))?;
            let proof = Proof {
                members,
                json,
                place,
                previous: Vec::new(),
            };
            if !proofs.iter().any(|other| other.is_identical(&proof)) {
                proofs.push(proof);
            }
        }
        link(&mut proofs)?;
        Ok(Self {
            document: members,
            proofs,
            bare: OnceCell::new(),
        })
    }

    /// The proofs, in the order of the document; there is at least one.
    pub fn iter(&self) -> impl Iterator<Item = &Proof<'a>> {
        self.proofs.iter()
    }

    /// The last proof, if it is the one that was not signed yet.
    #[must_use]
    pub fn unsigned(&self) -> Option<&Proof<'a>> {
        let open = |proof: &&Proof<'_>| proof.members.get("proofValue").is_none();
        self.proofs.last().filter(open)
    }

    /// Verifies one proof of this set under the key that its verification method stands for.
    ///
    /// Whether that key may speak for the document's issuer is for the caller to find out; and a
    /// proof that builds on others holds only if they do.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn verify(
        &self,
        proof: &Proof<'_>,
        key: &PublicKey,
        expected: &Expected<'_>,
        contexts: &Contexts,
    ) -> Result<(), ProofError> {
        proof.check(expected)?;
        let cryptosuite = proof.cryptosuite()?;
        let signature = proof.signature()?;
        proof.check_context(self.document)?;
        let secured = self.secured(proof, cryptosuite);
        let message = join(
            sha256(secured.canonical_proof(contexts)?.as_bytes()),
            self.document_hash(&secured, contexts)?,
        );
        if key.verify(&message, &signature) {
            Ok(())
        } else {
            Err(ProofError::Signature {
                place: proof.place.clone(),
            })
        }
    }

    /// What one proof of this set signs, step by step.
    ///
    /// # Errors
    /// When its type or cryptosuite is not known, or there is no canonical form.
    pub fn intermediate(
        &self,
        proof: &Proof<'_>,
        contexts: &Contexts,
    ) -> Result<Intermediate, ProofError> {
        self.secured(proof, proof.cryptosuite()?)
            .intermediate(contexts)
    }

    fn secured<'s>(&'s self, proof: &'s Proof<'_>, cryptosuite: Cryptosuite) -> Secured<'s> {
        let previous = proof.previous.iter();
        Secured {
            document: self.document,
            previous: previous
                .filter_map(|at| Some(self.proofs.get(*at)?.json))
                .collect(),
            proof: proof.members,
            cryptosuite,
            place: &proof.place,
        }
    }

    fn document_hash(
        &self,
        secured: &Secured<'_>,
        contexts: &Contexts,
    ) -> Result<[u8; 32], ProofError> {
        let shared =
            secured.previous.is_empty() && secured.cryptosuite == Cryptosuite::EddsaRdfc2022;
        let hash = || {
            let text = secured.canonical_document(contexts)?;
            Ok(sha256(text.as_bytes()))
        };
        // That there is no canonical form is remembered too: finding it out may take long.
        if shared {
            self.bare.get_or_init(hash).clone()
        } else {
            hash()
        }
    }
}

impl Proof<'_> {
    fn is_identical(&self, other: &Proof<'_>) -> bool {
        self.members.len() == other.members.len()
            && self.members.canonical() == other.members.canonical()
    }
}
