//! Making a proof.

use jiff::Timestamp;

use super::chain::previous_of;
use super::hash::Secured;
use super::{Cryptosuite, DATA_INTEGRITY_PROOF, ProofError, Purpose};
use crate::credential::did::document::whole_seconds;
use crate::credential::rdf::Contexts;
use crate::kernel::json::{Json, Object};

/// What a new proof says (Data Integrity 1.0, section 2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofOptions {
    /// How it is made.
    pub cryptosuite: Cryptosuite,
    /// The URL of the verification method.
    pub verification_method: String,
    /// What it is made for.
    pub purpose: Purpose,
    /// When it was made; written in whole seconds.
    pub created: Option<Timestamp>,
    /// When it stops holding; written in whole seconds.
    pub expires: Option<Timestamp>,
    /// Its own URL, by which a later proof can build on it.
    pub id: Option<String>,
    /// The challenge that it answers.
    pub challenge: Option<String>,
    /// The domains that it is made for; one is written as plain text.
    pub domain: Vec<String>,
    /// The ids of the proofs in the document on which it builds; one is written as plain text.
    pub previous_proof: Vec<String>,
}

/// A document with a new proof that lacks only its `proofValue`.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsigned {
    /// The document. The new proof is its last member, or the last item of that.
    pub document: Object,
    /// What is to be signed.
    pub hash_data: [u8; 64],
}

impl ProofOptions {
    /// The options of an assertion, made now.
    #[must_use]
    pub fn assertion(
        cryptosuite: Cryptosuite,
        verification_method: &str,
        created: Timestamp,
    ) -> Self {
        Self {
            cryptosuite,
            verification_method: verification_method.to_owned(),
            purpose: Purpose::AssertionMethod,
            created: Some(created),
            expires: None,
            id: None,
            challenge: None,
            domain: Vec::new(),
            previous_proof: Vec::new(),
        }
    }

    /// Adds the proof to a document, beside those that are there (Data Integrity 1.0, sections 4.2
    /// and 4.3), and hashes what it signs.
    ///
    /// # Errors
    /// When a proof that is there is malformed or there are too many; when a previous proof is not
    /// there; when the document or the proof has no canonical form.
    pub fn add_to(
        &self,
        mut document: Object,
        contexts: &Contexts,
    ) -> Result<Unsigned, ProofError> {
        let proof = self.proof(document.get("@context"));
        let (existing, place) = match document.remove("proof") {
            None => (Vec::new(), "/proof".to_owned()),
            Some(Json::Array(items)) => {
                let place = format!("/proof/{}", items.len());
                (items, place)
            }
            Some(one) => (vec![one], "/proof/1".to_owned()),
        };
        let hash_data = Secured {
            document: &document,
            previous: previous_of(&existing, &self.previous_proof, &place)?,
            proof: &proof,
            cryptosuite: self.cryptosuite,
            place: &place,
        }
        .hash_data(contexts)?;
        let proof = Json::Object(proof);
        let proofs = if place == "/proof" {
            proof
        } else {
            Json::Array(existing.into_iter().chain([proof]).collect())
        };
        document.insert("proof", proofs);
        Ok(Unsigned {
            document,
            hash_data,
        })
    }

    fn proof(&self, context: Option<&Json>) -> Object {
        let mut proof = Object::new();
        if let (Cryptosuite::EddsaJcs2022, Some(context)) = (self.cryptosuite, context) {
            proof.insert("@context", context.clone());
        }
        let mut set = |name: &str, text: Option<String>| {
            if let Some(text) = text {
                proof.insert(name, text);
            }
        };
        set("id", self.id.clone());
        set("type", Some(DATA_INTEGRITY_PROOF.to_owned()));
        set("cryptosuite", Some(self.cryptosuite.as_str().to_owned()));
        set("created", self.created.map(whole_seconds));
        set("expires", self.expires.map(whole_seconds));
        set("verificationMethod", Some(self.verification_method.clone()));
        set("proofPurpose", Some(self.purpose.as_str().to_owned()));
        set("challenge", self.challenge.clone());
        for (name, values) in [
            ("domain", &self.domain),
            ("previousProof", &self.previous_proof),
        ] {
            match values.as_slice() {
                [] => {}
                [one] => proof.insert(name, one.as_str()),
                many => {
                    let items = many.iter().map(|item| Json::from(item.as_str())).collect();
                    proof.insert(name, Json::Array(items));
                }
            }
        }
        proof
    }
}
