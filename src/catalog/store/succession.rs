//! Which versions and statements took the place of which, and what became of versions. None of it
//! is kept in memory: it can change after a version was published.

use entity::{framework, framework_version, statement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType,
    QueryFilter, QuerySelect, RelationDef, Select, Set,
};
use uuid::Uuid;

use crate::{
    catalog::rules::compare_labels,
    kernel::{
        errors::Result,
        keyset,
        pages::{Page, PageRequest},
    },
};

/// A framework and a version label.
pub type Labelled = (Uuid, String);

const SHOWN: [&str; 2] = ["PUBLISHED", "DEPRECATED"];

fn to_version() -> RelationDef {
    statement::Entity::belongs_to(framework_version::Entity)
        .from(statement::Column::FrameworkVersionId)
        .to(framework_version::Column::Id)
        .into()
}

fn versions_of(frameworks: &[Labelled]) -> Select<framework_version::Entity> {
    let ids = frameworks.iter().map(|(framework, _)| *framework);
    framework_version::Entity::find()
        .filter(framework_version::Column::FrameworkId.is_in(ids))
        .filter(framework_version::Column::State.is_in(SHOWN))
        .select_only()
        .column(framework_version::Column::Id)
        .column(framework_version::Column::FrameworkId)
}

/// The published versions of frameworks that have these labels.
pub async fn versions_labelled(
    c: &impl ConnectionTrait,
    wanted: &[Labelled],
) -> Result<Vec<(Uuid, Uuid, String)>> {
    let labels = wanted.iter().map(|(_, label)| label.as_str());
    let select = versions_of(wanted)
        .column(framework_version::Column::Label)
        .filter(framework_version::Column::Label.is_in(labels));
    Ok(select.into_tuple().all(c).await?)
}

/// The published versions of frameworks that took the place of those with these labels.
pub async fn versions_replacing(
    c: &impl ConnectionTrait,
    wanted: &[Labelled],
) -> Result<Vec<(Uuid, Uuid, String)>> {
    let labels = wanted.iter().map(|(_, label)| label.as_str());
    let select = versions_of(wanted)
        .column(framework_version::Column::Replaces)
        .filter(framework_version::Column::Replaces.is_in(labels));
    Ok(select.into_tuple().all(c).await?)
}

/// The framework of each of these statements.
pub async fn frameworks_of_statements(
    c: &impl ConnectionTrait,
    statements: &[Uuid],
) -> Result<Vec<(Uuid, Uuid)>> {
    let select = statement::Entity::find()
        .join(JoinType::InnerJoin, to_version())
        .filter(statement::Column::Id.is_in(statements.iter().copied()))
        .select_only()
        .column(statement::Column::Id)
        .column(framework_version::Column::FrameworkId);
    Ok(select.into_tuple().all(c).await?)
}

/// All statements of published versions of these frameworks that took another's place, as these
/// say it: the version, the statement, and that other.
pub async fn statement_successions(
    c: &impl ConnectionTrait,
    frameworks: &[Uuid],
) -> Result<Vec<(Uuid, Uuid, Uuid)>> {
    let select = statement::Entity::find()
        .join(JoinType::InnerJoin, to_version())
        .filter(framework_version::Column::FrameworkId.is_in(frameworks.iter().copied()))
        .filter(framework_version::Column::State.is_in(SHOWN))
        .filter(statement::Column::ReplacesId.is_not_null())
        .select_only()
        .column(statement::Column::FrameworkVersionId)
        .column(statement::Column::Id)
        .column(statement::Column::ReplacesId);
    Ok(select.into_tuple().all(c).await?)
}

/// A published version among those of its framework.
#[derive(Debug, FromQueryResult)]
pub struct Sibling {
    /// The framework.
    pub framework_id: Uuid,
    /// The version.
    pub id: Uuid,
    /// Its label.
    pub label: String,
    /// The label of the version that it says it took the place of.
    pub replaces: Option<String>,
}

/// The published versions of these frameworks, each framework's in the order of their labels.
pub async fn siblings(c: &impl ConnectionTrait, frameworks: &[Uuid]) -> Result<Vec<Sibling>> {
    use framework_version::Column as V;
    let select = framework_version::Entity::find()
        .filter(V::FrameworkId.is_in(frameworks.iter().copied()))
        .filter(V::State.is_in(SHOWN))
        .select_only()
        .columns([V::FrameworkId, V::Id, V::Label, V::Replaces]);
    let mut all: Vec<Sibling> = select.into_model().all(c).await?;
    all.sort_by(|a, b| {
        let labels = || compare_labels(&a.label, &b.label);
        a.framework_id.cmp(&b.framework_id).then_with(labels)
    });
    Ok(all)
}

/// Deprecates a version.
pub async fn deprecate_version(
    c: &impl ConnectionTrait,
    id: Uuid,
    at: i64,
    note: &str,
) -> Result<()> {
    let row = framework_version::ActiveModel {
        id: Set(id),
        state: Set("DEPRECATED".to_owned()),
        deprecated_at: Set(Some(at)),
        deprecation_note: Set(Some(note.to_owned())),
        ..Default::default()
    };
    row.update(c).await?;
    Ok(())
}

/// Several frameworks by id.
pub async fn frameworks_by_id(
    c: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<Vec<framework::Model>> {
    let select = framework::Entity::find().filter(framework::Column::Id.is_in(ids.iter().copied()));
    Ok(select.all(c).await?)
}

/// A page of the frameworks with published versions, in the order of their ids: of one provider, or
/// of all and the shared ones; of one family, or of all.
pub async fn frameworks(
    c: &impl ConnectionTrait,
    owner: Option<Uuid>,
    family: Option<&str>,
    page: &PageRequest,
) -> Result<Page<framework::Model>> {
    let mut select = framework::Entity::find();
    if let Some(owner) = owner {
        select = select.filter(framework::Column::OwnerId.eq(owner));
    }
    if let Some(family) = family {
        select = select.filter(framework::Column::Family.eq(family));
    }
    keyset::by_id(c, select, framework::Column::Id, page, |row| row.id).await
}
