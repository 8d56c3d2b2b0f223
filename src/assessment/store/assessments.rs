//! Assessments and their transitions.

use entity::{assessment, assessment_transition};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::Whose;
use crate::kernel::{
    errors::Result,
    keyset,
    pages::{Page, PageRequest},
};

/// Adds an assessment.
pub async fn insert_assessment(c: &impl ConnectionTrait, row: &assessment::Model) -> Result<()> {
    row.clone().into_active_model().insert(c).await?;
    Ok(())
}

/// An assessment of `whose`.
pub async fn assessment(
    c: &impl ConnectionTrait,
    whose: Whose,
    id: Uuid,
) -> Result<Option<assessment::Model>> {
    Ok(assessments_by_id(c, whose, &[id]).await?.pop())
}

/// Several assessments of `whose` by id.
pub async fn assessments_by_id(
    c: &impl ConnectionTrait,
    whose: Whose,
    ids: &[Uuid],
) -> Result<Vec<assessment::Model>> {
    let select = of(whose).filter(assessment::Column::Id.is_in(ids.iter().copied()));
    Ok(select.all(c).await?)
}

/// An assessment of `provider`, locked until the transaction ends, so that what happens to it
/// happens one after another.
pub async fn lock_assessment(
    c: &impl ConnectionTrait,
    provider: Uuid,
    id: Uuid,
) -> Result<Option<assessment::Model>> {
    let select =
        assessment::Entity::find_by_id(id).filter(assessment::Column::ProviderId.eq(provider));
    Ok(select.lock_exclusive().one(c).await?)
}

/// A page of the assessments of `whose`, of one learner where one is named.
pub async fn assessments(
    c: &impl ConnectionTrait,
    whose: Whose,
    learner: Option<Uuid>,
    page: &PageRequest,
) -> Result<Page<assessment::Model>> {
    let mut select = of(whose);
    if let Some(learner) = learner {
        select = select.filter(assessment::Column::LearnerId.eq(learner));
    }
    keyset::by_id(c, select, assessment::Column::Id, page, |r| r.id).await
}

fn of(whose: Whose) -> sea_orm::Select<assessment::Entity> {
    let select =
        assessment::Entity::find().filter(assessment::Column::ProviderId.eq(whose.provider));
    match whose.learner {
        Some(own) => select.filter(assessment::Column::LearnerId.eq(own)),
        None => select,
    }
}

/// Writes an assessment as it now is.
pub async fn update_assessment(c: &impl ConnectionTrait, row: &assessment::Model) -> Result<()> {
    let changed = row.clone().into_active_model().reset_all();
    changed.update(c).await?;
    Ok(())
}

/// Adds a transition.
pub async fn insert_transition(
    c: &impl ConnectionTrait,
    row: &assessment_transition::Model,
) -> Result<()> {
    row.clone().into_active_model().insert(c).await?;
    Ok(())
}

/// When an assessment last moved, Unix milliseconds.
pub async fn last_moved_at(c: &impl ConnectionTrait, assessment: Uuid) -> Result<Option<i64>> {
    let select = assessment_transition::Entity::find()
        .filter(assessment_transition::Column::AssessmentId.eq(assessment))
        .order_by_desc(assessment_transition::Column::At);
    Ok(select.one(c).await?.map(|t| t.at))
}

/// The transitions of several assessments, oldest first.
pub async fn transitions(
    c: &impl ConnectionTrait,
    assessments: &[Uuid],
) -> Result<Vec<assessment_transition::Model>> {
    let of = assessments.iter().copied();
    let select = assessment_transition::Entity::find()
        .filter(assessment_transition::Column::AssessmentId.is_in(of))
        .order_by_asc(assessment_transition::Column::At);
    Ok(select.all(c).await?)
}
