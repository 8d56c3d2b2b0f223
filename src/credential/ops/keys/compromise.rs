//! A key in other hands.

use entity::signing_key;
use uuid::Uuid;

use super::{Ring, record, rotate::activate};
use crate::{
    app::Op,
    credential::{key_state::KeyState, ops::issuer::is, store},
    identity::policy::{self, Action},
    kernel::{checks::Checks, clock, errors::Result},
};

/// What marking a key compromised led to.
#[derive(Debug, Clone)]
pub struct Compromised {
    /// The key.
    pub key: signing_key::Model,
    /// The new key that signs in its place, where it was the one that signed.
    pub successor: Option<signing_key::Model>,
    /// How many of its records are left to re-issue.
    pub records: u64,
    /// Whether the provider still has a key to sign with.
    pub can_sign: bool,
}

/// Marks a key compromised, for good: from now on nothing that it signed is believed, whatever its
/// date. Where it was the one that signs, a new one, made in the same moment, follows it; keys
/// that stand by do not, because whoever took one key may have taken those beside it. Under
/// did:key none can follow: nothing more is signed under that name.
///
/// Asking again changes nothing.
pub async fn mark_compromised(
    op: &Op,
    provider: Option<Uuid>,
    id: Uuid,
    reason: &str,
) -> Result<Compromised> {
    let tenant = policy::permit_at_machine(&op.actor, Action::ManageSigningKeys, provider)?;
    let mut checks = Checks::default();
    checks.text(reason, 1_000, "reason");
    checks.done()?;
    let tx = op.write_tx().await?;
    let ring = Ring::lock(&tx, op, tenant).await?;
    let before = ring.find(id)?;
    let records = store::count_signed_by(&*tx, tenant, id).await?;
    if is(before, KeyState::Compromised) {
        return Ok(Compromised {
            key: before.clone(),
            successor: None,
            records,
            can_sign: ring.active().is_some(),
        });
    }
    let key = signing_key::Model {
        state: KeyState::Compromised.as_str().to_owned(),
        compromised_at: Some(clock::to_millis(op.now)),
        compromise_reason: Some(reason.to_owned()),
        ..before.clone()
    };
    store::update_key_state(&*tx, &key).await?;
    // The lists that it signed are signed anew, by every replica. Before anything is recorded:
    // others hold a list while they wait for the audit log, never the other way round.
    store::touch_all(&*tx, tenant).await?;
    record(&tx, op, "signing_key.compromise", Some(before), &key).await?;
    let follows = is(before, KeyState::Active) && ring.require_document().is_ok();
    let successor = match follows {
        true => Some(activate(&tx, op, &ring, None).await?),
        false => None,
    };
    tx.commit().await?;
    let another_signs = ring.active().is_some_and(|active| active.id != id);
    Ok(Compromised {
        key,
        can_sign: another_signs || successor.is_some(),
        successor,
        records,
    })
}
