//! Rotating and retiring.

use entity::signing_key;
use uuid::Uuid;

use super::{Ring, record};
use crate::{
    app::Op,
    credential::{
        key_state::KeyState,
        ops::{issuer::is, providers::new_key},
        store,
    },
    identity::policy::{self, Action},
    kernel::{
        clock,
        db::WriteTx,
        errors::{Error, Result},
    },
};

/// Lets another key sign from now on: the one named, or the oldest that stands by, or a new one.
/// The key before is retired: it stays in the issuer's document, and what it signed stays valid.
///
/// # Errors
/// Under did:key, where the key is the name; when the key named does not stand by.
pub async fn rotate_key(
    op: &Op,
    provider: Option<Uuid>,
    to: Option<Uuid>,
) -> Result<signing_key::Model> {
    let tenant = policy::permit_at_machine(&op.actor, Action::ManageSigningKeys, provider)?;
    let tx = op.write_tx().await?;
    let ring = Ring::lock(&tx, op, tenant).await?;
    let standby = match to {
        None => ring.keys.iter().find(|key| is(key, KeyState::Standby)),
        Some(id) => Some(ring.find(id)?),
    };
    ring.require_document()?;
    if let Some(key) = standby.filter(|key| !is(key, KeyState::Standby)) {
        return Err(wrong_state(
            key,
            "only a key that stands by can take over: generate or import one",
        ));
    }
    if let Some(active) = ring.active() {
        retire(&tx, op, active).await?;
    }
    let next = activate(&tx, op, &ring, standby).await?;
    tx.commit().await?;
    Ok(next)
}

/// Makes `standby` the key that signs, or else a new one. None may be active any more.
pub(super) async fn activate(
    tx: &WriteTx,
    op: &Op,
    ring: &Ring,
    standby: Option<&signing_key::Model>,
) -> Result<signing_key::Model> {
    let next = match standby {
        Some(key) => {
            let next = signing_key::Model {
                state: KeyState::Active.as_str().to_owned(),
                ..key.clone()
            };
            store::update_key_state(&**tx, &next).await?;
            next
        }
        None => {
            let made = new_key(op, &ring.data, KeyState::Active, None);
            let next = made.map_err(Error::internal)?;
            store::insert_key(&**tx, &next).await?;
            next
        }
    };
    record(tx, op, "signing_key.activate", standby, &next).await?;
    Ok(next)
}

/// Puts away a key that stands by. It stays in the issuer's document.
///
/// # Errors
/// For the key that signs, which only a rotation replaces, and for one that is compromised.
pub async fn retire_key(op: &Op, provider: Option<Uuid>, id: Uuid) -> Result<signing_key::Model> {
    let tenant = policy::permit_at_machine(&op.actor, Action::ManageSigningKeys, provider)?;
    let tx = op.write_tx().await?;
    let ring = Ring::lock(&tx, op, tenant).await?;
    let key = ring.find(id)?;
    match KeyState::parse(&key.state) {
        Some(KeyState::Retired) => return Ok(key.clone()),
        Some(KeyState::Standby) => {}
        Some(KeyState::Active) => {
            return Err(wrong_state(
                key,
                "it signs records and status lists, and a provider needs one that does: rotate, which retires it",
            ));
        }
        Some(KeyState::Compromised) | None => {
            return Err(wrong_state(key, "what is compromised stays so"));
        }
    }
    let retired = retire(&tx, op, key).await?;
    tx.commit().await?;
    Ok(retired)
}

async fn retire(tx: &WriteTx, op: &Op, key: &signing_key::Model) -> Result<signing_key::Model> {
    let retired = signing_key::Model {
        state: KeyState::Retired.as_str().to_owned(),
        retired_at: Some(clock::to_millis(op.now)),
        ..key.clone()
    };
    store::update_key_state(&**tx, &retired).await?;
    record(tx, op, "signing_key.retire", Some(key), &retired).await?;
    Ok(retired)
}

fn wrong_state(key: &signing_key::Model, why: &str) -> Error {
    Error::invalid(
        "input.signingKeyId",
        "WRONG_KEY_STATE",
        format!("this key is {}: {why}", key.state),
    )
}
