//! Private keys at rest: sealed under a data key per provider, wrapped under one master key.
//!
//! Both layers are XChaCha20-Poly1305. The associated data names what the box is for, so that a
//! row moved to another provider, or to another key id, does not open. Nonces and key bytes come
//! in from the caller; a nonce must be random and used once.
//!
//! A wrapped data key is `1 ‖ master key id (8 bytes) ‖ nonce (24) ‖ ciphertext (48)`;
//! a sealed seed is `1 ‖ nonce (24) ‖ ciphertext (48)`.

#[cfg(test)]
mod tests;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::kernel::digest::hex;

const FORMAT: u8 = 1;
const NONCE: usize = 24;
const ID: usize = 8;

/// Why a key could not be read, wrapped, sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CustodyError {
    /// The master key's text is not 32 bytes in base64url.
    #[error(
        "the master key is not 32 bytes in base64url (43 characters without padding); \
         give the key file that this installation made, or a new random key for a new one"
    )]
    MasterKeyText,
    /// The box was made under another master key.
    #[error(
        "the stored keys were wrapped under master key {expected}, but master key {given} was \
         given; start with the master key {expected}"
    )]
    WrongMasterKey {
        /// The id of the master key that opens the box.
        expected: String,
        /// The id of the master key that was given.
        given: String,
    },
    /// The box is damaged, or stands in the row of another provider or key.
    #[error(
        "the stored {what} does not open: it was altered, or belongs to another provider or key; \
         restore it from a backup"
    )]
    Damaged {
        /// What the box was to hold.
        what: &'static str,
    },
    /// The cipher refused to seal.
    #[error("the {what} could not be sealed; this is a defect of the program")]
    Sealing {
        /// What was to be sealed.
        what: &'static str,
    },
}

macro_rules! redacted {
    ($name:ident) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }
    };
}

/// The installation's master key: 32 random bytes from a file or the environment.
#[derive(Clone)]
pub struct MasterKey {
    bytes: Zeroizing<[u8; 32]>,
    id: [u8; ID],
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({}, [redacted])", self.id())
    }
}

/// A provider's data key, under which its private keys are sealed.
#[derive(Clone)]
pub struct DataKey(Zeroizing<[u8; 32]>);
redacted!(DataKey);

/// The 32-byte seed of an Ed25519 private key (RFC 8032, section 5.1.5).
#[derive(Clone)]
pub struct Seed(Zeroizing<[u8; 32]>);
redacted!(Seed);

impl MasterKey {
    /// The master key of these 32 random bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let bytes = Zeroizing::new(bytes);
        let hash = Sha256::new()
            .chain_update(b"attestry master key id\0")
            .chain_update(*bytes)
            .finalize();
        let mut id = [0; ID];
        id.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        Self { bytes, id }
    }

    /// Reads a master key from base64url text; surrounding whitespace and padding are allowed.
    ///
    /// # Errors
    /// When the text is not 32 bytes in base64url.
    pub fn parse(text: &str) -> Result<Self, CustodyError> {
        let text = text.trim().trim_end_matches('=');
        let mut bytes = Zeroizing::new([0; 32]);
        match URL_SAFE_NO_PAD.decode_slice(text, bytes.as_mut_slice()) {
            Ok(32) => Ok(Self::from_bytes(*bytes)),
            _ => Err(CustodyError::MasterKeyText),
        }
    }

    /// The text that [`MasterKey::parse`] reads back, to be written to the key file.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(*self.bytes))
    }

    /// The key's short public name: 16 hexadecimal digits of a fingerprint.
    #[must_use]
    pub fn id(&self) -> String {
        hex(&self.id)
    }

    /// Wraps a provider's data key for storage.
    ///
    /// # Errors
    /// Only if the cipher fails, which it does for no input of this size.
    pub fn wrap(
        &self,
        provider: Uuid,
        data_key: &DataKey,
        nonce: [u8; NONCE],
    ) -> Result<Vec<u8>, CustodyError> {
        let what = "data key";
        let aad = [b"attestry data key\0".as_slice(), provider.as_bytes()].concat();
        let sealed = seal(&self.bytes, nonce, &aad, data_key.0.as_slice(), what)?;
        Ok([&[FORMAT], self.id.as_slice(), &nonce, &sealed].concat())
    }

    /// Opens a wrapped data key.
    ///
    /// # Errors
    /// When it was wrapped under another master key (naming both), is damaged, or belongs to
    /// another provider.
    pub fn unwrap(&self, provider: Uuid, wrapped: &[u8]) -> Result<DataKey, CustodyError> {
        let what = "data key";
        let damaged = CustodyError::Damaged { what };
        let Some((&FORMAT, rest)) = wrapped.split_first() else {
            return Err(damaged);
        };
        let Some((id, rest)) = rest.split_first_chunk::<ID>() else {
            return Err(damaged);
        };
        if *id != self.id {
            return Err(CustodyError::WrongMasterKey {
                expected: hex(id),
                given: self.id(),
            });
        }
        let aad = [b"attestry data key\0".as_slice(), provider.as_bytes()].concat();
        let key = open(&self.bytes, rest, &aad, what)?;
        exactly(&key, what).map(DataKey)
    }
}

