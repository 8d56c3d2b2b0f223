//! Status lists: their bits are those of the credentials in them.

use entity::{credential, provider, status_list};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, LockType},
};
use uuid::Uuid;

use crate::kernel::errors::Result;

/// A status list by id.
pub async fn list(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<status_list::Model>> {
    Ok(status_list::Entity::find_by_id(id).one(c).await?)
}

/// Several status lists by id.
pub async fn lists(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<status_list::Model>> {
    let select =
        status_list::Entity::find().filter(status_list::Column::Id.is_in(ids.iter().copied()));
    Ok(select.all(c).await?)
}

/// Waits for the provider's other issuances, and keeps them waiting until the transaction ends.
///
/// The lock is on the provider's row, and leaves those alone that only refer to it.
pub async fn lock_issuances(c: &impl ConnectionTrait, provider: Uuid) -> Result<()> {
    let select = provider::Entity::find_by_id(provider)
        .select_only()
        .column(provider::Column::Id)
        .lock(LockType::NoKeyUpdate);
    let _id: Option<Uuid> = select.into_tuple().one(c).await?;
    Ok(())
}

/// The list in which a provider's new credentials take their index, locked
/// until the transaction ends, so that no index is given out twice.
pub async fn open_list(
    c: &impl ConnectionTrait,
    provider: Uuid,
    purpose: &str,
) -> Result<Option<status_list::Model>> {
    let select = status_list::Entity::find()
        .filter(status_list::Column::ProviderId.eq(provider))
        .filter(status_list::Column::Purpose.eq(purpose))
        .filter(status_list::Column::Open.eq(true))
        .order_by_asc(status_list::Column::Id)
        .lock_exclusive();
    Ok(select.one(c).await?)
}

/// Adds a status list.
pub async fn insert_list(c: &impl ConnectionTrait, row: &status_list::Model) -> Result<()> {
    row.clone().into_active_model().insert(c).await?;
    Ok(())
}

/// Whether `index` of the list is free; each credential holds its own for good.
pub async fn is_free(c: &impl ConnectionTrait, list: Uuid, index: i32) -> Result<bool> {
    let select = credential::Entity::find()
        .filter(credential::Column::StatusListId.eq(list))
        .filter(credential::Column::StatusIndex.eq(index))
        .select_only()
        .column(credential::Column::Id);
    let taken: Option<Uuid> = select.into_tuple().one(c).await?;
    Ok(taken.is_none())
}

/// Brings a list to what `row` says of how full it is, and whether it is open.
pub async fn update_allocation(c: &impl ConnectionTrait, row: &status_list::Model) -> Result<()> {
    status_list::Entity::update_many()
        .col_expr(status_list::Column::Allocated, Expr::value(row.allocated))
        .col_expr(status_list::Column::Open, Expr::value(row.open))
        .filter(status_list::Column::Id.eq(row.id))
        .exec(c)
        .await?;
    Ok(())
}

/// Counts a change of the list's bits.
pub async fn touch(c: &impl ConnectionTrait, list: Uuid) -> Result<()> {
    status_list::Entity::update_many()
        .col_expr(
            status_list::Column::Revision,
            Expr::col(status_list::Column::Revision).add(1),
        )
        .filter(status_list::Column::Id.eq(list))
        .exec(c)
        .await?;
    Ok(())
}

/// Counts a change of every list of a provider, so that each is signed anew wherever it is served.
pub async fn touch_all(c: &impl ConnectionTrait, provider: Uuid) -> Result<()> {
    status_list::Entity::update_many()
        .col_expr(
            status_list::Column::Revision,
            Expr::col(status_list::Column::Revision).add(1),
        )
        .filter(status_list::Column::ProviderId.eq(provider))
        .exec(c)
        .await?;
    Ok(())
}

/// The indexes of the bits that are set.
pub async fn set_bits(c: &impl ConnectionTrait, list: Uuid) -> Result<Vec<i32>> {
    bits(c, set_in(list)).await
}

/// The indexes of the bits of credentials that were withdrawn because their learner was erased.
pub async fn withdrawn_bits(c: &impl ConnectionTrait, list: Uuid) -> Result<Vec<i32>> {
    let withdrawn = set_in(list).filter(credential::Column::State.eq("WITHDRAWN"));
    bits(c, withdrawn).await
}

fn set_in(list: Uuid) -> Select<credential::Entity> {
    credential::Entity::find()
        .filter(credential::Column::StatusListId.eq(list))
        .filter(credential::Column::StatusSet.eq(true))
}

async fn bits(c: &impl ConnectionTrait, of: Select<credential::Entity>) -> Result<Vec<i32>> {
    let select = of.select_only().column(credential::Column::StatusIndex);
    Ok(select.into_tuple().all(c).await?)
}
