//! The exact text that will be signed, made before signing so that it can be recorded.

mod jwt;
#[cfg(test)]
mod tests;

use jiff::Timestamp;

use super::crypto::SIGNATURE_LENGTH;
use super::mechanism::Mechanism;
use super::proof::{ProofError, ProofOptions, ProofSet, value};
use super::rdf::{CanonizeError, Contexts, dataset};
use crate::kernel::digest::sha256;
use crate::kernel::json::{Json, Object, ParseOptions, parse};

/// Why a document cannot be prepared for signing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// It is not a JSON object.
    #[error("a credential is a JSON object, and this is {0}; give the whole credential")]
    NotAnObject(&'static str),
    /// A member that a claim must repeat is absent or malformed.
    #[error("the credential's {0} is missing or malformed; build it again from its claim")]
    Member(&'static str),
    /// A member that the securing mechanism keeps for itself is there.
    #[error("/{0}: a credential secured as a JWT has no such member; leave it out")]
    Reserved(&'static str),
    /// The proof cannot be made.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// Recorded text is not what is made here.
    #[error("the recorded text to be signed is not one: {0}; restore it from a backup")]
    Recorded(String),
}

/// A credential that lacks nothing but its signature.
///
/// Its text is recorded before it is signed: a JWS signing input (RFC 7515, section 5.1), or the
/// JSON of a document whose last proof lacks only its `proofValue`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    kid: String,
    text: String,
    form: Form,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    /// The text itself is signed.
    Jws,
    /// A hash is signed, and the signature goes into the text before these last characters.
    Embedded {
        hash_data: [u8; 64],
        end: &'static str,
    },
}

impl Prepared {
    /// The text to record.
    #[must_use]
    pub fn signing_input(&self) -> &str {
        &self.text
    }

    /// The verification method that it names.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The SHA-256 digest of the text: what stays known of a credential that is erased.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        sha256(self.text.as_bytes())
    }

    /// What is signed: the text of a JWT, the 64 bytes of hashes of an embedded proof.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        match &self.form {
            Form::Jws => self.text.as_bytes(),
            Form::Embedded { hash_data, .. } => hash_data,
        }
    }

    /// The secured credential: a compact JWS, or JSON.
    #[must_use]
    pub fn with_signature(&self, signature: &[u8; SIGNATURE_LENGTH]) -> String {
        match &self.form {
            Form::Jws => jwt::with_signature(&self.text, signature),
            Form::Embedded { end, .. } => {
                let proof = value::encode(signature);
                let open = self.text.strip_suffix(end).unwrap_or(&self.text);
                format!("{open},\"proofValue\":\"{proof}\"{end}")
            }
        }
    }

    /// Takes up a recorded text again, to sign the very same on a retry.
    ///
    /// # Errors
    /// When the text is not of the form that [`prepare`] makes.
    pub fn from_recorded(text: String, contexts: &Contexts) -> Result<Self, PrepareError> {
        let refuse = |why: &str| PrepareError::Recorded(why.to_owned());
        if !text.starts_with('{') {
            let kid = jwt::kid(&text).map_err(refuse)?;
            return Ok(Self {
                kid,
                text,
                form: Form::Jws,
            });
        }
        let document = parse(text.as_bytes(), &ParseOptions::default())
            .map_err(|error| PrepareError::Recorded(error.to_string()))?;
        let proofs = ProofSet::read(&document)?;
        let proof = proofs.unsigned().ok_or_else(|| {
            refuse("its last proof is not one that lacks a proofValue and nothing else")
        })?;
        let kid = proof
            .verification_method()
            .ok_or_else(|| refuse("its proof names no verificationMethod"))?;
        let hash_data = proofs.intermediate(proof, contexts)?.hash_data();
        let prepared = embedded(document.as_object(), kid, hash_data)
            .filter(|again| again.text == text)
            .ok_or_else(|| refuse("it is not in the form in which it was written"))?;
        Ok(prepared)
    }
}

/// Prepares a credential for the key `kid`: the same credential at the same time gives the same
/// text. `created` is the time that an embedded proof states, in whole seconds.
///
/// For a JWT, and for a proof over JSON, the terms are not looked at: see [`check_terms`].
///
/// # Errors
/// When a member that a claim must repeat is absent or malformed, when one is there that may not
/// be, or when there is no canonical form: a term that no context defines, an unknown context.
pub fn prepare(
    credential: impl Into<Json>,
    kid: &str,
    mechanism: Mechanism,
    created: Timestamp,
    contexts: &Contexts,
) -> Result<Prepared, PrepareError> {
    match mechanism.cryptosuite() {
        Some(suite) => {
            let options = ProofOptions::assertion(suite, kid, created);
            prepare_proof(credential, &options, contexts)
        }
        None => {
            let text = jwt::signing_input(object(credential)?, kid, mechanism)?;
            Ok(Prepared {
                kid: kid.to_owned(),
                text,
                form: Form::Jws,
            })
        }
    }
}

/// Prepares a document for an embedded proof with these options, beside the proofs that it has.
///
/// # Errors
/// When the proof cannot be made: see [`ProofOptions::add_to`].
pub fn prepare_proof(
    document: impl Into<Json>,
    options: &ProofOptions,
    contexts: &Contexts,
) -> Result<Prepared, PrepareError> {
    let unsigned = options.add_to(object(document)?, contexts)?;
    embedded(
        Some(&unsigned.document),
        &options.verification_method,
        unsigned.hash_data,
    )
    .ok_or(PrepareError::Member("proof"))
}

/// Whether every term of a document is defined by its contexts, so that nothing in it would be
/// dropped by a reader of JSON-LD. What is issued must pass, by whatever mechanism; a proof over
/// RDF finds it out by itself.
///
/// # Errors
/// What has no meaning, and where.
pub fn check_terms(document: &Json, contexts: &Contexts) -> Result<(), CanonizeError> {
    dataset(document, contexts).map(drop)
}

fn object(json: impl Into<Json>) -> Result<Object, PrepareError> {
    match json.into() {
        Json::Object(object) => Ok(object),
        other => Err(PrepareError::NotAnObject(other.kind())),
    }
}

/// The document as text, if its proof comes last.
fn embedded(document: Option<&Object>, kid: &str, hash_data: [u8; 64]) -> Option<Prepared> {
    let document = document?;
    let (name, proof) = document.iter().last()?;
    let end = match proof {
        Json::Array(_) => "}]}",
        _ => "}}",
    };
    let text = document.to_text();
    (name == "proof" && text.ends_with(end)).then(|| Prepared {
        kid: kid.to_owned(),
        text,
        form: Form::Embedded { hash_data, end },
    })
}