impl DataKey {
    /// The data key of these 32 random bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Seals a private key for storage under its provider and key id.
    ///
    /// # Errors
    /// Only if the cipher fails, which it does for no input of this size.
    pub fn seal(
        &self,
        provider: Uuid,
        key: Uuid,
        seed: &Seed,
        nonce: [u8; NONCE],
    ) -> Result<Vec<u8>, CustodyError> {
        let sealed = seal(
            &self.0,
            nonce,
            &key_aad(provider, key),
            seed.0.as_slice(),
            "private key",
        )?;
        Ok([&[FORMAT], nonce.as_slice(), &sealed].concat())
    }

    /// Opens a sealed private key.
    ///
    /// # Errors
    /// When it is damaged, or was sealed for another provider, key id or data key.
    pub fn open(&self, provider: Uuid, key: Uuid, sealed: &[u8]) -> Result<Seed, CustodyError> {
        let what = "private key";
        let Some((&FORMAT, rest)) = sealed.split_first() else {
            return Err(CustodyError::Damaged { what });
        };
        let seed = open(&self.0, rest, &key_aad(provider, key), what)?;
        exactly(&seed, what).map(Seed)
    }

    /// Seals another secret than a private key, for `purpose`, under its provider and row id. The
    /// box has the form of a sealed seed.
    ///
    /// # Errors
    /// Only if the cipher fails, which it does for nothing that fits into memory.
    pub fn seal_secret(
        &self,
        provider: Uuid,
        id: Uuid,
        purpose: &str,
        secret: &[u8],
        nonce: [u8; NONCE],
    ) -> Result<Vec<u8>, CustodyError> {
        let aad = secret_aad(provider, id, purpose);
        let sealed = seal(&self.0, nonce, &aad, secret, "secret")?;
        Ok([&[FORMAT], nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`DataKey::seal_secret`] made.
    ///
    /// # Errors
    /// When it is damaged, or was sealed for another provider, row, purpose or data key.
    pub fn open_secret(
        &self,
        provider: Uuid,
        id: Uuid,
        purpose: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, CustodyError> {
        let what = "secret";
        let Some((&FORMAT, rest)) = sealed.split_first() else {
            return Err(CustodyError::Damaged { what });
        };
        open(&self.0, rest, &secret_aad(provider, id, purpose), what)
    }
}

impl Seed {
    /// The seed of these 32 random bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The secret bytes, for making a signing key.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

fn key_aad(provider: Uuid, key: Uuid) -> Vec<u8> {
    let label = b"attestry private key\0".as_slice();
    [label, provider.as_bytes(), key.as_bytes()].concat()
}

/// No purpose holds the byte that ends it, so no two boxes have the same data.
fn secret_aad(provider: Uuid, id: Uuid, purpose: &str) -> Vec<u8> {
    let label = [b"attestry secret\0".as_slice(), purpose.as_bytes(), b"\0"].concat();
    [&label, provider.as_bytes().as_slice(), id.as_bytes()].concat()
}

fn seal(
    key: &[u8; 32],
    nonce: [u8; NONCE],
    aad: &[u8],
    secret: &[u8],
    what: &'static str,
) -> Result<Vec<u8>, CustodyError> {
    XChaCha20Poly1305::new(key.into())
        .encrypt(&XNonce::from(nonce), Payload { msg: secret, aad })
        .map_err(|_| CustodyError::Sealing { what })
}

fn open(
    key: &[u8; 32],
    boxed: &[u8],
    aad: &[u8],
    what: &'static str,
) -> Result<Zeroizing<Vec<u8>>, CustodyError> {
    let damaged = || CustodyError::Damaged { what };
    let (nonce, msg) = boxed.split_first_chunk::<NONCE>().ok_or_else(damaged)?;
    let plain = XChaCha20Poly1305::new(key.into())
        .decrypt(&XNonce::from(*nonce), Payload { msg, aad })
        .map_err(|_| damaged())?;
    Ok(Zeroizing::new(plain))
}

fn exactly(plain: &[u8], what: &'static str) -> Result<Zeroizing<[u8; 32]>, CustodyError> {
    let secret = plain
        .try_into()
        .map_err(|_| CustodyError::Damaged { what })?;
    Ok(Zeroizing::new(secret))
}
