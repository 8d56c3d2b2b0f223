//! Rows that attainment is derived from, and decisions on what carries over.

use std::collections::HashMap;

use entity::{carry_over, demonstration, plan_version, statement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationDef,
    sea_query::{OnConflict, Query},
};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    assessment::{attainment::AttainmentRule, model::Attainment},
    kernel::errors::{Error, Result},
};

/// A demonstration that was not withdrawn.
#[derive(Debug, Clone, FromQueryResult)]
pub struct HeldRow {
    /// The demonstration.
    pub id: Uuid,
    /// Who demonstrated.
    pub learner_id: Uuid,
    /// What was demonstrated.
    pub statement_id: Uuid,
    /// The framework version that the statement is of.
    pub framework_version_id: Uuid,
    /// The plan version that it was decided under.
    pub plan_version_id: Uuid,
    /// Until when it holds, Unix milliseconds.
    pub valid_until: Option<i64>,
}

fn demonstrated() -> RelationDef {
    demonstration::Entity::belongs_to(statement::Entity)
        .from(demonstration::Column::StatementId)
        .to(statement::Column::Id)
        .into()
}

/// The demonstrations of several learners of `provider` that were not withdrawn; those of
/// statements of the framework versions named only, where some are.
pub async fn held(
    c: &impl ConnectionTrait,
    provider: Uuid,
    learners: &[Uuid],
    versions: Option<&[Uuid]>,
) -> Result<Vec<HeldRow>> {
    use demonstration::Column as D;
    let mut select = demonstration::Entity::find()
        .join(JoinType::InnerJoin, demonstrated())
        .filter(D::ProviderId.eq(provider))
        .filter(D::LearnerId.is_in(learners.iter().copied()))
        .filter(D::WithdrawnAt.is_null());
    if let Some(versions) = versions {
        let of = statement::Column::FrameworkVersionId.is_in(versions.iter().copied());
        select = select.filter(of);
    }
    let select = select
        .select_only()
        .columns([
            D::Id,
            D::LearnerId,
            D::StatementId,
            D::PlanVersionId,
            D::ValidUntil,
        ])
        .column(statement::Column::FrameworkVersionId);
    Ok(select.into_model().all(c).await?)
}

/// Of a plan version's content no more than is wanted here.
#[derive(Deserialize)]
struct Content {
    #[serde(default)]
    attainment: Attainment,
}

/// The rules of attainment of several plan versions of `provider`.
pub async fn attainment_rules(
    c: &impl ConnectionTrait,
    provider: Uuid,
    versions: &[Uuid],
) -> Result<HashMap<Uuid, AttainmentRule>> {
    if versions.is_empty() {
        return Ok(HashMap::new());
    }
    let select = plan_version::Entity::find()
        .filter(plan_version::Column::ProviderId.eq(provider))
        .filter(plan_version::Column::Id.is_in(versions.iter().copied()))
        .select_only()
        .column(plan_version::Column::Id)
        .column(plan_version::Column::Content);
    let rows: Vec<(Uuid, String)> = select.into_tuple().all(c).await?;
    let read = |(id, content): (Uuid, String)| {
        let content: Content = serde_json::from_str(&content).map_err(Error::internal)?;
        Ok((id, AttainmentRule::from(content.attainment)))
    };
    rows.into_iter().map(read).collect()
}

/// What `provider` decided on demonstrations of several framework versions' statements, oldest
/// decision first.
pub async fn carry_overs(
    c: &impl ConnectionTrait,
    provider: Uuid,
    versions: &[Uuid],
) -> Result<Vec<carry_over::Model>> {
    // Not a join, by which SQLite would read all of the provider's decisions.
    let statements = Query::select()
        .column(statement::Column::Id)
        .from(statement::Entity)
        .and_where(statement::Column::FrameworkVersionId.is_in(versions.iter().copied()))
        .to_owned();
    let select = carry_over::Entity::find()
        .filter(carry_over::Column::ProviderId.eq(provider))
        .filter(carry_over::Column::FromStatementId.in_subquery(statements))
        .order_by_asc(carry_over::Column::DecidedAt)
        .order_by_asc(carry_over::Column::Id);
    Ok(select.all(c).await?)
}

/// What `provider` decided on two statements, locked until the transaction ends.
pub async fn lock_carry_over(
    c: &impl ConnectionTrait,
    provider: Uuid,
    from: Uuid,
    to: Uuid,
) -> Result<Option<carry_over::Model>> {
    let select = carry_over::Entity::find()
        .filter(carry_over::Column::ProviderId.eq(provider))
        .filter(carry_over::Column::FromStatementId.eq(from))
        .filter(carry_over::Column::ToStatementId.eq(to));
    Ok(select.lock_exclusive().one(c).await?)
}

/// Adds a decision, or puts it in the place of the one on the same two statements, whose id stays.
pub async fn put_carry_over(c: &impl ConnectionTrait, row: carry_over::Model) -> Result<()> {
    use carry_over::Column as C;
    let replace = OnConflict::columns([C::ProviderId, C::FromStatementId, C::ToStatementId])
        .update_columns([C::Accepted, C::Reason, C::DecidedBy, C::DecidedAt])
        .to_owned();
    carry_over::Entity::insert(row.into_active_model())
        .on_conflict(replace)
        .exec_without_returning(c)
        .await?;
    Ok(())
}
