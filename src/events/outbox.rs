//! What happened is written down in the transaction that makes it happen, together with whom it is
//! to be told: an event that was rolled back is told to nobody, and one that was committed is told
//! even if the process dies the next moment.
//!
//! Deliveries are rows of our own rather than jobs of a job library. Those (apalis among them)
//! enqueue through a connection pool of their own, in a transaction of their own, while these rows
//! must be written through the very transaction of the change, under its tenant; and their tables
//! would be outside the row-level security that holds for everything else here.

use entity::{event, webhook_delivery};
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::{
    model::{DeliveryState, NewEvent, wants},
    store,
};
use crate::{
    app::Op,
    kernel::{clock, db::INSERT_CHUNK, errors::Result, ids},
};

/// Writes down that something happened in `provider`, and one delivery, due now, for each of its
/// webhooks that wants to hear of it. Call it in the transaction that makes it happen.
pub async fn append(
    tx: &impl ConnectionTrait,
    op: &Op,
    provider: Uuid,
    new: NewEvent,
) -> Result<()> {
    append_many(tx, op, provider, vec![new]).await
}

/// Writes many down, as [`append`] does for each.
pub async fn append_many(
    tx: &impl ConnectionTrait,
    op: &Op,
    provider: Uuid,
    new: Vec<NewEvent>,
) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    // The present rather than `op.now`: a long operation writes events long after it began, and
    // subscribers look for what is new by its time.
    let at = op.app.clock.now();
    let new_id = || ids::v7(at, op.app.rng.as_ref());
    let webhooks = store::enabled_webhooks(tx, provider).await?;
    let mut events = Vec::with_capacity(new.len());
    let mut deliveries = Vec::new();
    for new in new {
        let row = event::Model {
            id: new_id(),
            provider_id: provider,
            kind: new.kind.as_str().to_owned(),
            payload: new.payload.to_string(),
            created_at: clock::to_millis(at),
        };
        let wanting = webhooks.iter().filter(|w| wants(&w.kinds, new.kind));
        deliveries.extend(wanting.map(|webhook| webhook_delivery::Model {
            id: new_id(),
            provider_id: provider,
            webhook_id: webhook.id,
            event_id: row.id,
            state: DeliveryState::Pending.as_str().to_owned(),
            attempts: 0,
            due_at: row.created_at,
            last_status: None,
            last_error: None,
            delivered_at: None,
        }));
        events.push(row);
    }
    for part in events.chunks(INSERT_CHUNK) {
        let rows = part.iter().map(|row| row.clone().into_active_model());
        event::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    for part in deliveries.chunks(INSERT_CHUNK) {
        let rows = part.iter().map(|row| row.clone().into_active_model());
        webhook_delivery::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}
