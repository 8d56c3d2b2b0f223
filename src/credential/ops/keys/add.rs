//! Further keys, made here or elsewhere, that stand by.

use entity::signing_key;
use uuid::Uuid;

use super::{Ring, record};
use crate::{
    app::Op,
    credential::{custody::Seed, key_state::KeyState, ops::providers::new_key, store},
    identity::policy::{self, Action},
    kernel::{
        db::is_unique_violation,
        errors::{Error, Result},
    },
};

/// Makes a further key. It is published at once and signs nothing yet: the next rotation takes it,
/// when whoever keeps the issuer's document for a while has seen it.
///
/// # Errors
/// Under did:key, where the key is the name.
pub async fn generate_key(op: &Op, provider: Option<Uuid>) -> Result<signing_key::Model> {
    add(op, provider, None).await
}

/// Takes in a key that was made elsewhere, as [`generate_key`] would.
///
/// # Errors
/// Under did:key; when the key is known already, be it retired or compromised.
pub async fn import_key(
    op: &Op,
    provider: Option<Uuid>,
    seed: &Seed,
) -> Result<signing_key::Model> {
    add(op, provider, Some(seed)).await
}

async fn add(op: &Op, provider: Option<Uuid>, seed: Option<&Seed>) -> Result<signing_key::Model> {
    let tenant = policy::permit_at_machine(&op.actor, Action::ManageSigningKeys, provider)?;
    let tx = op.write_tx().await?;
    let ring = Ring::lock(&tx, op, tenant).await?;
    ring.require_document()?;
    let key = new_key(op, &ring.data, KeyState::Standby, seed).map_err(Error::internal)?;
    match store::insert_key(&*tx, &key).await {
        Err(e) if is_unique_violation(&e) => {
            return Err(Error::invalid(
                "input",
                "KNOWN_KEY",
                "this installation has this key already, be it retired or compromised: give a key that was never used here",
            ));
        }
        other => other?,
    }
    let action = match seed {
        None => "signing_key.generate",
        Some(_) => "signing_key.import",
    };
    record(&tx, op, action, None, &key).await?;
    tx.commit().await?;
    Ok(key)
}
