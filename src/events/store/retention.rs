//! Removing what is old.
//!
//! How old a row is its id tells, so that the primary key leads to the oldest, and there is nothing
//! to read where nothing is old. A delivery's id is of the same moment as its event's.

use entity::{event, webhook_delivery};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType, Query},
};
use uuid::Uuid;

use crate::{events::model::DeliveryState, kernel::errors::Result};

/// Removes up to `limit` deliveries with ids between `after` and `before` that nobody waits for any
/// more: taken, or given up. Which these were, oldest first.
///
/// What someone else holds at the moment is passed over: a replica that does the same, or whoever
/// asks for a delivery once more.
pub async fn delete_ended_deliveries(
    c: &impl ConnectionTrait,
    after: Uuid,
    before: Uuid,
    limit: u64,
) -> Result<Vec<Uuid>> {
    let select = webhook_delivery::Entity::find()
        .select_only()
        .column(webhook_delivery::Column::Id)
        .filter(webhook_delivery::Column::Id.gt(after))
        .filter(webhook_delivery::Column::Id.lt(before))
        // Said so because, by the states that it may have, SQLite would read all of these.
        .filter(webhook_delivery::Column::State.ne(DeliveryState::Pending.as_str()))
        .order_by_asc(webhook_delivery::Column::Id)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let ids: Vec<Uuid> = select.into_tuple().all(c).await?;
    if !ids.is_empty() {
        webhook_delivery::Entity::delete_many()
            .filter(webhook_delivery::Column::Id.is_in(ids.iter().copied()))
            .exec(c)
            .await?;
    }
    Ok(ids)
}

/// Removes up to `limit` events with ids between `after` and `before` that have no delivery, or
/// none any more. Which these were, oldest first.
pub async fn delete_told_events(
    c: &impl ConnectionTrait,
    after: Uuid,
    before: Uuid,
    limit: u64,
) -> Result<Vec<Uuid>> {
    let delivery = Query::select()
        .expr(Expr::val(1))
        .from(webhook_delivery::Entity)
        .and_where(
            Expr::col((webhook_delivery::Entity, webhook_delivery::Column::EventId))
                .equals((event::Entity, event::Column::Id)),
        )
        .to_owned();
    let select = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::Id.gt(after))
        .filter(event::Column::Id.lt(before))
        .filter(Expr::exists(delivery).not())
        .order_by_asc(event::Column::Id)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let ids: Vec<Uuid> = select.into_tuple().all(c).await?;
    if !ids.is_empty() {
        event::Entity::delete_many()
            .filter(event::Column::Id.is_in(ids.iter().copied()))
            .exec(c)
            .await?;
    }
    Ok(ids)
}
