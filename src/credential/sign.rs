//! The signature over prepared bytes.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

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

/// Why prepared bytes were not signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The prepared header names another key.
    #[error("the document was prepared for key {prepared}, not for {given}; sign with that key")]
    OtherKey {
        /// The key that the header names.
        prepared: String,
        /// The key that was given.
        given: String,
    },
    /// The cryptography refused.
    #[error("signing failed: {0}; check that the issuer's key was opened correctly")]
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

    /// The verification method id that goes into the header.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The raw public key.
    #[must_use]
    pub fn public(&self) -> &[u8; 32] {
        &self.public
    }

    /// Signs prepared bytes and answers the compact JWS. Ed25519 is deterministic: the same bytes
    /// under the same key give the same signature.
    ///
    /// # Errors
    /// When the bytes were prepared for another key, or the cryptography refuses.
    pub fn sign(&self, prepared: &Prepared) -> Result<String, SignError> {
        if prepared.kid() != self.kid {
            return Err(SignError::OtherKey {
                prepared: prepared.kid().to_owned(),
                given: self.kid.clone(),
            });
        }
        let input = prepared.signing_input();
        let signature = self.key.sign(input.as_bytes()).map_err(SignError::Crypto)?;
        Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}
