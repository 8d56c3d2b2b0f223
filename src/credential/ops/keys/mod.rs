//! Signing keys: adding, rotating and retiring them, and what follows when one is stolen.

pub mod add;
pub mod compromise;
pub mod read;
pub mod reissue;
pub mod rewrap;
pub mod rotate;

use entity::{data_key, provider, signing_key};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    issuer::{did_with_keys, is},
    providers::public_bytes,
};
use crate::{
    app::Op,
    credential::{did::multikey, key_state::KeyState, store},
    identity::{
        audit::{self, Change},
        store as people,
    },
    kernel::{
        db::WriteTx,
        errors::{Error, Result},
    },
};

/// A signing key as it is stored: its private half is in custody.
pub type SigningKey = signing_key::Model;

/// The key that a provider signs with, which stays so until the transaction ends. `None` when it
/// was being replaced: start over.
///
/// # Errors
/// When the provider has none any more.
pub async fn hold_active(
    c: &impl ConnectionTrait,
    provider: Uuid,
) -> Result<Option<signing_key::Model>> {
    if let Some(key) = store::hold_active_key(c, provider).await? {
        return Ok(Some(key));
    }
    match store::active_key(c, provider).await? {
        Some(_) => Ok(None),
        None => Err(no_key()),
    }
}

fn no_key() -> Error {
    Error::invalid(
        "input",
        "NO_SIGNING_KEY",
        "this provider's only key is compromised, and under did:key the key is the name: nothing can be signed under that name any more; create another provider, and issue its records anew",
    )
}

/// A provider's keys, as they stand and stay until the transaction ends.
struct Ring {
    provider: provider::Model,
    data: data_key::Model,
    keys: Vec<signing_key::Model>,
    did: String,
}

impl Ring {
    async fn lock(tx: &WriteTx, op: &Op, provider: Uuid) -> Result<Self> {
        // First the lock, then the look: keys that were added while this waited are seen.
        let data = store::lock_data_key(&**tx, provider).await?;
        let row = people::provider(&**tx, provider).await?;
        let (Some(data), Some(provider)) = (data, row) else {
            return Err(Error::NotFound("this provider".to_owned()));
        };
        let keys = store::keys(&**tx, provider.id).await?;
        let did = did_with_keys(&op.app, &provider.slug, &keys)?;
        Ok(Self {
            provider,
            data,
            keys,
            did,
        })
    }

    fn active(&self) -> Option<&signing_key::Model> {
        self.keys.iter().find(|key| is(key, KeyState::Active))
    }

    fn find(&self, id: Uuid) -> Result<&signing_key::Model> {
        let found = self.keys.iter().find(|key| key.id == id);
        found.ok_or_else(|| Error::NotFound("this signing key".to_owned()))
    }

    /// Refuses what cannot be where the key is the name.
    fn require_document(&self) -> Result<()> {
        if self.did.starts_with("did:web:") {
            return Ok(());
        }
        Err(Error::invalid(
            "input",
            "KEY_IS_THE_NAME",
            format!(
                "{} issues under {}, a name made of its one key: another key would be another issuer; serve behind https with --public-url, where the issuer is a did:web that can change its keys",
                self.provider.slug, self.did
            ),
        ))
    }
}

/// What audit records tell of a key: nothing secret.
fn told(key: &signing_key::Model) -> Result<Value> {
    Ok(json!({
        "key": multikey(&public_bytes(key)?), "state": key.state, "retiredAt": key.retired_at,
        "compromisedAt": key.compromised_at, "reason": key.compromise_reason,
    }))
}

/// Records what became of a key.
async fn record(
    tx: &WriteTx,
    op: &Op,
    action: &str,
    before: Option<&signing_key::Model>,
    after: &signing_key::Model,
) -> Result<()> {
    let change = Change {
        provider: Some(after.provider_id),
        action,
        target: after.id.to_string(),
        before: before.map(told).transpose()?,
        after: Some(told(after)?),
    };
    audit::record(&**tx, op, change).await
}
