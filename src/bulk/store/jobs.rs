//! Jobs and what was wrong in their files.

use entity::{bulk_job, bulk_problem};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::{
    events::progress::JobState,
    kernel::{
        db::INSERT_CHUNK,
        errors::Result,
        keyset,
        pages::{Page, PageRequest},
    },
};

const UNFINISHED: [&str; 2] = [JobState::Waiting.as_str(), JobState::Running.as_str()];

/// Adds a job.
pub async fn insert_job(c: &impl ConnectionTrait, row: &bulk_job::Model) -> Result<()> {
    row.clone().into_active_model().insert(c).await?;
    Ok(())
}

/// A job of `provider`.
pub async fn job(
    c: &impl ConnectionTrait,
    provider: Uuid,
    id: Uuid,
) -> Result<Option<bulk_job::Model>> {
    let select = bulk_job::Entity::find_by_id(id).filter(bulk_job::Column::ProviderId.eq(provider));
    Ok(select.one(c).await?)
}

/// A job of `provider`, locked until the transaction ends.
pub async fn lock_job(
    tx: &impl ConnectionTrait,
    provider: Uuid,
    id: Uuid,
) -> Result<Option<bulk_job::Model>> {
    let select = bulk_job::Entity::find_by_id(id).filter(bulk_job::Column::ProviderId.eq(provider));
    Ok(select.lock_exclusive().one(tx).await?)
}

/// A page of the jobs of `provider`.
pub async fn jobs(
    c: &impl ConnectionTrait,
    provider: Uuid,
    page: &PageRequest,
) -> Result<Page<bulk_job::Model>> {
    let select = bulk_job::Entity::find().filter(bulk_job::Column::ProviderId.eq(provider));
    keyset::by_id(c, select, bulk_job::Column::Id, page, |r| r.id).await
}

/// A page of what was wrong in a job's file, by line.
pub async fn problems(
    c: &impl ConnectionTrait,
    provider: Uuid,
    job: Uuid,
    page: &PageRequest,
) -> Result<Page<bulk_problem::Model>> {
    let select = bulk_problem::Entity::find()
        .filter(bulk_problem::Column::ProviderId.eq(provider))
        .filter(bulk_problem::Column::JobId.eq(job));
    keyset::by_id(c, select, bulk_problem::Column::Id, page, |r| r.id).await
}

/// How many jobs of `provider` that were ordered since `since` (Unix milliseconds) have not come
/// to their end.
pub async fn unfinished(c: &impl ConnectionTrait, provider: Uuid, since: i64) -> Result<u64> {
    let select = bulk_job::Entity::find()
        .filter(bulk_job::Column::ProviderId.eq(provider))
        .filter(bulk_job::Column::CreatedAt.gte(since))
        .filter(bulk_job::Column::State.is_in(UNFINISHED));
    Ok(select.count(c).await?)
}

/// Writes what changes of a job.
pub async fn update_job(c: &impl ConnectionTrait, row: &bulk_job::Model) -> Result<()> {
    let changed = bulk_job::ActiveModel {
        id: Set(row.id),
        state: Set(row.state.clone()),
        total_rows: Set(row.total_rows),
        accepted_rows: Set(row.accepted_rows),
        refused_rows: Set(row.refused_rows),
        finished_at: Set(row.finished_at),
        ..Default::default()
    };
    changed.update(c).await?;
    Ok(())
}

/// Adds what was wrong in a file.
pub async fn insert_problems(
    c: &impl ConnectionTrait,
    rows: Vec<bulk_problem::Model>,
) -> Result<()> {
    for part in rows.chunks(INSERT_CHUNK) {
        let part = part.iter().map(|p| p.clone().into_active_model());
        bulk_problem::Entity::insert_many(part)
            .exec_without_returning(c)
            .await?;
    }
    Ok(())
}

/// The jobs that were ordered before `before` (Unix milliseconds) and have not come to their end,
/// locked until the transaction ends.
pub async fn lock_unfinished(
    tx: &impl ConnectionTrait,
    before: i64,
) -> Result<Vec<bulk_job::Model>> {
    let select = bulk_job::Entity::find()
        .filter(bulk_job::Column::State.is_in(UNFINISHED))
        .filter(bulk_job::Column::CreatedAt.lt(before))
        .order_by_asc(bulk_job::Column::Id)
        .lock_exclusive();
    Ok(select.all(tx).await?)
}
