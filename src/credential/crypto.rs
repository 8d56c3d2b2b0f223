//! Ed25519 for the JWT library: one algorithm, verified strictly.
//!
//! `jsonwebtoken` is built without its own cryptography; this provider is all it has. Keys are
//! raw: the 32-byte seed in an [`EncodingKey`], the 32-byte public key in a [`DecodingKey`].

#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind, Result, new_error};
use jsonwebtoken::jwk::{EllipticCurve, ThumbprintHash};
use jsonwebtoken::signature::{Error as SignatureError, Signer, Verifier};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, EncodingKey};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

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
     call credential::crypto::install() first, at the start of the program"
)]
pub struct ForeignProvider;

/// Makes this provider the process's only source of JWT cryptography.
///
/// Must run before anything is signed or verified; running it again changes nothing. [`verify`]
/// calls it itself, and [`sign`] needs no provider.
///
/// # Errors
/// When another part of the process has installed a different provider first.
pub fn install() -> std::result::Result<(), ForeignProvider> {
    *INSTALLED.get_or_init(|| PROVIDER.install_default().map_err(|_| ForeignProvider))
}

/// Signs `message` with EdDSA over Ed25519 (RFC 8037) and answers the base64url signature.
///
/// # Errors
/// When the signer fails, which Ed25519 does for no message.
pub fn sign(message: &[u8], signer: &dyn JwtSigner) -> Result<String> {
    let signature = signer
        .try_sign(message)
        .map_err(|error| new_error(ErrorKind::Signing(error.to_string())))?;
    Ok(URL_SAFE_NO_PAD.encode(signature))
}

/// Whether `signature` (base64url) is the strict Ed25519 signature of `message` under the raw
/// 32-byte public key: canonical encodings only, and no small-order key or point.
///
/// # Errors
/// When the key or the signature's text is malformed, or a foreign provider is installed.
pub fn verify(message: &[u8], signature: &str, public: &[u8; 32]) -> Result<bool> {
    install().map_err(foreign)?;
    let key = DecodingKey::from_ed_der(public);
    jsonwebtoken::crypto::verify(signature, message, &key, Algorithm::EdDSA)
}

/// A signer that keeps its key expanded, for signing more than once. The secret is zeroized when
/// it is dropped.
#[derive(Clone)]
pub struct Ed25519Signer(SigningKey);

impl Ed25519Signer {
    /// The signer of this 32-byte seed.
    #[must_use]
    pub fn new(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The raw public key.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// The raw signature of `message`.
    ///
    /// # Errors
    /// When the signer fails, which Ed25519 does for no message.
    pub fn sign_raw(&self, message: &[u8]) -> std::result::Result<[u8; 64], SignatureError> {
        let signature = self.0.try_sign(message);
        Ok(signature.map_err(|_| SignatureError::new())?.to_bytes())
    }
}

impl Signer<Vec<u8>> for Ed25519Signer {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, SignatureError> {
        self.sign_raw(message).map(Vec::from)
    }
}

impl JwtSigner for Ed25519Signer {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

struct Ed25519Verifier(VerifyingKey);

impl Verifier<Vec<u8>> for Ed25519Verifier {
    fn verify(
        &self,
        message: &[u8],
        signature: &Vec<u8>,
    ) -> std::result::Result<(), SignatureError> {
        let signature = Signature::from_slice(signature).map_err(|_| SignatureError::new())?;
        self.0
            .verify_strict(message, &signature)
            .map_err(|_| SignatureError::new())
    }
}

impl JwtVerifier for Ed25519Verifier {
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
    let public = VerifyingKey::from_bytes(public).map_err(|_| bad_key())?;
    Ok(Box::new(Ed25519Verifier(public)))
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
    Ok(SigningKey::from_bytes(seed)
        .verifying_key()
        .to_bytes()
        .to_vec())
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

fn foreign(error: ForeignProvider) -> Error {
    new_error(ErrorKind::Provider(error.to_string()))
}
