//! Rows of uploaded files.

use entity::{assessment, evidence, evidence_file, observation};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, sea_query::Query,
};
use uuid::Uuid;

use crate::kernel::errors::Result;

/// Uploaded files of `provider` by id.
pub async fn evidence_files(
    c: &impl ConnectionTrait,
    provider: Uuid,
    ids: &[Uuid],
) -> Result<Vec<evidence_file::Model>> {
    let select = evidence_file::Entity::find()
        .filter(evidence_file::Column::ProviderId.eq(provider))
        .filter(evidence_file::Column::Id.is_in(ids.iter().copied()));
    Ok(select.all(c).await?)
}

/// The same, which nobody removes until the transaction ends.
pub async fn hold_evidence_files(
    c: &impl ConnectionTrait,
    provider: Uuid,
    ids: &[Uuid],
) -> Result<Vec<evidence_file::Model>> {
    let select = evidence_file::Entity::find()
        .filter(evidence_file::Column::ProviderId.eq(provider))
        .filter(evidence_file::Column::Id.is_in(ids.iter().copied()));
    Ok(select.lock_shared().all(c).await?)
}

/// Which of these files an observation of `learner` rests on.
pub async fn files_about(
    c: &impl ConnectionTrait,
    provider: Uuid,
    learner: Uuid,
    ids: &[Uuid],
) -> Result<Vec<Uuid>> {
    let theirs = Query::select()
        .column(assessment::Column::Id)
        .from(assessment::Entity)
        .and_where(assessment::Column::ProviderId.eq(provider))
        .and_where(assessment::Column::LearnerId.eq(learner))
        .to_owned();
    let observed = Query::select()
        .column(observation::Column::Id)
        .from(observation::Entity)
        .and_where(observation::Column::AssessmentId.in_subquery(theirs))
        .to_owned();
    let found: Vec<Option<Uuid>> = evidence::Entity::find()
        .select_only()
        .column(evidence::Column::FileId)
        .filter(evidence::Column::FileId.is_in(ids.iter().copied()))
        .filter(evidence::Column::ObservationId.in_subquery(observed))
        .into_tuple()
        .all(c)
        .await?;
    Ok(found.into_iter().flatten().collect())
}

/// Adds an uploaded file.
pub async fn insert_evidence_file(
    c: &impl ConnectionTrait,
    row: &evidence_file::Model,
) -> Result<()> {
    evidence_file::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(c)
        .await?;
    Ok(())
}

/// No evidence rests on it.
fn is_unused() -> Condition {
    let used = Query::select()
        .column(evidence::Column::FileId)
        .from(evidence::Entity)
        .and_where(evidence::Column::FileId.is_not_null())
        .to_owned();
    Condition::all().add(evidence_file::Column::Id.not_in_subquery(used))
}

/// Providers with files from before `before` (Unix milliseconds) that no evidence rests on.
pub async fn providers_with_unused_files(
    c: &impl ConnectionTrait,
    before: i64,
) -> Result<Vec<Uuid>> {
    let select = evidence_file::Entity::find()
        .select_only()
        .column(evidence_file::Column::ProviderId)
        .distinct()
        .filter(evidence_file::Column::CreatedAt.lt(before))
        .filter(is_unused());
    Ok(select.into_tuple().all(c).await?)
}

/// Some of the files of `provider` from before `before` that no evidence rests on, at most
/// `limit`, held until the transaction ends.
pub async fn hold_unused_files(
    c: &impl ConnectionTrait,
    provider: Uuid,
    before: i64,
    limit: u64,
) -> Result<Vec<evidence_file::Model>> {
    let select = evidence_file::Entity::find()
        .filter(evidence_file::Column::ProviderId.eq(provider))
        .filter(evidence_file::Column::CreatedAt.lt(before))
        .filter(is_unused())
        .order_by_asc(evidence_file::Column::Id)
        .limit(limit);
    Ok(select.lock_exclusive().all(c).await?)
}

/// Removes those of these files that no evidence rests on; which these were.
pub async fn delete_unused_files(
    c: &impl ConnectionTrait,
    provider: Uuid,
    ids: &[Uuid],
) -> Result<Vec<evidence_file::Model>> {
    let unused = evidence_file::Entity::find()
        .filter(evidence_file::Column::ProviderId.eq(provider))
        .filter(evidence_file::Column::Id.is_in(ids.iter().copied()))
        .filter(is_unused());
    let unused = unused.lock_exclusive().all(c).await?;
    // Asked once more: what was recorded while the rows were waited for counts.
    evidence_file::Entity::delete_many()
        .filter(evidence_file::Column::Id.is_in(unused.iter().map(|f| f.id)))
        .filter(is_unused())
        .exec(c)
        .await?;
    let left = evidence_files(c, provider, ids).await?;
    let is_left = |id| left.iter().any(|f| f.id == id);
    Ok(unused.into_iter().filter(|f| !is_left(f.id)).collect())
}

/// Whether a file of `provider` has these contents.
pub async fn is_content_known(
    c: &impl ConnectionTrait,
    provider: Uuid,
    sha256: &[u8],
) -> Result<bool> {
    let select = evidence_file::Entity::find()
        .filter(evidence_file::Column::ProviderId.eq(provider))
        .filter(evidence_file::Column::Digest.eq(sha256));
    Ok(select.count(c).await? > 0)
}

/// Which of these contents a file of `provider` has.
pub async fn known_contents(
    c: &impl ConnectionTrait,
    provider: Uuid,
    digests: &[Vec<u8>],
) -> Result<Vec<Vec<u8>>> {
    let select = evidence_file::Entity::find()
        .select_only()
        .column(evidence_file::Column::Digest)
        .distinct()
        .filter(evidence_file::Column::ProviderId.eq(provider))
        .filter(evidence_file::Column::Digest.is_in(digests.iter().map(Vec::as_slice)));
    Ok(select.into_tuple().all(c).await?)
}
