//! Rows of the events room.

mod retention;

use entity::{bulk_job, data_key, event, webhook, webhook_delivery};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use super::{
    model::DeliveryState,
    places::{Place, Places},
};
use crate::kernel::{
    clock,
    errors::Result,
    keyset,
    pages::{Page, PageRequest},
};

pub use retention::{delete_ended_deliveries, delete_told_events};

/// The lowest id that an event of this moment can have: ids begin with their time (RFC 9562 §5.7).
#[must_use]
pub fn first_id_at(at: Timestamp) -> Uuid {
    let millis = u64::try_from(clock::to_millis(at)).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}

/// The ids of every provider's events since a moment, oldest first.
pub async fn event_ids_since(c: &impl ConnectionTrait, since: Timestamp) -> Result<Vec<Uuid>> {
    let select = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::Id.gte(first_id_at(since)))
        .order_by_asc(event::Column::Id);
    Ok(select.into_tuple().all(c).await?)
}

/// Several events, oldest first.
pub async fn events_by_id(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<event::Model>> {
    let select = event::Entity::find()
        .filter(event::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(event::Column::Id);
    Ok(select.all(c).await?)
}

/// A provider's webhooks that are told of events.
pub async fn enabled_webhooks(
    c: &impl ConnectionTrait,
    provider: Uuid,
) -> Result<Vec<webhook::Model>> {
    let select = webhook::Entity::find()
        .filter(webhook::Column::ProviderId.eq(provider))
        .filter(webhook::Column::DisabledAt.is_null());
    Ok(select.all(c).await?)
}

/// How many webhooks of a provider are told of events.
pub async fn count_enabled_webhooks(c: &impl ConnectionTrait, provider: Uuid) -> Result<u64> {
    let select = webhook::Entity::find()
        .filter(webhook::Column::ProviderId.eq(provider))
        .filter(webhook::Column::DisabledAt.is_null());
    Ok(select.count(c).await?)
}

/// A page of a provider's webhooks, oldest first.
pub async fn webhooks(
    c: &impl ConnectionTrait,
    provider: Uuid,
    page: &PageRequest,
) -> Result<Page<webhook::Model>> {
    let select = webhook::Entity::find().filter(webhook::Column::ProviderId.eq(provider));
    keyset::by_id(c, select, webhook::Column::Id, page, |row| row.id).await
}

/// A provider's webhook.
pub async fn webhook(
    c: &impl ConnectionTrait,
    provider: Uuid,
    id: Uuid,
) -> Result<Option<webhook::Model>> {
    let select = webhook::Entity::find_by_id(id).filter(webhook::Column::ProviderId.eq(provider));
    Ok(select.one(c).await?)
}

/// A provider's webhook, locked until the transaction ends.
pub async fn lock_webhook(
    c: &impl ConnectionTrait,
    provider: Uuid,
    id: Uuid,
) -> Result<Option<webhook::Model>> {
    let select = webhook::Entity::find_by_id(id).filter(webhook::Column::ProviderId.eq(provider));
    Ok(select.lock_exclusive().one(c).await?)
}

/// Adds a webhook.
pub async fn insert_webhook(c: &impl ConnectionTrait, row: &webhook::Model) -> Result<()> {
    row.clone().into_active_model().insert(c).await?;
    Ok(())
}

/// Brings a webhook's secret, and whether it is told of events, to what `row` says.
pub async fn update_webhook(c: &impl ConnectionTrait, row: &webhook::Model) -> Result<()> {
    let row = webhook::ActiveModel {
        id: Set(row.id),
        sealed_secret: Set(row.sealed_secret.clone()),
        disabled_at: Set(row.disabled_at),
        ..Default::default()
    };
    row.update(c).await?;
    Ok(())
}

/// What was made for a provider once, under which its secrets are sealed.
pub async fn enrolment(c: &impl ConnectionTrait, provider: Uuid) -> Result<Option<Vec<u8>>> {
    let row = data_key::Entity::find_by_id(provider).one(c).await?;
    Ok(row.map(|row| row.wrapped))
}

/// A page of a provider's deliveries, oldest first: those of one webhook or in one state, where
/// these are named.
pub async fn deliveries(
    c: &impl ConnectionTrait,
    provider: Uuid,
    webhook: Option<Uuid>,
    state: Option<DeliveryState>,
    page: &PageRequest,
) -> Result<Page<webhook_delivery::Model>> {
    let mut select =
        webhook_delivery::Entity::find().filter(webhook_delivery::Column::ProviderId.eq(provider));
    if let Some(webhook) = webhook {
        select = select.filter(webhook_delivery::Column::WebhookId.eq(webhook));
    }
    if let Some(state) = state {
        select = select.filter(webhook_delivery::Column::State.eq(state.as_str()));
    }
    keyset::by_id(c, select, webhook_delivery::Column::Id, page, |row| row.id).await
}

/// A provider's delivery, locked until the transaction ends.
pub async fn lock_delivery(
    c: &impl ConnectionTrait,
    provider: Uuid,
    id: Uuid,
) -> Result<Option<webhook_delivery::Model>> {
    let select = webhook_delivery::Entity::find_by_id(id)
        .filter(webhook_delivery::Column::ProviderId.eq(provider));
    Ok(select.lock_exclusive().one(c).await?)
}

/// Gives up whatever waits for a webhook, for the reason given. How many there were.
pub async fn give_up(c: &impl ConnectionTrait, webhook: Uuid, why: &str) -> Result<u64> {
    let update = webhook_delivery::Entity::update_many()
        .set(webhook_delivery::ActiveModel {
            state: Set(DeliveryState::Dead.as_str().to_owned()),
            last_error: Set(Some(why.to_owned())),
            ..Default::default()
        })
        .filter(webhook_delivery::Column::WebhookId.eq(webhook))
        .filter(webhook_delivery::Column::State.eq(DeliveryState::Pending.as_str()));
    Ok(update.exec(c).await?.rows_affected)
}

/// Which webhooks have deliveries due at `now`, those first that have waited longest, but for those
/// that can take no more at present, which must not hide the others.
pub async fn due_webhooks(
    c: &impl ConnectionTrait,
    now: i64,
    busy: &Places,
    limit: u64,
) -> Result<Vec<Place>> {
    let select = webhook_delivery::Entity::find()
        .select_only()
        .column(webhook_delivery::Column::ProviderId)
        .column(webhook_delivery::Column::WebhookId)
        .filter(webhook_delivery::Column::State.eq(DeliveryState::Pending.as_str()))
        .filter(webhook_delivery::Column::DueAt.lte(now))
        .filter(webhook_delivery::Column::ProviderId.is_not_in(busy.full_providers()))
        .filter(webhook_delivery::Column::WebhookId.is_not_in(busy.full_webhooks()))
        .group_by(webhook_delivery::Column::ProviderId)
        .group_by(webhook_delivery::Column::WebhookId)
        .order_by_asc(webhook_delivery::Column::DueAt.min())
        .limit(limit);
    let due: Vec<(Uuid, Uuid)> = select.into_tuple().all(c).await?;
    let place = |(provider, webhook)| Place { provider, webhook };
    Ok(due.into_iter().map(place).collect())
}

/// The deliveries of a webhook that are due at `now`, those first that have waited longest.
pub async fn due_deliveries(
    c: &impl ConnectionTrait,
    webhook: Uuid,
    now: i64,
    limit: u64,
) -> Result<Vec<webhook_delivery::Model>> {
    let select = webhook_delivery::Entity::find()
        .filter(webhook_delivery::Column::WebhookId.eq(webhook))
        .filter(webhook_delivery::Column::State.eq(DeliveryState::Pending.as_str()))
        .filter(webhook_delivery::Column::DueAt.lte(now))
        .order_by_asc(webhook_delivery::Column::DueAt)
        .limit(limit);
    Ok(select.all(c).await?)
}

/// Brings a delivery to what `next` says, unless someone else has changed it since it was as
/// `seen`: its due time tells. Whether it was done.
pub async fn replace_delivery(
    c: &impl ConnectionTrait,
    seen: &webhook_delivery::Model,
    next: &webhook_delivery::Model,
) -> Result<bool> {
    let updated = webhook_delivery::Entity::update_many()
        .set(webhook_delivery::ActiveModel {
            state: Set(next.state.clone()),
            attempts: Set(next.attempts),
            due_at: Set(next.due_at),
            last_status: Set(next.last_status),
            last_error: Set(next.last_error.clone()),
            delivered_at: Set(next.delivered_at),
            ..Default::default()
        })
        .filter(webhook_delivery::Column::Id.eq(seen.id))
        .filter(webhook_delivery::Column::State.eq(seen.state.clone()))
        .filter(webhook_delivery::Column::DueAt.eq(seen.due_at))
        .exec(c)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// A provider's bulk job.
pub async fn bulk_job(
    c: &impl ConnectionTrait,
    provider: Uuid,
    id: Uuid,
) -> Result<Option<bulk_job::Model>> {
    let select = bulk_job::Entity::find_by_id(id).filter(bulk_job::Column::ProviderId.eq(provider));
    Ok(select.one(c).await?)
}
