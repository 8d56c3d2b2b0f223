//! Plans and their versions.

use std::collections::HashMap;

use entity::{assessment_plan, plan_statement, plan_version};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::{
    assessment::model::PlanContent,
    kernel::{
        errors::{Error, Result},
        keyset,
        pages::{Page, PageRequest},
    },
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
    /// A plan at a version of its own. Fails when the stored content cannot be read.
    pub fn of(row: assessment_plan::Model, version: plan_version::Model) -> Result<Self> {
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

/// All versions of several plans of `provider`, oldest first.
pub async fn versions_of(
    c: &impl ConnectionTrait,
    provider: Uuid,
    plans: &[Uuid],
) -> Result<Vec<plan_version::Model>> {
    let select = plan_version::Entity::find()
        .filter(plan_version::Column::ProviderId.eq(provider))
        .filter(plan_version::Column::PlanId.is_in(plans.iter().copied()))
        .order_by_asc(plan_version::Column::Number);
    Ok(select.all(c).await?)
}

/// Locks a plan of `provider`, where there is one, until the transaction ends.
pub async fn lock_plan(c: &impl ConnectionTrait, provider: Uuid, id: Uuid) -> Result<()> {
    let select = assessment_plan::Entity::find_by_id(id)
        .filter(assessment_plan::Column::ProviderId.eq(provider));
    select.lock_exclusive().one(c).await?;
    Ok(())
}

/// Writes a plan's own row as it now is.
pub async fn update_plan(c: &impl ConnectionTrait, row: &assessment_plan::Model) -> Result<()> {
    let changed = row.clone().into_active_model().reset_all();
    changed.update(c).await?;
    Ok(())
}
