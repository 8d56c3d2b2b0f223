//! Framework versions with their levels and statements.

use std::collections::HashMap;

use entity::{framework, framework_version, level, statement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, Select,
};
use uuid::Uuid;

use super::lists::{self, Marks};
use super::write::occupation_facts;
use crate::{
    catalog::model::{Domain, OccupationFacts, Source},
    kernel::errors::Result,
};

/// A published version without its frozen document.
#[derive(Debug, Clone, FromQueryResult)]
pub struct VersionRow {
    /// The version.
    pub id: Uuid,
    /// Its framework.
    pub framework_id: Uuid,
    /// The framework's occupation, if it is about one.
    pub occupation_id: Option<Uuid>,
    /// The provider whose framework it is; none for a shared one.
    pub owner_id: Option<Uuid>,
    /// What tells the framework from the others of its owner.
    pub key: String,
    /// The framework's family.
    pub family: String,
    /// Version label.
    pub label: String,
    /// Description, verbatim.
    pub description: String,
    /// Which practice contexts it covers, verbatim.
    pub context_covered: String,
    /// The occupation object as published, JSON.
    pub occupation: String,
    /// Free-form sources, JSON.
    pub sources: String,
    /// Attribution, verbatim.
    pub attribution: String,
    /// The export's own time stamp.
    pub exported_at: Option<String>,
    /// SHA-384 of the frozen document.
    pub content_sri: String,
    /// Unix milliseconds.
    pub published_at: Option<i64>,
    /// The framework's name, where it has one of its own.
    pub title: Option<String>,
    /// Who made it.
    pub creator: Option<String>,
    /// The profile that it was published with.
    pub profile_id: Option<Uuid>,
    /// The label of the version that it took the place of.
    pub replaces: Option<String>,
    /// The identifier of the CASE document that it was imported from.
    pub case_id: Option<Uuid>,
    domains: String,
    cited: String,
}

impl VersionRow {
    /// The occupation as it was when the version was published, if it is about one.
    pub fn occupation_facts(&self) -> Result<Option<OccupationFacts>> {
        occupation_facts(&self.occupation)
    }

    /// What the framework is called: by its own title, or as its occupation, or by its key.
    pub fn name(&self) -> Result<String> {
        if let Some(title) = &self.title {
            return Ok(title.clone());
        }
        let facts = self.occupation_facts()?;
        Ok(facts.map_or_else(|| self.key.clone(), |facts| facts.title))
    }
}

/// What can still change of a published version.
#[derive(Debug, Clone, FromQueryResult)]
pub struct VersionState {
    /// The version.
    pub id: Uuid,
    /// `PUBLISHED` or `DEPRECATED`.
    pub state: String,
    /// When it was deprecated, Unix milliseconds.
    pub deprecated_at: Option<i64>,
    /// Why it was deprecated.
    pub deprecation_note: Option<String>,
}

/// A level with its statements, in order.
#[derive(Debug, Clone)]
pub struct LevelContent {
    /// The level.
    pub row: level::Model,
    /// Its statements: those of no domain, then by domain; each of these by position.
    pub statements: Vec<statement::Model>,
    /// What each of them has besides its text, in the same order.
    pub marks: Vec<Marks>,
}

/// A published version with its levels, in order.
#[derive(Debug, Clone)]
pub struct VersionContent {
    /// The version.
    pub row: VersionRow,
    /// Its levels by ordinal.
    pub levels: Vec<LevelContent>,
    /// Its domains by number.
    pub domains: Vec<Domain>,
    /// What its statements cite.
    pub cited: Vec<Source>,
}

impl VersionContent {
    /// A statement of this version and the level it stands at.
    #[must_use]
    pub fn statement(&self, id: Uuid) -> Option<(&LevelContent, &statement::Model)> {
        self.levels
            .iter()
            .find_map(|l| Some((l, l.statements.iter().find(|s| s.id == id)?)))
    }
}

fn to_framework() -> RelationDef {
    framework_version::Entity::belongs_to(framework::Entity)
        .from(framework_version::Column::FrameworkId)
        .to(framework::Column::Id)
        .into()
}

/// Versions that the public may see, joined with their frameworks.
pub(super) fn visible() -> Select<framework_version::Entity> {
    framework_version::Entity::find()
        .join(JoinType::InnerJoin, to_framework())
        .filter(framework_version::Column::State.is_in(["PUBLISHED", "DEPRECATED"]))
}

fn columns(select: Select<framework_version::Entity>) -> Select<framework_version::Entity> {
    use framework_version::Column as V;
    select
        .select_only()
        .columns([
            V::Id,
            V::FrameworkId,
            V::Label,
            V::Description,
            V::ContextCovered,
            V::Occupation,
            V::Sources,
            V::Attribution,
            V::ExportedAt,
            V::ContentSri,
            V::PublishedAt,
            V::Title,
            V::Creator,
            V::ProfileId,
            V::Replaces,
            V::CaseId,
            V::Domains,
            V::Cited,
        ])
        .column(framework::Column::OccupationId)
        .column(framework::Column::OwnerId)
        .column(framework::Column::Key)
        .column(framework::Column::Family)
}

