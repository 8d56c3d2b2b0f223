//! Where private keys are kept, and how they come to sign.
//!
//! [`Custody`] is all that the rest of the program knows of it. The one that comes with Attestry is
//! the [`MasterKey`]: keys sealed in the database, opened in memory. A hardware module would be
//! another implementation of the same trait, keeping handles where this one keeps sealed seeds.

mod kept;
mod sealed;
pub mod secret;

pub use sealed::{CustodyError, DataKey, MasterKey, Seed};

use std::sync::Arc;

use uuid::Uuid;
use zeroize::Zeroizing;

use super::crypto::Ed25519Signer;
use super::sign::public_key;
use crate::kernel::rng::{self, Rng};

/// A private key that can sign, wherever it is.
pub trait SecretKey: Send + Sync {
    /// Its raw Ed25519 public key.
    fn public(&self) -> [u8; 32];

    /// The Ed25519 signature of `message` (RFC 8032, section 5.1.6): the same for the same message.
    ///
    /// # Errors
    /// When whatever holds the key refuses or cannot be reached, in words.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], String>;
}

/// Where a key is kept: whose it is, which, and what is stored for all keys of that provider.
#[derive(Debug, Clone, Copy)]
pub struct Slot<'a> {
    /// The provider.
    pub provider: Uuid,
    /// The key's row id.
    pub key: Uuid,
    /// What [`Custody::enroll`] made for the provider.
    pub enrolment: &'a [u8],
}

/// Keeps private keys. What its methods answer is stored, may be read by anyone, and is given back
/// when the key is wanted.
pub trait Custody: Send + Sync {
    /// A short public name of what everything kept depends on, stored with each enrolment.
    fn name(&self) -> String;

    /// Makes what is stored once for a provider.
    ///
    /// # Errors
    /// When it cannot be made.
    fn enroll(&self, provider: Uuid, rng: &dyn Rng) -> Result<Vec<u8>, CustodyError>;

    /// Takes in a private key that was made elsewhere.
    ///
    /// # Errors
    /// When the provider's enrolment is not this custody's, or the key cannot be kept.
    fn import(&self, slot: &Slot<'_>, seed: &Seed, rng: &dyn Rng) -> Result<Vec<u8>, CustodyError>;

    /// Makes a new private key: its public half, and what is stored of it. Custody that can make
    /// keys where they never leave does so here.
    ///
    /// # Errors
    /// As [`Custody::import`].
    fn generate(
        &self,
        slot: &Slot<'_>,
        rng: &dyn Rng,
    ) -> Result<([u8; 32], Vec<u8>), CustodyError> {
        let seed = Seed::from_bytes(rng::bytes(rng));
        Ok((public_key(&seed), self.import(slot, &seed, rng)?))
    }

    /// Opens a key for signing.
    ///
    /// # Errors
    /// When what is stored was altered, belongs to another slot, or is not this custody's.
    fn open(&self, slot: &Slot<'_>, kept: &[u8]) -> Result<Arc<dyn SecretKey>, CustodyError>;

    /// Seals another secret of the provider than a private key: one that the program itself needs
    /// in clear. `slot` names it as it names a key; `purpose` says what it is.
    ///
    /// # Errors
    /// When the provider's enrolment is not this custody's.
    fn seal(
        &self,
        slot: &Slot<'_>,
        purpose: &str,
        secret: &[u8],
        rng: &dyn Rng,
    ) -> Result<Vec<u8>, CustodyError>;

    /// Opens what [`Custody::seal`] made for the same slot and purpose.
    ///
    /// # Errors
    /// As [`Custody::open`].
    fn unseal(
        &self,
        slot: &Slot<'_>,
        purpose: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, CustodyError>;
}

impl SecretKey for Ed25519Signer {
    fn public(&self) -> [u8; 32] {
        self.public()
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], String> {
        Ok(Ed25519Signer::sign(self, message))
    }
}
