//! The custody that comes with Attestry: seeds sealed in the database, under the master key.

use std::sync::Arc;

use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Custody, CustodyError, DataKey, MasterKey, SecretKey, Seed, Slot};
use crate::credential::crypto::Ed25519Signer;
use crate::kernel::rng::{self, Rng};

impl Custody for MasterKey {
    fn name(&self) -> String {
        self.id()
    }

    fn enroll(&self, provider: Uuid, rng: &dyn Rng) -> Result<Vec<u8>, CustodyError> {
        let data = DataKey::from_bytes(rng::bytes(rng));
        self.wrap(provider, &data, rng::bytes(rng))
    }

    fn import(&self, slot: &Slot<'_>, seed: &Seed, rng: &dyn Rng) -> Result<Vec<u8>, CustodyError> {
        let data = self.unwrap(slot.provider, slot.enrolment)?;
        data.seal(slot.provider, slot.key, seed, rng::bytes(rng))
    }

    fn open(&self, slot: &Slot<'_>, kept: &[u8]) -> Result<Arc<dyn SecretKey>, CustodyError> {
        let data = self.unwrap(slot.provider, slot.enrolment)?;
        let seed = data.open(slot.provider, slot.key, kept)?;
        Ok(Arc::new(Ed25519Signer::new(seed.expose())))
    }

    fn seal(
        &self,
        slot: &Slot<'_>,
        purpose: &str,
        secret: &[u8],
        rng: &dyn Rng,
    ) -> Result<Vec<u8>, CustodyError> {
        let data = self.unwrap(slot.provider, slot.enrolment)?;
        data.seal_secret(slot.provider, slot.key, purpose, secret, rng::bytes(rng))
    }

    fn unseal(
        &self,
        slot: &Slot<'_>,
        purpose: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, CustodyError> {
        let data = self.unwrap(slot.provider, slot.enrolment)?;
        data.open_secret(slot.provider, slot.key, purpose, sealed)
    }
}
