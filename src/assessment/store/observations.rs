//! Observations, their evidence, and the facts that decisions look at.

use std::collections::{BTreeSet, HashMap};

use entity::{evidence, observation};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::{
    assessment::model::{EvidenceKind, Fact, Method},
    kernel::errors::{Error, Result},
};

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

/// An observation of an assessment.
pub async fn observation_in(
    c: &impl ConnectionTrait,
    assessment: Uuid,
    id: Uuid,
) -> Result<Option<observation::Model>> {
    let select = observation::Entity::find_by_id(id)
        .filter(observation::Column::AssessmentId.eq(assessment));
    Ok(select.one(c).await?)
}

/// Whether another observation corrects this one.
pub async fn is_superseded(c: &impl ConnectionTrait, observation: Uuid) -> Result<bool> {
    let select =
        observation::Entity::find().filter(observation::Column::SupersedesId.eq(observation));
    Ok(select.count(c).await? > 0)
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

/// What decisions look at, by assessment; an assessment without observations has no entry.
pub async fn facts(
    c: &impl ConnectionTrait,
    observations: &[observation::Model],
) -> Result<HashMap<Uuid, Vec<Fact>>> {
    let ids: Vec<_> = observations.iter().map(|o| o.id).collect();
    let mut kinds: HashMap<Uuid, BTreeSet<EvidenceKind>> = HashMap::new();
    for row in evidence(c, &ids).await? {
        let kind = EvidenceKind::parse(&row.kind)
            .ok_or_else(|| Error::internal("evidence of an unknown kind"))?;
        kinds.entry(row.observation_id).or_default().insert(kind);
    }
    let mut facts: HashMap<Uuid, Vec<Fact>> = HashMap::new();
    for row in observations {
        let evidence = kinds.remove(&row.id).unwrap_or_default();
        let own = facts.entry(row.assessment_id).or_default();
        own.push(fact(row, evidence)?);
    }
    Ok(facts)
}

fn fact(row: &observation::Model, evidence: BTreeSet<EvidenceKind>) -> Result<Fact> {
    let method = row.method.as_deref().map(|text| {
        Method::parse(text).ok_or_else(|| Error::internal("an observation by an unknown method"))
    });
    Ok(Fact {
        id: row.id,
        statement: row.statement_id,
        assessor: row.assessor_id,
        rating: row.rating,
        method: method.transpose()?,
        evidence,
        observed_at: row.observed_at,
        supersedes: row.supersedes_id,
    })
}
