//! Signing keys, for those who may see them.

use entity::signing_key;
use uuid::Uuid;

use crate::{
    app::Op,
    credential::{did::multikey, ops::providers::public_bytes, store},
    identity::policy::{self, Action},
    kernel::{
        errors::Result,
        pages::{Page, PageRequest},
    },
};

/// A page of the keys that the tenant ever had, oldest first.
pub async fn signing_keys(op: &Op, page: &PageRequest) -> Result<Page<signing_key::Model>> {
    let tenant = policy::permit_in_tenant(&op.actor, Action::ViewSigningKeys)?;
    store::keys_page(&op.read().await?, tenant, page).await
}

/// Every key that a provider ever had, oldest first, for the person at the machine.
pub async fn all_keys(op: &Op, provider: Uuid) -> Result<Vec<signing_key::Model>> {
    policy::permit_operator(&op.actor)?;
    store::keys(&op.read().await?, provider).await
}

/// How many records of a key there are to re-issue, should it be compromised: all that it signed
/// and that are not revoked.
pub async fn records_of(op: &Op, provider: Uuid, key: Uuid) -> Result<u64> {
    policy::permit_operator(&op.actor)?;
    store::count_signed_by(&op.read().await?, provider, key).await
}

/// A key's public half as a Multikey text.
pub fn public_text(key: &signing_key::Model) -> Result<String> {
    Ok(multikey(&public_bytes(key)?))
}
