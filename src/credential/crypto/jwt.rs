//! Ed25519 for the JWT library: one algorithm, verified strictly.
//!
//! `jsonwebtoken` is built without its own cryptography; this provider is all that it has in this
//! process. Keys are raw: the 32-byte seed in an [`EncodingKey`], the 32-byte public key in a
//! [`DecodingKey`].

#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind, Result, new_error};
use jsonwebtoken::jwk::{EllipticCurve, ThumbprintHash};
use jsonwebtoken::signature::{Error as SignatureError, Signer, Verifier};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, EncodingKey};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::{Ed25519Signer, PublicKey, jws_signature};

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: signer,
    verifier_factory: verifier,
    key_utils: KeyUtils {
        rsa_pub_components_from_private_key: |_| Err(unsupported()),
        rsa_pub_components_from_public_key: |_| Err(unsupported()),
        ec_pub_components_from_private_key: |_, _| Err(unsupported()),
        ed_pub_components_from_private_key: public_component,
        compute_digest: digest,
    },
};

static INSTALLED: OnceLock<std::result::Result<(), ForeignProvider>> = OnceLock::new();

/// Another JWT cryptography provider was installed in this process before ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "another JWT cryptography provider is installed in this process; \
     call credential::crypto::jwt::install() first, at the start of the program"
)]
pub struct ForeignProvider;

/// Makes this provider the process's only source of JWT cryptography.
///
/// Must run before the library signs or verifies by itself; running it again changes nothing.
/// [`verify`] brings its own key, and needs no provider.
///
/// # Errors
/// When another part of the process has installed a different provider first.
pub fn install() -> std::result::Result<(), ForeignProvider> {
    *INSTALLED.get_or_init(|| PROVIDER.install_default().map_err(|_| ForeignProvider))
}

/// Whether `signature`, the third part of a compact JWS, is the strict EdDSA signature of `message`
/// under this key (RFC 8037, section 3.1).
///
/// # Errors
/// When the signature is not the base64url form of 64 bytes.
pub fn verify(message: &[u8], signature: &str, key: &PublicKey) -> Result<bool> {
    let signature = jws_signature(signature).ok_or_else(|| new_error(ErrorKind::InvalidToken))?;
    let verifier: &dyn JwtVerifier = key;
    Ok(verifier.verify(message, &signature.to_vec()).is_ok())
}

impl Signer<Vec<u8>> for Ed25519Signer {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, SignatureError> {
        Ok(self.sign(message).to_vec())
    }
}

impl JwtSigner for Ed25519Signer {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

impl Verifier<Vec<u8>> for PublicKey {
    fn verify(
        &self,
        message: &[u8],
        signature: &Vec<u8>,
    ) -> std::result::Result<(), SignatureError> {
        let signature = signature.as_slice().try_into();
        match signature {
            Ok(signature) if PublicKey::verify(self, message, signature) => Ok(()),
            _ => Err(SignatureError::new()),
        }
    }
}

impl JwtVerifier for PublicKey {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

fn signer(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>> {
    only_eddsa(*algorithm, key.family())?;
    let seed: &[u8; 32] = key.as_bytes().try_into().map_err(|_| bad_key())?;
    Ok(Box::new(Ed25519Signer::new(seed)))
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    only_eddsa(*algorithm, key.family())?;
    let public: &[u8; 32] = key.try_get_as_bytes()?.try_into().map_err(|_| bad_key())?;
    let public = PublicKey::from_bytes(public).map_err(|_| bad_key())?;
    Ok(Box::new(public))
}

fn only_eddsa(algorithm: Algorithm, family: AlgorithmFamily) -> Result<()> {
    if algorithm == Algorithm::EdDSA && family == AlgorithmFamily::Ed {
        Ok(())
    } else {
        Err(unsupported())
    }
}

fn public_component(private: &[u8], curve: &EllipticCurve) -> Result<Vec<u8>> {
    if *curve != EllipticCurve::Ed25519 {
        return Err(unsupported());
    }
    let seed: &[u8; 32] = private.try_into().map_err(|_| bad_key())?;
    Ok(Ed25519Signer::new(seed).public().to_vec())
}

fn digest(data: &[u8], hash: ThumbprintHash) -> Result<Vec<u8>> {
    Ok(match hash {
        ThumbprintHash::SHA256 => Sha256::digest(data).to_vec(),
        ThumbprintHash::SHA384 => Sha384::digest(data).to_vec(),
        ThumbprintHash::SHA512 => Sha512::digest(data).to_vec(),
        _ => return Err(unsupported()),
    })
}

fn unsupported() -> Error {
    new_error(ErrorKind::UnsupportedAlgorithm)
}

fn bad_key() -> Error {
    new_error(ErrorKind::InvalidEddsaKey)
}