/// Published versions by id.
pub async fn version_rows(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<VersionRow>> {
    let select = visible().filter(framework_version::Column::Id.is_in(ids.iter().copied()));
    Ok(columns(select).into_model().all(c).await?)
}

/// The ids of the published versions of the shared frameworks of several occupations, newest
/// label first.
pub async fn version_ids(
    c: &impl ConnectionTrait,
    occupations: &[Uuid],
) -> Result<Vec<(Uuid, Uuid)>> {
    let select = visible()
        .filter(framework::Column::OccupationId.is_in(occupations.iter().copied()))
        .filter(framework::Column::OwnerId.is_null())
        .order_by_asc(framework::Column::Family)
        .order_by_desc(framework_version::Column::Label)
        .select_only()
        .column(framework::Column::OccupationId)
        .column(framework_version::Column::Id);
    Ok(select.into_tuple().all(c).await?)
}

/// What became of published versions. It is never kept in memory: it can change.
pub async fn version_states(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<VersionState>> {
    use framework_version::Column as V;
    let select = framework_version::Entity::find()
        .filter(V::Id.is_in(ids.iter().copied()))
        .filter(V::State.is_in(["PUBLISHED", "DEPRECATED"]))
        .select_only()
        .columns([V::Id, V::State, V::DeprecatedAt, V::DeprecationNote]);
    Ok(select.into_model().all(c).await?)
}

/// The ids of the published versions of several frameworks.
pub async fn framework_version_ids(
    c: &impl ConnectionTrait,
    frameworks: &[Uuid],
) -> Result<Vec<(Uuid, Uuid)>> {
    let select = visible()
        .filter(framework_version::Column::FrameworkId.is_in(frameworks.iter().copied()))
        .select_only()
        .column(framework_version::Column::FrameworkId)
        .column(framework_version::Column::Id);
    Ok(select.into_tuple().all(c).await?)
}

/// The version of a framework with this label, whatever its state.
pub async fn version_by_label(
    c: &impl ConnectionTrait,
    framework: Uuid,
    label: &str,
) -> Result<Option<framework_version::Model>> {
    let select = framework_version::Entity::find()
        .filter(framework_version::Column::FrameworkId.eq(framework))
        .filter(framework_version::Column::Label.eq(label));
    Ok(select.one(c).await?)
}

/// The frozen document of a published version and its digest.
pub async fn content(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<(Vec<u8>, String)>> {
    let select = visible()
        .filter(framework_version::Column::Id.eq(id))
        .select_only()
        .column(framework_version::Column::Content)
        .column(framework_version::Column::ContentSri);
    Ok(select.into_tuple().one(c).await?)
}

/// Published versions by id, with their levels and statements in order.
pub async fn versions_with_statements(
    c: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<VersionContent>> {
    let versions = version_rows(c, ids).await?;
    let levels = level::Entity::find()
        .filter(level::Column::FrameworkVersionId.is_in(ids.iter().copied()))
        .order_by_asc(level::Column::Ordinal)
        .all(c)
        .await?;
    let statements = statement::Entity::find()
        .filter(statement::Column::FrameworkVersionId.is_in(ids.iter().copied()))
        .order_by_asc(statement::Column::Domain)
        .order_by_asc(statement::Column::Position)
        .all(c)
        .await?;
    let mut by_level: HashMap<Uuid, Vec<statement::Model>> = HashMap::new();
    for row in statements {
        by_level.entry(row.level_id).or_default().push(row);
    }
    let mut by_version: HashMap<Uuid, Vec<LevelContent>> = HashMap::new();
    for row in levels {
        let mut statements = by_level.remove(&row.id).unwrap_or_default();
        // They are held for long.
        statements.shrink_to_fit();
        by_version
            .entry(row.framework_version_id)
            .or_default()
            .push(LevelContent {
                marks: statements.iter().map(Marks::of).collect::<Result<_>>()?,
                row,
                statements,
            });
    }
    let with_levels = |row: VersionRow| {
        Ok(VersionContent {
            levels: by_version.remove(&row.id).unwrap_or_default(),
            domains: lists::domains(&row.domains)?,
            cited: lists::sources(&row.cited)?,
            row,
        })
    };
    versions.into_iter().map(with_levels).collect()
}

/// Which version each of these statements belongs to; unknown ones are left out.
pub async fn statement_versions(
    c: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, Uuid)>> {
    let select = statement::Entity::find()
        .filter(statement::Column::Id.is_in(ids.iter().copied()))
        .select_only()
        .column(statement::Column::Id)
        .column(statement::Column::FrameworkVersionId);
    Ok(select.into_tuple().all(c).await?)
}

/// Those of `ids` that name a statement of a published version.
pub async fn published_statements(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    let found = statement_versions(c, ids).await?;
    let versions: Vec<_> = found.iter().map(|(_, v)| *v).collect();
    let published: Vec<Uuid> = visible()
        .filter(framework_version::Column::State.eq("PUBLISHED"))
        .filter(framework_version::Column::Id.is_in(versions))
        .select_only()
        .column(framework_version::Column::Id)
        .into_tuple()
        .all(c)
        .await?;
    Ok(found
        .into_iter()
        .filter(|(_, v)| published.contains(v))
        .map(|(id, _)| id)
        .collect())
}
