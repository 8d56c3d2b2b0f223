//! Corrections that people suggest.

use std::collections::HashMap;

use entity::correction::{self, Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::kernel::{
    errors::Result,
    keyset,
    pages::{Page, PageRequest},
};

/// Which corrections somebody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Those that they suggested.
    pub by: String,
    /// Those that they decide: about frameworks of this provider, or, with `Some(None)`, about
    /// shared frameworks and anchors.
    pub decides: Option<Option<Uuid>>,
}

/// Which of these a list holds. Every condition given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CorrectionFilter {
    /// In this state.
    pub state: Option<&'static str>,
    /// About this statement.
    pub statement: Option<Uuid>,
    /// About an anchor of this occupation.
    pub occupation: Option<Uuid>,
    /// Suggested by who asks.
    pub own: bool,
}

fn about(owner: Option<Uuid>) -> sea_orm::sea_query::SimpleExpr {
    match owner {
        Some(provider) => Column::OwnerId.eq(provider),
        None => Column::OwnerId.is_null(),
    }
}

/// A page of corrections that somebody sees, oldest first.
pub async fn corrections(
    c: &impl ConnectionTrait,
    seen: &Seen,
    filter: &CorrectionFilter,
    page: &PageRequest,
) -> Result<Page<Model>> {
    let mut whose = Condition::any().add(Column::SuggestedBy.eq(&seen.by));
    if let Some(owner) = seen.decides.filter(|_| !filter.own) {
        whose = whose.add(about(owner));
    }
    let mut select = Entity::find().filter(whose);
    if let Some(state) = filter.state {
        select = select.filter(Column::State.eq(state));
    }
    if let Some(statement) = filter.statement {
        select = select.filter(Column::StatementId.eq(statement));
    }
    if let Some(occupation) = filter.occupation {
        select = select.filter(Column::OccupationId.eq(occupation));
    }
    keyset::by_id(c, select, Column::Id, page, |row| row.id).await
}

/// A correction that somebody decides, locked until the transaction ends.
pub async fn lock_correction_about(
    c: &impl ConnectionTrait,
    owner: Option<Uuid>,
    id: Uuid,
) -> Result<Option<Model>> {
    let select = Entity::find_by_id(id).filter(about(owner));
    Ok(select.lock_exclusive().one(c).await?)
}

/// A correction that somebody suggested, locked until the transaction ends.
pub async fn lock_correction_by(
    c: &impl ConnectionTrait,
    by: &str,
    id: Uuid,
) -> Result<Option<Model>> {
    let select = Entity::find_by_id(id).filter(Column::SuggestedBy.eq(by));
    Ok(select.lock_exclusive().one(c).await?)
}

/// How many corrections of somebody's nobody has decided.
pub async fn count_open_corrections(c: &impl ConnectionTrait, by: &str) -> Result<u64> {
    let select = Entity::find()
        .filter(Column::SuggestedBy.eq(by))
        .filter(Column::State.eq("OPEN"));
    Ok(select.count(c).await?)
}

/// Corrections of anchors that were accepted, by occupation, oldest first.
pub async fn accepted_anchor_corrections(
    c: &impl ConnectionTrait,
    occupations: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Model>>> {
    let select = Entity::find()
        .filter(Column::OccupationId.is_in(occupations.iter().copied()))
        .filter(Column::State.eq("ACCEPTED"))
        .order_by_asc(Column::Id);
    let mut out: HashMap<Uuid, Vec<Model>> = HashMap::new();
    for row in select.all(c).await? {
        if let Some(occupation) = row.occupation_id {
            out.entry(occupation).or_default().push(row);
        }
    }
    Ok(out)
}

/// Adds a correction.
pub async fn insert_correction(c: &impl ConnectionTrait, row: &Model) -> Result<()> {
    row.clone().into_active_model().insert(c).await?;
    Ok(())
}

/// Stores what became of a correction.
pub async fn update_correction(c: &impl ConnectionTrait, row: &Model) -> Result<()> {
    let row = correction::ActiveModel {
        id: Set(row.id),
        state: Set(row.state.clone()),
        decision_reason: Set(row.decision_reason.clone()),
        draft_id: Set(row.draft_id),
        decided_at: Set(row.decided_at),
        ..Default::default()
    };
    row.update(c).await?;
    Ok(())
}
