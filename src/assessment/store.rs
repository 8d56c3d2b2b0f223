//! Rows of the assessment room.

use std::collections::HashMap;

use entity::{
    assessment, assessment_plan, decision, demonstration, evidence, observation, plan_statement,
    plan_version,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use super::model::PlanContent;
use crate::kernel::{
    errors::{Error, Result},
    keyset,
    pages::{Page, PageRequest},
};

/// A plan at one of its versions.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The plan.
    pub row: assessment_plan::Model,
    /// The version.
    pub version: plan_version::Model,
    /// What the version asks for.
    pub content: PlanContent,
}

impl Plan {
    fn of(row: assessment_plan::Model, version: plan_version::Model) -> Result<Self> {
        let content = serde_json::from_str(&version.content).map_err(Error::internal)?;
        Ok(Self {
            row,
            version,
            content,
        })
    }
}

/// Adds a plan with its first version.
pub async fn insert_plan(c: &impl ConnectionTrait, plan: &Plan) -> Result<()> {
    plan.row.clone().into_active_model().insert(c).await?;
    insert_version(c, plan).await
}

/// Adds a version of a plan, with its statements.
pub async fn insert_version(c: &impl ConnectionTrait, plan: &Plan) -> Result<()> {
    plan.version.clone().into_active_model().insert(c).await?;
    let rows =
        (1..)
            .zip(&plan.content.statements)
            .map(|(position, id)| plan_statement::ActiveModel {
                plan_version_id: Set(plan.version.id),
                statement_id: Set(*id),
                provider_id: Set(plan.row.provider_id),
                position: Set(position),
            });
    plan_statement::Entity::insert_many(rows)
        .exec_without_returning(c)
        .await?;
    Ok(())
}

/// A plan of `provider`, at its newest version.
pub async fn plan(c: &impl ConnectionTrait, provider: Uuid, id: Uuid) -> Result<Option<Plan>> {
    Ok(plans_by_id(c, provider, &[id]).await?.pop())
}

/// Several plans of `provider` by id, at their newest versions.
pub async fn plans_by_id(
    c: &impl ConnectionTrait,
    provider: Uuid,
    ids: &[Uuid],
) -> Result<Vec<Plan>> {
    let select = assessment_plan::Entity::find()
        .filter(assessment_plan::Column::ProviderId.eq(provider))
        .filter(assessment_plan::Column::Id.is_in(ids.iter().copied()));
    at_newest(c, select.all(c).await?).await
}

/// A page of the plans of `provider`, at their newest versions.
pub async fn plans(
    c: &impl ConnectionTrait,
    provider: Uuid,
    page: &PageRequest,
) -> Result<Page<Plan>> {
    let select =
        assessment_plan::Entity::find().filter(assessment_plan::Column::ProviderId.eq(provider));
    let page = keyset::by_id(c, select, assessment_plan::Column::Id, page, |r| r.id).await?;
    let rows = page.rows.iter().map(|(_, r)| r.clone()).collect();
    let mut plans: HashMap<_, _> = at_newest(c, rows)
        .await?
        .into_iter()
        .map(|p| (p.row.id, p))
        .collect();
    let rows = page.rows.into_iter();
    Ok(Page {
        rows: rows
            .filter_map(|(cursor, r)| Some((cursor, plans.remove(&r.id)?)))
            .collect(),
        has_next: page.has_next,
        has_previous: page.has_previous,
    })
}

async fn at_newest(
    c: &impl ConnectionTrait,
    rows: Vec<assessment_plan::Model>,
) -> Result<Vec<Plan>> {
    let versions = plan_version::Entity::find()
        .filter(plan_version::Column::PlanId.is_in(rows.iter().map(|r| r.id)))
        .all(c)
        .await?;
    let mut newest: HashMap<_, _> = versions
        .into_iter()
        .map(|v| ((v.plan_id, v.number), v))
        .collect();
    let with = |row: assessment_plan::Model| {
        let version = newest.remove(&(row.id, row.newest_version));
        Plan::of(
            row,
            version.ok_or_else(|| Error::internal("a plan without its version"))?,
        )
    };
    rows.into_iter().map(with).collect()
}

/// Plans of `provider` at the versions named.
pub async fn plan_versions(
    c: &impl ConnectionTrait,
    provider: Uuid,
    versions: &[Uuid],
) -> Result<Vec<Plan>> {
    let found = plan_version::Entity::find()
        .filter(plan_version::Column::ProviderId.eq(provider))
        .filter(plan_version::Column::Id.is_in(versions.iter().copied()))
        .all(c)
        .await?;
    let rows = assessment_plan::Entity::find()
        .filter(assessment_plan::Column::Id.is_in(found.iter().map(|v| v.plan_id)))
        .all(c)
        .await?;
    let rows: HashMap<_, _> = rows.into_iter().map(|r| (r.id, r)).collect();
    let with = |version: plan_version::Model| {
        let row = rows.get(&version.plan_id).cloned();
        Plan::of(
            row.ok_or_else(|| Error::internal("a version without its plan"))?,
            version,
        )
    };
    found.into_iter().map(with).collect()
}

