//! What is there, page by page.

use entity::{assessment, evidence, learner, member, observation};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef,
    sea_query::{Alias, Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{assessment::model::EvidenceKind, kernel::errors::Result};

/// The learners of `provider` behind `after`, by id, without the erased.
pub async fn roster_page(
    c: &impl ConnectionTrait,
    provider: Uuid,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<learner::Model>> {
    let mut select = learner::Entity::find()
        .filter(learner::Column::ProviderId.eq(provider))
        .filter(learner::Column::ErasedAt.is_null());
    if let Some(after) = after {
        select = select.filter(learner::Column::Id.gt(after));
    }
    let select = select.order_by_asc(learner::Column::Id).limit(limit);
    Ok(select.all(c).await?)
}

/// An observation with the names that a table gives.
#[derive(Debug, Clone, FromQueryResult)]
pub struct ResultLine {
    /// The observation.
    pub id: Uuid,
    /// The learner, by the provider's own identifier.
    pub external_id: String,
    /// What was observed.
    pub statement_id: Uuid,
    /// The rating given.
    pub rating: i32,
    /// Who observed.
    pub assessor_id: Uuid,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Unix milliseconds.
    pub observed_at: i64,
    /// How it was looked at.
    pub method: Option<String>,
    /// Where and how.
    pub context: String,
}

/// The observations of `provider` behind `after`, by id, without those that others correct and
/// those of erased learners.
pub async fn results_page(
    c: &impl ConnectionTrait,
    provider: Uuid,
    plan: Option<Uuid>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<ResultLine>> {
    use observation::Column as O;
    let later = || Alias::new("later");
    let to_later: RelationDef = observation::Entity::belongs_to(observation::Entity)
        .from(O::Id)
        .to(O::SupersedesId)
        .into();
    let mut select = observation::Entity::find()
        .select_only()
        .columns([O::Id, O::StatementId, O::Rating, O::AssessorId])
        .columns([O::ObservedAt, O::Method, O::Context])
        .column(learner::Column::ExternalId)
        .column(member::Column::Email)
        .join(JoinType::InnerJoin, to_assessment())
        .join(JoinType::InnerJoin, to_learner())
        .join(JoinType::InnerJoin, to_assessor())
        .join_as(JoinType::LeftJoin, to_later, later())
        .filter(O::ProviderId.eq(provider))
        .filter(learner::Column::ErasedAt.is_null())
        .filter(Expr::col((later(), O::Id)).is_null());
    if let Some(plan) = plan {
        select = select.filter(assessment::Column::PlanId.eq(plan));
    }
    if let Some(after) = after {
        select = select.filter(O::Id.gt(after));
    }
    let select = select.order_by_asc(O::Id).limit(limit);
    Ok(select.into_model().all(c).await?)
}

fn to_assessment() -> RelationDef {
    observation::Entity::belongs_to(assessment::Entity)
        .from(observation::Column::AssessmentId)
        .to(assessment::Column::Id)
        .into()
}

fn to_learner() -> RelationDef {
    assessment::Entity::belongs_to(learner::Entity)
        .from(assessment::Column::LearnerId)
        .to(learner::Column::Id)
        .into()
}

fn to_assessor() -> RelationDef {
    observation::Entity::belongs_to(member::Entity)
        .from(observation::Column::AssessorId)
        .to(member::Column::Id)
        .into()
}

/// The addresses among the evidence of several observations, oldest first.
pub async fn evidence_urls(
    c: &impl ConnectionTrait,
    provider: Uuid,
    observations: &[Uuid],
) -> Result<Vec<(Uuid, String)>> {
    let select = evidence::Entity::find()
        .select_only()
        .columns([evidence::Column::ObservationId, evidence::Column::Value])
        .filter(evidence::Column::ProviderId.eq(provider))
        .filter(evidence::Column::ObservationId.is_in(observations.iter().copied()))
        .filter(evidence::Column::Kind.eq(EvidenceKind::Url.as_str()))
        .order_by_asc(evidence::Column::Id);
    Ok(select.into_tuple().all(c).await?)
}
