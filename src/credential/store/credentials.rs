//! Credentials and the history of their status.

use entity::{
    credential::{ActiveModel, Column, Entity, Model},
    demonstration, status_change,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set,
    sea_query::{ExprTrait, SelectStatement},
};
use uuid::Uuid;

use crate::{
    credential::wanted::Wanted,
    kernel::{
        errors::Result,
        keyset,
        pages::{Page, PageRequest},
    },
};

/// The credential that a provider issued under an idempotency key.
pub async fn by_idempotency_key(
    c: &impl ConnectionTrait,
    provider: Uuid,
    key: &str,
) -> Result<Option<Model>> {
    let select = Entity::find()
        .filter(Column::ProviderId.eq(provider))
        .filter(Column::IdempotencyKey.eq(key));
    Ok(select.one(c).await?)
}

/// Adds the intent to issue. A second one under the same idempotency key, or
/// at the same status index, is a unique violation.
pub async fn insert(c: &impl ConnectionTrait, row: &Model) -> Result<(), DbErr> {
    row.clone().into_active_model().insert(c).await?;
    Ok(())
}

/// Records what was signed.
pub async fn record_secured(
    c: &impl ConnectionTrait,
    id: Uuid,
    state: &str,
    secured: &str,
) -> Result<()> {
    let row = ActiveModel {
        id: Set(id),
        state: Set(state.to_owned()),
        secured: Set(Some(secured.to_owned())),
        ..Default::default()
    };
    row.update(c).await?;
    Ok(())
}

/// Sets a credential's state and status bit.
pub async fn set_status(c: &impl ConnectionTrait, id: Uuid, state: &str, bit: bool) -> Result<()> {
    let row = ActiveModel {
        id: Set(id),
        state: Set(state.to_owned()),
        status_set: Set(bit),
        ..Default::default()
    };
    row.update(c).await?;
    Ok(())
}

/// A credential of `provider`.
pub async fn credential(
    c: &impl ConnectionTrait,
    provider: Uuid,
    id: Uuid,
) -> Result<Option<Model>> {
    let select = Entity::find_by_id(id).filter(Column::ProviderId.eq(provider));
    Ok(select.one(c).await?)
}

/// A credential of `provider`, locked until the transaction ends.
pub async fn lock(c: &impl ConnectionTrait, provider: Uuid, id: Uuid) -> Result<Option<Model>> {
    let select = Entity::find_by_id(id).filter(Column::ProviderId.eq(provider));
    Ok(select.lock_exclusive().one(c).await?)
}

/// A page of those credentials of `provider` that are wanted.
pub async fn credentials(
    c: &impl ConnectionTrait,
    provider: Uuid,
    wanted: Wanted,
    page: &PageRequest,
) -> Result<Page<Model>> {
    let mut select = Entity::find().filter(Column::ProviderId.eq(provider));
    if let Some(learner) = wanted.learner {
        select = select.filter(Column::LearnerId.eq(learner));
    }
    if let Some(is_withdrawn) = wanted.demonstration_withdrawn {
        let withdrawn = Column::DemonstrationId.in_subquery(withdrawn_demonstrations(provider));
        select = select.filter(if is_withdrawn {
            Condition::all().add(withdrawn)
        } else {
            // Some rest on no demonstration.
            let standing = Column::DemonstrationId.is_null().or(withdrawn.not());
            Condition::all().add(standing)
        });
    }
    // Credential ids are random, so that they tell nothing; the order means nothing either.
    keyset::by_id(c, select, Column::Id, page, |r| r.id).await
}

/// The ids of the demonstrations of `provider` that were withdrawn, and are.
fn withdrawn_demonstrations(provider: Uuid) -> SelectStatement {
    demonstration::Entity::find()
        .select_only()
        .column(demonstration::Column::Id)
        .filter(demonstration::Column::ProviderId.eq(provider))
        .filter(demonstration::Column::WithdrawnAt.is_not_null())
        .into_query()
}

/// Adds to the history of a credential's status.
pub async fn insert_status_change(
    c: &impl ConnectionTrait,
    row: status_change::Model,
) -> Result<()> {
    row.into_active_model().insert(c).await?;
    Ok(())
}

/// The history of several credentials' status, oldest first.
pub async fn status_changes(
    c: &impl ConnectionTrait,
    credentials: &[Uuid],
) -> Result<Vec<status_change::Model>> {
    let select = status_change::Entity::find()
        .filter(status_change::Column::CredentialId.is_in(credentials.iter().copied()))
        .order_by_asc(status_change::Column::Id);
    Ok(select.all(c).await?)
}
