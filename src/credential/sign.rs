//! The signature over a prepared credential.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::crypto::Ed25519Signer;
use super::custody::{SecretKey, Seed};
use super::did::document::method_id;
use super::prepare::Prepared;

/// An issuer's key, opened and ready to sign, wherever it is kept. A secret in memory is zeroized
/// when the last copy is dropped.
#[derive(Clone)]
pub struct IssuerSigner {
    kid: String,
    public: [u8; 32],
    key: Arc<dyn SecretKey>,
}

impl std::fmt::Debug for IssuerSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "IssuerSigner({}, [redacted])", self.kid)
    }
}

/// Why a prepared credential was not signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// It was prepared for another key.
    #[error("the document was prepared for key {prepared}, not for {given}; sign with that key")]
    OtherKey {
        /// The key that it names.
        prepared: String,
        /// The key that was given.
        given: String,
    },
    /// Custody did not sign.
    #[error("signing failed: {0}; check that the issuer's key can be used")]
    Crypto(String),
}

/// The raw public key of a seed.
#[must_use]
pub fn public_key(seed: &Seed) -> [u8; 32] {
    Ed25519Signer::new(seed.expose()).public()
}

impl IssuerSigner {
    /// The signer of the issuer `did` with this private key.
    #[must_use]
    pub fn new(did: &str, seed: &Seed) -> Self {
        Self::with_key(did, Arc::new(Ed25519Signer::new(seed.expose())))
    }

    /// The signer of the issuer `did` with a key that custody opened.
    #[must_use]
    pub fn with_key(did: &str, key: Arc<dyn SecretKey>) -> Self {
        let public = key.public();
        Self {
            kid: method_id(did, &public),
            public,
            key,
        }
    }

    /// The verification method id that goes into the header or proof.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The raw public key.
    #[must_use]
    pub fn public(&self) -> &[u8; 32] {
        &self.public
    }

    /// Signs a prepared credential and answers it secured: a compact JWS, or JSON with the proof
    /// inside. Ed25519 is deterministic: the same text under the same key gives the same signature.
    ///
    /// # Errors
    /// When it was prepared for another key, or custody does not sign.
    pub fn sign(&self, prepared: &Prepared) -> Result<String, SignError> {
        if prepared.kid() != self.kid {
            return Err(SignError::OtherKey {
                prepared: prepared.kid().to_owned(),
                given: self.kid.clone(),
            });
        }
        let signature = self
            .key
            .sign(prepared.message())
            .map_err(SignError::Crypto)?;
        Ok(prepared.with_signature(&signature))
    }
}
