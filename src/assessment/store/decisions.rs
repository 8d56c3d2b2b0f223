//! Decisions, and the demonstrations that they yield.

use entity::{decision, demonstration};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, Select,
};
use uuid::Uuid;

use super::Whose;
use crate::kernel::{
    errors::Result,
    keyset,
    pages::{Page, PageRequest},
};

/// Adds a decision.
pub async fn insert_decision(c: &impl ConnectionTrait, row: &decision::Model) -> Result<()> {
    row.clone().into_active_model().insert(c).await?;
    Ok(())
}

/// The decisions on several assessments, oldest first.
pub async fn decisions(
    c: &impl ConnectionTrait,
    assessments: &[Uuid],
) -> Result<Vec<decision::Model>> {
    let select = decision::Entity::find()
        .filter(decision::Column::AssessmentId.is_in(assessments.iter().copied()))
        .order_by_asc(decision::Column::AsOf)
        .order_by_asc(decision::Column::Id);
    Ok(select.all(c).await?)
}

/// A decision by id.
pub async fn decision(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<decision::Model>> {
    Ok(decision::Entity::find_by_id(id).one(c).await?)
}

/// Several decisions of `provider` by id.
pub async fn decisions_by_id(
    c: &impl ConnectionTrait,
    provider: Uuid,
    ids: &[Uuid],
) -> Result<Vec<decision::Model>> {
    let select = decision::Entity::find()
        .filter(decision::Column::ProviderId.eq(provider))
        .filter(decision::Column::Id.is_in(ids.iter().copied()));
    Ok(select.all(c).await?)
}

/// Adds demonstrations.
pub async fn insert_demonstrations(
    c: &impl ConnectionTrait,
    rows: &[demonstration::Model],
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows.iter().map(|d| d.clone().into_active_model());
    demonstration::Entity::insert_many(rows)
        .exec_without_returning(c)
        .await?;
    Ok(())
}

/// Writes a demonstration as it now is.
pub async fn update_demonstration(
    c: &impl ConnectionTrait,
    row: &demonstration::Model,
) -> Result<()> {
    let changed = row.clone().into_active_model().reset_all();
    changed.update(c).await?;
    Ok(())
}

/// The demonstrations of several assessments, oldest first; withdrawn ones too.
pub async fn demonstrations_of(
    c: &impl ConnectionTrait,
    assessments: &[Uuid],
) -> Result<Vec<demonstration::Model>> {
    let select = demonstration::Entity::find()
        .filter(demonstration::Column::AssessmentId.is_in(assessments.iter().copied()))
        .order_by_asc(demonstration::Column::Id);
    Ok(select.all(c).await?)
}

/// A demonstration of `provider`.
pub async fn demonstration(
    c: &impl ConnectionTrait,
    provider: Uuid,
    id: Uuid,
) -> Result<Option<demonstration::Model>> {
    let all = Whose {
        provider,
        learner: None,
    };
    Ok(demonstrations_by_id(c, all, &[id]).await?.pop())
}

/// Several demonstrations of `whose` by id.
pub async fn demonstrations_by_id(
    c: &impl ConnectionTrait,
    whose: Whose,
    ids: &[Uuid],
) -> Result<Vec<demonstration::Model>> {
    let select = of(whose).filter(demonstration::Column::Id.is_in(ids.iter().copied()));
    Ok(select.all(c).await?)
}

/// A page of the demonstrations of `whose`, of one learner where one is named; withdrawn
/// ones too.
pub async fn demonstrations(
    c: &impl ConnectionTrait,
    whose: Whose,
    learner: Option<Uuid>,
    page: &PageRequest,
) -> Result<Page<demonstration::Model>> {
    let mut select = of(whose);
    if let Some(learner) = learner {
        select = select.filter(demonstration::Column::LearnerId.eq(learner));
    }
    keyset::by_id(c, select, demonstration::Column::Id, page, |r| r.id).await
}

fn of(whose: Whose) -> Select<demonstration::Entity> {
    let select =
        demonstration::Entity::find().filter(demonstration::Column::ProviderId.eq(whose.provider));
    match whose.learner {
        Some(own) => select.filter(demonstration::Column::LearnerId.eq(own)),
        None => select,
    }
}