/// Adds an assessment.
pub async fn insert_assessment(c: &impl ConnectionTrait, row: &assessment::Model) -> Result<()> {
    row.clone().into_active_model().insert(c).await?;
    Ok(())
}

/// An assessment of `provider`.
pub async fn assessment(
    c: &impl ConnectionTrait,
    provider: Uuid,
    id: Uuid,
) -> Result<Option<assessment::Model>> {
    let select =
        assessment::Entity::find_by_id(id).filter(assessment::Column::ProviderId.eq(provider));
    Ok(select.one(c).await?)
}

/// An assessment of `provider`, locked until the transaction ends, so that
/// observations and decisions happen one after another.
pub async fn lock_assessment(
    c: &impl ConnectionTrait,
    provider: Uuid,
    id: Uuid,
) -> Result<Option<assessment::Model>> {
    let select =
        assessment::Entity::find_by_id(id).filter(assessment::Column::ProviderId.eq(provider));
    Ok(select.lock_exclusive().one(c).await?)
}

/// A page of the assessments of `provider`, of one learner where one is named.
pub async fn assessments(
    c: &impl ConnectionTrait,
    provider: Uuid,
    learner: Option<Uuid>,
    page: &PageRequest,
) -> Result<Page<assessment::Model>> {
    let mut select = assessment::Entity::find().filter(assessment::Column::ProviderId.eq(provider));
    if let Some(learner) = learner {
        select = select.filter(assessment::Column::LearnerId.eq(learner));
    }
    keyset::by_id(c, select, assessment::Column::Id, page, |r| r.id).await
}

/// Marks an assessment as decided at `at` (Unix milliseconds).
pub async fn close_assessment(
    c: &impl ConnectionTrait,
    id: Uuid,
    state: &str,
    at: i64,
) -> Result<()> {
    let row = assessment::ActiveModel {
        id: Set(id),
        state: Set(state.to_owned()),
        decided_at: Set(Some(at)),
        ..Default::default()
    };
    row.update(c).await?;
    Ok(())
}

/// Adds an observation with its evidence.
pub async fn insert_observation(
    c: &impl ConnectionTrait,
    row: &observation::Model,
    evidence: &[evidence::Model],
) -> Result<()> {
    row.clone().into_active_model().insert(c).await?;
    if !evidence.is_empty() {
        let rows = evidence.iter().map(|e| e.clone().into_active_model());
        evidence::Entity::insert_many(rows)
            .exec_without_returning(c)
            .await?;
    }
    Ok(())
}

/// The observations of several assessments, oldest first.
pub async fn observations(
    c: &impl ConnectionTrait,
    assessments: &[Uuid],
) -> Result<Vec<observation::Model>> {
    let select = observation::Entity::find()
        .filter(observation::Column::AssessmentId.is_in(assessments.iter().copied()))
        .order_by_asc(observation::Column::Id);
    Ok(select.all(c).await?)
}

/// How many observations an assessment has.
pub async fn observation_count(c: &impl ConnectionTrait, assessment: Uuid) -> Result<u64> {
    let select =
        observation::Entity::find().filter(observation::Column::AssessmentId.eq(assessment));
    Ok(select.count(c).await?)
}

/// The evidence of several observations.
pub async fn evidence(
    c: &impl ConnectionTrait,
    observations: &[Uuid],
) -> Result<Vec<evidence::Model>> {
    let select = evidence::Entity::find()
        .filter(evidence::Column::ObservationId.is_in(observations.iter().copied()))
        .order_by_asc(evidence::Column::Id);
    Ok(select.all(c).await?)
}

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
        .order_by_asc(decision::Column::Id);
    Ok(select.all(c).await?)
}

/// A decision by id.
pub async fn decision(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<decision::Model>> {
    Ok(decision::Entity::find_by_id(id).one(c).await?)
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

/// The demonstrations of several assessments, oldest first.
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
    let select = demonstration::Entity::find_by_id(id)
        .filter(demonstration::Column::ProviderId.eq(provider));
    Ok(select.one(c).await?)
}

/// Several demonstrations of `provider` by id.
pub async fn demonstrations_by_id(
    c: &impl ConnectionTrait,
    provider: Uuid,
    ids: &[Uuid],
) -> Result<Vec<demonstration::Model>> {
    let select = demonstration::Entity::find()
        .filter(demonstration::Column::ProviderId.eq(provider))
        .filter(demonstration::Column::Id.is_in(ids.iter().copied()));
    Ok(select.all(c).await?)
}

/// A page of the demonstrations of `provider`, of one learner where one is named.
pub async fn demonstrations(
    c: &impl ConnectionTrait,
    provider: Uuid,
    learner: Option<Uuid>,
    page: &PageRequest,
) -> Result<Page<demonstration::Model>> {
    let mut select =
        demonstration::Entity::find().filter(demonstration::Column::ProviderId.eq(provider));
    if let Some(learner) = learner {
        select = select.filter(demonstration::Column::LearnerId.eq(learner));
    }
    keyset::by_id(c, select, demonstration::Column::Id, page, |r| r.id).await
}
