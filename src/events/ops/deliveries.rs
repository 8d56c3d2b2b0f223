//! What was told to webhooks, what waits, and what was given up.

use std::{collections::HashMap, sync::Arc};

use entity::{event, webhook_delivery};
use serde_json::json;
use uuid::Uuid;

use super::webhooks::require_enabled;
use crate::{
    app::Op,
    events::{model::DeliveryState, store},
    identity::{
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        clock,
        errors::{Error, Result},
        pages::{Page, PageRequest},
    },
};

/// A delivery and what it tells.
pub type Delivery = (webhook_delivery::Model, Arc<event::Model>);

/// A page of the tenant's deliveries, oldest first: those of one webhook or in one state, where
/// these are named.
pub async fn deliveries(
    op: &Op,
    webhook: Option<Uuid>,
    state: Option<DeliveryState>,
    page: &PageRequest,
) -> Result<Page<Delivery>> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ViewWebhooks)?;
    let db = op.read().await?;
    if let Some(id) = webhook
        && store::webhook(&db, provider, id).await?.is_none()
    {
        return Err(Error::NotFound("this webhook".to_owned()));
    }
    let page = store::deliveries(&db, provider, webhook, state, page).await?;
    let ids: Vec<_> = page.rows.iter().map(|(_, row)| row.event_id).collect();
    let events = store::events_by_id(&db, &ids).await?;
    let events: HashMap<_, _> = events.into_iter().map(|e| (e.id, Arc::new(e))).collect();
    page.try_map(|row| {
        let event = events.get(&row.event_id).map(Arc::clone);
        let event = event.ok_or_else(|| Error::internal("a delivery without its event"))?;
        Ok((row, event))
    })
}

/// Sends a delivery once more, from its first try on: a dead letter, or one that the receiver lost.
///
/// # Errors
/// When it waits for a try anyway, or its webhook is disabled.
pub async fn redeliver_webhook(op: &Op, id: Uuid) -> Result<Delivery> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ManageWebhooks)?;
    let missing = || Error::NotFound("this delivery".to_owned());
    let tx = op.write_tx().await?;
    let before = store::lock_delivery(&*tx, provider, id).await?;
    let before = before.ok_or_else(missing)?;
    if before.state == DeliveryState::Pending.as_str() {
        return Err(Error::invalid(
            "input.deliveryId",
            "STILL_PENDING",
            "this delivery waits for its next try, or is under way: see its dueAt",
        ));
    }
    let webhook = store::webhook(&*tx, provider, before.webhook_id).await?;
    require_enabled(&webhook.ok_or_else(missing)?)?;
    let after = webhook_delivery::Model {
        state: DeliveryState::Pending.as_str().to_owned(),
        attempts: 0,
        due_at: clock::to_millis(op.now),
        delivered_at: None,
        ..before.clone()
    };
    if !store::replace_delivery(&*tx, &before, &after).await? {
        return Err(Error::internal("a locked delivery changed"));
    }
    let told = |row: &webhook_delivery::Model| json!({"state": row.state, "dueAt": row.due_at});
    let change = Change {
        provider: Some(provider),
        action: "webhook.redeliver",
        target: id.to_string(),
        before: Some(told(&before)),
        after: Some(told(&after)),
    };
    audit::record(&*tx, op, change).await?;
    let event = store::events_by_id(&*tx, &[after.event_id]).await?.pop();
    tx.commit().await?;
    let event = event.ok_or_else(|| Error::internal("a delivery without its event"))?;
    Ok((after, Arc::new(event)))
}
