//! An issuer's public keys (RFC 7517; RFC 7518, section 6; RFC 8037, section 2).

#[cfg(test)]
mod tests;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey, VerificationAlgorithm,
};

use super::Algorithm;
use crate::kernel::json::{Json, ParseOptions, parse};

/// How many keys of a set are looked at; issuers publish two or three.
const MAX_KEYS: usize = 100;
/// The longest `kid` that is kept, in characters.
const MAX_KEY_ID: usize = 256;
/// How many bits the modulus of an RSA key has at least, and at most.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2_048..=8_192;

/// What is no set of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no JSON Web Key Set: a strict JSON object with an array `keys`")]
pub struct NoKeySet;

/// The keys of an issuer that can verify a token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeySet(Vec<Key>);

/// A public key, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    id: String,
    /// The one algorithm that it is for, where it says so.
    algorithm: Option<Algorithm>,
    public: Public,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Public {
    /// Modulus and exponent, big-endian without leading zeros.
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
    /// The point, uncompressed (SEC 1, section 2.3.3).
    P256([u8; 65]),
    Ed25519([u8; 32]),
}

impl KeySet {
    /// Reads a JSON Web Key Set. Keys that can verify no token here are left out: without `kid`,
    /// for other uses or algorithms, of other kinds, too weak, private or secret ones.
    ///
    /// # Errors
    /// When the bytes are no such set.
    pub fn read(bytes: &[u8]) -> Result<Self, NoKeySet> {
        let set = parse(bytes, &ParseOptions::default()).map_err(|_| NoKeySet)?;
        let keys = set.get("keys").and_then(Json::as_array).ok_or(NoKeySet)?;
        Ok(Self(
            keys.iter().take(MAX_KEYS).filter_map(Key::read).collect(),
        ))
    }

    /// Whether a key has this id.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.of(id).next().is_some()
    }

    /// The keys with this id. Nothing keeps an issuer from giving two keys one id.
    pub(super) fn of(&self, id: &str) -> impl Iterator<Item = &Key> {
        self.0.iter().filter(move |key| key.id == id)
    }
}

impl Key {
    fn read(jwk: &Json) -> Option<Self> {
        let id = text(jwk, "kid").filter(|id| id.len() <= MAX_KEY_ID)?;
        // Whoever publishes a private key has lost it; `k` is a secret of both sides.
        if jwk.get("d").is_some() || jwk.get("k").is_some() || !verifies(jwk) {
            return None;
        }
        let public = match (text(jwk, "kty")?, text(jwk, "crv")) {
            ("RSA", _) => rsa(number(jwk, "n")?, number(jwk, "e")?)?,
            ("EC", Some("P-256")) => Public::P256(point(bytes(jwk, "x")?, bytes(jwk, "y")?)),
            ("OKP", Some("Ed25519")) => Public::Ed25519(bytes(jwk, "x")?),
            _ => return None,
        };
        let algorithm = match jwk.get("alg") {
            None => None,
            Some(name) => Some(Algorithm::parse(name.as_str()?)?),
        };
        Some(Self {
            id: id.to_owned(),
            algorithm,
            public,
        })
    }

    /// Whether the key is of the algorithm's kind, and for it.
    pub(super) fn is_for(&self, algorithm: Algorithm) -> bool {
        let kind = match self.public {
            Public::Rsa { .. } => matches!(algorithm, Algorithm::Rs256 | Algorithm::Ps256),
            Public::P256(_) => algorithm == Algorithm::Es256,
            Public::Ed25519(_) => algorithm == Algorithm::EdDsa,
        };
        kind && self.algorithm.is_none_or(|only| only == algorithm)
    }

    /// Whether `signature` is the key's own over `message`, by this algorithm and no other.
    pub(super) fn verifies(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        let rsa = |parameters: &RsaParameters, n: &[u8], e: &[u8]| {
            RsaPublicKeyComponents { n, e }
                .verify(parameters, message, signature)
                .is_ok()
        };
        let plain = |algorithm: &'static dyn VerificationAlgorithm, key: &[u8]| {
            UnparsedPublicKey::new(algorithm, key)
                .verify(message, signature)
                .is_ok()
        };
        match (algorithm, &self.public) {
            (Algorithm::Rs256, Public::Rsa { n, e }) => rsa(&RSA_PKCS1_2048_8192_SHA256, n, e),
            (Algorithm::Ps256, Public::Rsa { n, e }) => rsa(&RSA_PSS_2048_8192_SHA256, n, e),
            (Algorithm::Es256, Public::P256(point)) => plain(&ECDSA_P256_SHA256_FIXED, point),
            (Algorithm::EdDsa, Public::Ed25519(key)) => plain(&ED25519, key),
            _ => false,
        }
    }
}

/// Whether a key may verify signatures, by its `use` and `key_ops` (RFC 7517, sections 4.2 and
/// 4.3). What it does not say, it allows.
fn verifies(jwk: &Json) -> bool {
    let is_verify = |op: &Json| op.as_str() == Some("verify");
    let used = jwk.get("use").is_none_or(|u| u.as_str() == Some("sig"));
    let ops = jwk.get("key_ops").is_none_or(|ops| {
        let ops = ops.as_array().unwrap_or_default();
        ops.iter().any(is_verify)
    });
    used && ops
}

fn rsa(n: Vec<u8>, e: Vec<u8>) -> Option<Public> {
    let first = n.first()?;
    let bits = n.len() * 8 - usize::try_from(first.leading_zeros()).ok()?;
    RSA_BITS.contains(&bits).then_some(Public::Rsa { n, e })
}

fn point(x: [u8; 32], y: [u8; 32]) -> [u8; 65] {
    let mut point = [4; 65];
    let (_, coordinates) = point.split_at_mut(1);
    coordinates.copy_from_slice([x, y].as_flattened());
    point
}

/// A number in the form Base64urlUInt (RFC 7518, section 2): no leading zero.
fn number(jwk: &Json, member: &str) -> Option<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(text(jwk, member)?).ok()?;
    (*bytes.first()? != 0).then_some(bytes)
}

fn bytes<const N: usize>(jwk: &Json, member: &str) -> Option<[u8; N]> {
    let bytes = URL_SAFE_NO_PAD.decode(text(jwk, member)?).ok()?;
    bytes.try_into().ok()
}

fn text<'a>(jwk: &'a Json, member: &str) -> Option<&'a str> {
    jwk.get(member)?.as_str()
}
