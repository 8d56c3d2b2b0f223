//! What each proof signs, for those who look for the difference between two implementations.

use serde::Serialize;

use super::inspect::{Inspected, Securing};
use super::materials::Materials;
use crate::credential::proof::ProofSet;
use crate::kernel::digest::{hex, sha256};

/// What one proof signs, or why that cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Intermediate {
    /// Where the proof stands, as a JSON Pointer; empty for a JWT.
    pub place: String,
    /// What is signed: a JWS signing input, or two hashes in hexadecimal digits, that of the
    /// proof and that of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<String>,
    /// The canonical document: N-Quads, or JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical_document: Option<String>,
    /// Its SHA-256, in hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_sha256: Option<String>,
    /// The canonical proof configuration: N-Quads, or JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical_proof: Option<String>,
    /// Its SHA-256, in hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof_sha256: Option<String>,
    /// Why there is no canonical form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl Intermediate {
    fn at(place: &str) -> Self {
        Self {
            place: place.to_owned(),
            signed: None,
            canonical_document: None,
            document_sha256: None,
            canonical_proof: None,
            proof_sha256: None,
            error: None,
        }
    }

    /// The forms as plain text, for a terminal.
    #[must_use]
    pub fn render(&self) -> String {
        let place = match self.place.as_str() {
            "" => "JWT",
            place => place,
        };
        let mut text = format!("Signed by {place}\n");
        for (name, value) in [
            ("canonical proof", &self.canonical_proof),
            ("its SHA-256", &self.proof_sha256),
            ("canonical document", &self.canonical_document),
            ("its SHA-256", &self.document_sha256),
            ("signed bytes", &self.signed),
            ("error", &self.error),
        ] {
            if let Some(value) = value {
                text.push_str(&format!("  {name}:\n"));
                for line in value.lines() {
                    text.push_str(&format!("    {}\n", crate::kernel::text::plain(line)));
                }
            }
        }
        text
    }
}

/// What each proof over this document signs.
#[must_use]
pub fn intermediates(inspected: &Inspected, materials: &Materials) -> Vec<Intermediate> {
    if let Securing::Jws(jws) = &inspected.securing {
        let digest = hex(&sha256(jws.signing_input.as_bytes()));
        return vec![Intermediate {
            signed: Some(jws.signing_input.clone()),
            document_sha256: Some(digest),
            ..Intermediate::at("")
        }];
    }
    let set = match ProofSet::read(&inspected.document) {
        Ok(set) => set,
        Err(error) => {
            return vec![Intermediate {
                error: Some(error.to_string()),
                ..Intermediate::at("/proof")
            }];
        }
    };
    set.iter()
        .map(|proof| match set.intermediate(proof, &materials.contexts) {
            Ok(forms) => Intermediate {
                signed: Some(hex(&forms.hash_data())),
                document_sha256: Some(forms.document_sha256()),
                proof_sha256: Some(forms.proof_sha256()),
                canonical_document: Some(forms.canonical_document),
                canonical_proof: Some(forms.canonical_proof),
                ..Intermediate::at(proof.place())
            },
            Err(error) => Intermediate {
                error: Some(error.to_string()),
                ..Intermediate::at(proof.place())
            },
        })
        .collect()
}
