//! What the rows of a chunk name, found by one query for each kind of thing.

use std::collections::{HashMap, HashSet};

use entity::{
    assessment, assessment_plan, learner, member, observation, plan_version, provider, statement,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, sea_query::LockType,
};
use uuid::Uuid;

use crate::{
    identity::{model::Member, store as people},
    kernel::errors::Result,
};

/// Waits for every other import of `provider`, and keeps them waiting until the transaction ends:
/// two that wrote the same rows in another order would each wait for the other. Whoever only
/// names the provider goes on meanwhile.
pub async fn lock_imports(tx: &impl ConnectionTrait, provider: Uuid) -> Result<()> {
    let select = provider::Entity::find_by_id(provider).lock(LockType::NoKeyUpdate);
    select.one(tx).await?;
    Ok(())
}

/// The learners of `provider` with these identifiers; the erased are not known any more.
pub async fn learners<'a>(
    c: &impl ConnectionTrait,
    provider: Uuid,
    names: impl Iterator<Item = &'a str>,
) -> Result<Vec<learner::Model>> {
    let names: HashSet<_> = names.collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let select = learner::Entity::find()
        .filter(learner::Column::ProviderId.eq(provider))
        .filter(learner::Column::ErasedAt.is_null())
        .filter(learner::Column::ExternalId.is_in(names));
    Ok(select.all(c).await?)
}

/// The members of `provider` with one of these addresses or ids, with roles.
pub async fn members(
    c: &impl ConnectionTrait,
    provider: Uuid,
    emails: &HashSet<&str>,
    ids: &HashSet<Uuid>,
) -> Result<Vec<Member>> {
    let named = Condition::any()
        .add(member::Column::Email.is_in(emails.iter().copied()))
        .add(member::Column::Id.is_in(ids.iter().copied()));
    let select = member::Entity::find()
        .filter(member::Column::ProviderId.eq(provider))
        .filter(named);
    let ids: Vec<_> = select.all(c).await?.into_iter().map(|m| m.id).collect();
    people::members_by_id(c, provider, &ids).await
}

/// A plan of `provider`.
pub async fn plan(
    c: &impl ConnectionTrait,
    provider: Uuid,
    id: Uuid,
) -> Result<Option<assessment_plan::Model>> {
    let select = assessment_plan::Entity::find_by_id(id)
        .filter(assessment_plan::Column::ProviderId.eq(provider));
    Ok(select.one(c).await?)
}

/// Every version of a plan.
pub async fn plan_versions(
    c: &impl ConnectionTrait,
    provider: Uuid,
    plan: Uuid,
) -> Result<Vec<plan_version::Model>> {
    let select = plan_version::Entity::find()
        .filter(plan_version::Column::ProviderId.eq(provider))
        .filter(plan_version::Column::PlanId.eq(plan));
    Ok(select.all(c).await?)
}

/// The codes of statements.
pub async fn statement_codes(
    c: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, String)>> {
    let select = statement::Entity::find()
        .select_only()
        .columns([statement::Column::Id, statement::Column::Code])
        .filter(statement::Column::Id.is_in(ids.iter().copied()));
    Ok(select.into_tuple().all(c).await?)
}

/// Every assessment of several learners under a plan, oldest first, locked until the transaction
/// ends.
pub async fn lock_assessments(
    tx: &impl ConnectionTrait,
    provider: Uuid,
    plan: Uuid,
    learners: &[Uuid],
) -> Result<Vec<assessment::Model>> {
    if learners.is_empty() {
        return Ok(Vec::new());
    }
    let select = assessment::Entity::find()
        .filter(assessment::Column::ProviderId.eq(provider))
        .filter(assessment::Column::PlanId.eq(plan))
        .filter(assessment::Column::LearnerId.is_in(learners.iter().copied()))
        .order_by_asc(assessment::Column::Id)
        .lock_exclusive();
    Ok(select.all(tx).await?)
}

/// How many observations several assessments have; those without any are left out.
pub async fn observation_counts(
    c: &impl ConnectionTrait,
    provider: Uuid,
    assessments: &[Uuid],
) -> Result<HashMap<Uuid, u64>> {
    if assessments.is_empty() {
        return Ok(HashMap::new());
    }
    let select = observation::Entity::find()
        .select_only()
        .column(observation::Column::AssessmentId)
        .column_as(observation::Column::Id.count(), "observations")
        .filter(observation::Column::ProviderId.eq(provider))
        .filter(observation::Column::AssessmentId.is_in(assessments.iter().copied()))
        .group_by(observation::Column::AssessmentId);
    let counted: Vec<(Uuid, i64)> = select.into_tuple().all(c).await?;
    let counted = counted.into_iter();
    Ok(counted
        .map(|(id, n)| (id, u64::try_from(n).unwrap_or(0)))
        .collect())
}

/// As much of an observation as tells whether a row says the same.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Same {
    /// Its assessment.
    pub assessment_id: Uuid,
    /// What was observed.
    pub statement_id: Uuid,
    /// Who observed.
    pub assessor_id: Uuid,
    /// The rating given.
    pub rating: i32,
    /// Unix milliseconds.
    pub observed_at: i64,
}

/// The observations in these assessments, of these statements, at these times.
pub async fn same_observations(
    c: &impl ConnectionTrait,
    provider: Uuid,
    assessments: impl Iterator<Item = &Uuid>,
    statements: &HashSet<Uuid>,
    times: &HashSet<i64>,
) -> Result<Vec<Same>> {
    let assessments: Vec<_> = assessments.copied().collect();
    if assessments.is_empty() {
        return Ok(Vec::new());
    }
    let select = observation::Entity::find()
        .select_only()
        .columns([
            observation::Column::AssessmentId,
            observation::Column::StatementId,
            observation::Column::AssessorId,
            observation::Column::Rating,
            observation::Column::ObservedAt,
        ])
        .filter(observation::Column::ProviderId.eq(provider))
        .filter(observation::Column::AssessmentId.is_in(assessments))
        .filter(observation::Column::StatementId.is_in(statements.iter().copied()))
        .filter(observation::Column::ObservedAt.is_in(times.iter().copied()));
    Ok(select.into_model().all(c).await?)
}
