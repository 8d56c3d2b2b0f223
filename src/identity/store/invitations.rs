//! Invitations of learners, and the keys that they become.

use entity::{
    api_key,
    invitation::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, sea_query::Expr,
};
use uuid::Uuid;

use crate::kernel::errors::Result;

/// The invitation whose token has this digest, of whatever provider.
pub async fn by_digest(c: &impl ConnectionTrait, digest: &[u8]) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::Digest.eq(digest))
        .one(c)
        .await?)
}

/// The invitations of a learner, oldest first.
pub async fn of_learner(
    c: &impl ConnectionTrait,
    provider: Uuid,
    learner: Uuid,
) -> Result<Vec<Model>> {
    let select = Entity::find()
        .filter(Column::ProviderId.eq(provider))
        .filter(Column::LearnerId.eq(learner))
        .order_by_asc(Column::Id);
    Ok(select.all(c).await?)
}

/// Adds an invitation.
pub async fn insert(c: &impl ConnectionTrait, row: &Model) -> Result<()> {
    ActiveModel::insert(row.clone().into_active_model(), c).await?;
    Ok(())
}

/// Revokes those invitations of a learner that could still be accepted, at `at` (Unix
/// milliseconds). Tells how many.
pub async fn revoke_open(
    c: &impl ConnectionTrait,
    provider: Uuid,
    learner: Uuid,
    at: i64,
) -> Result<u64> {
    let update = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(at))
        .filter(Column::ProviderId.eq(provider))
        .filter(Column::LearnerId.eq(learner))
        .filter(Column::AcceptedAt.is_null())
        .filter(Column::RevokedAt.is_null());
    Ok(update.exec(c).await?.rows_affected)
}

/// Marks an invitation as accepted at `at` (Unix milliseconds), unless it was accepted or revoked
/// meanwhile. Tells whether it was marked: of several who try, one.
pub async fn accept(c: &impl ConnectionTrait, id: Uuid, at: i64) -> Result<bool> {
    let update = Entity::update_many()
        .col_expr(Column::AcceptedAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .filter(Column::AcceptedAt.is_null())
        .filter(Column::RevokedAt.is_null());
    Ok(update.exec(c).await?.rows_affected == 1)
}

/// Revokes the keys of a learner that still work, at `at` (Unix milliseconds). Tells how many.
pub async fn revoke_keys(
    c: &impl ConnectionTrait,
    provider: Uuid,
    learner: Uuid,
    at: i64,
) -> Result<u64> {
    let update = api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, Expr::value(at))
        .filter(api_key::Column::ProviderId.eq(provider))
        .filter(api_key::Column::LearnerId.eq(learner))
        .filter(api_key::Column::RevokedAt.is_null());
    Ok(update.exec(c).await?.rows_affected)
}
