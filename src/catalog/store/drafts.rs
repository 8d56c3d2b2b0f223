//! Drafts of framework versions. Each function takes whose drafts are meant: a provider's, or,
//! with `None`, those that curators make of shared frameworks.

use entity::framework_draft::{self, Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};
use uuid::Uuid;

use crate::{
    catalog::drafts::Draft,
    kernel::{
        errors::{Error, Result},
        json::{self, ParseOptions},
        pages::{Cursor, Page, PageRequest},
    },
};

/// The state of a draft that can be edited.
pub const OPEN: &str = "OPEN";

/// A draft without what it says.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct DraftRow {
    /// The draft.
    pub id: Uuid,
    /// Whose it is; none of a shared framework.
    pub provider_id: Option<Uuid>,
    /// The framework.
    pub framework_id: Uuid,
    /// What tells the framework from the others of its owner.
    pub framework_key: String,
    /// The framework's family.
    pub family: String,
    /// The occupation it is about, if it is about one.
    pub occupation_id: Option<Uuid>,
    /// The version that it was begun from.
    pub base_version_id: Option<Uuid>,
    /// How many times it was changed, and one.
    pub revision: i32,
    /// `OPEN`, `PUBLISHED` or `DISCARDED`.
    pub state: String,
    /// The version that was made of it.
    pub version_id: Option<Uuid>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

impl From<Model> for DraftRow {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            provider_id: row.provider_id,
            framework_id: row.framework_id,
            framework_key: row.framework_key,
            family: row.family,
            occupation_id: row.occupation_id,
            base_version_id: row.base_version_id,
            revision: row.revision,
            state: row.state,
            version_id: row.version_id,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// What a stored draft says.
pub fn draft_content(stored: &str) -> Result<Draft> {
    let json = json::parse(stored.as_bytes(), &ParseOptions::default());
    let draft = Draft::from_json(&json.map_err(Error::internal)?);
    draft.ok_or_else(|| Error::internal("a stored draft is not as it was written"))
}

fn of(owner: Option<Uuid>) -> Select<Entity> {
    let all = Entity::find();
    match owner {
        Some(provider) => all.filter(Column::ProviderId.eq(provider)),
        None => all.filter(Column::ProviderId.is_null()),
    }
}

fn without_content(select: Select<Entity>) -> Select<Entity> {
    select.select_only().columns([
        Column::Id,
        Column::ProviderId,
        Column::FrameworkId,
        Column::FrameworkKey,
        Column::Family,
        Column::OccupationId,
        Column::BaseVersionId,
        Column::Revision,
        Column::State,
        Column::VersionId,
        Column::CreatedAt,
        Column::UpdatedAt,
    ])
}

/// What the cursors of drafts are known by.
const LIST: &str = "framework_draft";

/// A page of drafts, in one state or all, oldest first.
pub async fn drafts(
    c: &impl ConnectionTrait,
    owner: Option<Uuid>,
    state: Option<&str>,
    page: &PageRequest,
) -> Result<Page<DraftRow>> {
    page.hold_to(LIST)?;
    let mut select = without_content(of(owner)).limit(page.limit + 1);
    if let Some(state) = state {
        select = select.filter(Column::State.eq(state));
    }
    if let Some(after) = &page.after {
        select = select.filter(Column::Id.gt(after.id));
    }
    if let Some(before) = &page.before {
        select = select.filter(Column::Id.lt(before.id));
    }
    select = if page.backward {
        select.order_by_desc(Column::Id)
    } else {
        select.order_by_asc(Column::Id)
    };
    let rows: Vec<DraftRow> = select.into_model().all(c).await?;
    Ok(Page::from_fetched(page, rows, |row| Cursor {
        key: LIST.to_owned(),
        id: row.id,
    }))
}

/// Several drafts by id.
pub async fn drafts_by_id(
    c: &impl ConnectionTrait,
    owner: Option<Uuid>,
    ids: &[Uuid],
) -> Result<Vec<Model>> {
    let select = of(owner).filter(Column::Id.is_in(ids.iter().copied()));
    Ok(select.all(c).await?)
}

/// A draft without what it says.
pub async fn draft_row(
    c: &impl ConnectionTrait,
    owner: Option<Uuid>,
    id: Uuid,
) -> Result<Option<DraftRow>> {
    let select = without_content(of(owner)).filter(Column::Id.eq(id));
    Ok(select.into_model().one(c).await?)
}

/// A draft, locked until the transaction ends.
pub async fn lock_draft(
    c: &impl ConnectionTrait,
    owner: Option<Uuid>,
    id: Uuid,
) -> Result<Option<Model>> {
    let select = of(owner).filter(Column::Id.eq(id));
    Ok(select.lock_exclusive().one(c).await?)
}

/// The draft of a framework that can be edited, locked until the transaction ends.
pub async fn open_draft(
    c: &impl ConnectionTrait,
    owner: Option<Uuid>,
    framework: Uuid,
) -> Result<Option<Model>> {
    let select = of(owner)
        .filter(Column::FrameworkId.eq(framework))
        .filter(Column::State.eq(OPEN));
    Ok(select.lock_exclusive().one(c).await?)
}

/// Adds a draft.
pub async fn insert_draft(c: &impl ConnectionTrait, row: &Model) -> Result<()> {
    row.clone().into_active_model().insert(c).await?;
    Ok(())
}

/// Brings what a draft says, and what became of it, to what `row` says.
pub async fn update_draft(c: &impl ConnectionTrait, row: &Model) -> Result<()> {
    let row = framework_draft::ActiveModel {
        id: Set(row.id),
        content: Set(row.content.clone()),
        revision: Set(row.revision),
        state: Set(row.state.clone()),
        version_id: Set(row.version_id),
        updated_at: Set(row.updated_at),
        ..Default::default()
    };
    row.update(c).await?;
    Ok(())
}

/// How many drafts can be edited.
pub async fn count_open_drafts(c: &impl ConnectionTrait, owner: Option<Uuid>) -> Result<usize> {
    let count = of(owner).filter(Column::State.eq(OPEN)).count(c).await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}
