//! Ed25519 (RFC 8032), verified strictly: canonical encodings only, and no small-order key or point.

pub mod jwt;
#[cfg(test)]
mod tests;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};

/// How many bytes a signature has.
pub const SIGNATURE_LENGTH: usize = 64;

/// 32 bytes that are no public key under which anything could be proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPublicKey {
    /// The bytes are not the one encoding of a point of the curve.
    #[error("the 32 bytes are not the encoding of a point of the curve Ed25519")]
    NotAPoint,
    /// The point has a small order: signatures that fit it can be made without a private key.
    #[error("the Ed25519 key is of small order, so anyone could have made its signatures")]
    SmallOrder,
}

/// A public key with its point decompressed, for verifying more than once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKey({})", super::did::multikey(self.as_bytes()))
    }
}

impl PublicKey {
    /// The public key of these 32 bytes (RFC 8032, section 5.1.2).
    ///
    /// # Errors
    /// When they are not the canonical encoding of a point, or that point is of small order.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, BadPublicKey> {
        if !is_reduced(bytes) {
            return Err(BadPublicKey::NotAPoint);
        }
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| BadPublicKey::NotAPoint)?;
        if key.is_weak() {
            return Err(BadPublicKey::SmallOrder);
        }
        Ok(Self(key))
    }

    /// The raw key.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Whether `signature` is the strict signature of `message` under this key: s is reduced, both
    /// points are in their one encoding, and neither is of small order.
    ///
    /// The library's loose check computes the point R and compares encodings, so that it takes only
    /// the canonical one. What its strict check adds, the order of both points, costs it a second
    /// decompression; here the key's was checked when it was read, and R's encoding tells.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8; SIGNATURE_LENGTH]) -> bool {
        let signature = Signature::from_bytes(signature);
        !is_small_order(signature.r_bytes()) && self.0.verify(message, &signature).is_ok()
    }
}

/// The y coordinates of the eight points of small order (those whose order divides 8), in
/// little-endian form; the sign of x is the highest bit of an encoding.
const SMALL_ORDER: [[u8; 32]; 5] = [
    [0; 32],
    [
        1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0,
    ],
    [
        0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0x7f,
    ],
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
        0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
        0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
        0x03, 0x7a,
    ],
];

/// Whether these are the encoding of a point of small order.
fn is_small_order(encoding: &[u8; 32]) -> bool {
    let mut y = *encoding;
    y[31] &= 0x7f;
    SMALL_ORDER.contains(&y)
}

/// Whether the y coordinate in a point's encoding is below the field's prime, 2^255 - 19.
fn is_reduced(bytes: &[u8; 32]) -> bool {
    let [low, middle @ .., high] = bytes;
    *high & 0x7f != 0x7f || *low < 0xed || middle.iter().any(|byte| *byte != 0xff)
}

/// The signature in the third part of a compact JWS (RFC 7515, section 7.1); `None` unless the
/// text is the one base64url form of 64 bytes.
#[must_use]
pub fn jws_signature(text: &str) -> Option<[u8; SIGNATURE_LENGTH]> {
    let mut signature = [0; SIGNATURE_LENGTH];
    match URL_SAFE_NO_PAD.decode_slice(text, &mut signature) {
        Ok(SIGNATURE_LENGTH) => Some(signature),
        _ => None,
    }
}

/// A private key, expanded for signing more than once. Zeroized when it is dropped.
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

    /// The signature of `message`: the same each time.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_LENGTH] {
        self.0.sign(message).to_bytes()
    }
}
