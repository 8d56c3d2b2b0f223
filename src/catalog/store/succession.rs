//! Which versions and statements took the place of which, and what became of versions. None of it
//! is kept in memory: it can change after a version was published.

use std::collections::{HashMap, HashSet};

use entity::{framework, framework_version, level, statement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, Select, Set,
};
use uuid::Uuid;

use crate::{
    catalog::rules::{Said, compare_labels, same_statements},
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

fn to_level() -> RelationDef {
    statement::Entity::belongs_to(level::Entity)
        .from(statement::Column::LevelId)
        .to(level::Column::Id)
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

/// All statements of published versions of these frameworks that took another's place, each with
/// that other: as their versions say, and for a version that says nothing of it, as
/// [`same_statements`] tells it of the one before it.
pub async fn statement_successions(
    c: &impl ConnectionTrait,
    frameworks: &[Uuid],
) -> Result<Vec<(Uuid, Uuid)>> {
    use framework_version::Column as V;
    let ids = frameworks.iter().copied();
    let select = statement::Entity::find()
        .join(JoinType::InnerJoin, to_version())
        .filter(V::FrameworkId.is_in(ids.clone()))
        .filter(V::State.is_in(SHOWN))
        .filter(statement::Column::ReplacesId.is_not_null())
        .select_only()
        .column(statement::Column::FrameworkVersionId)
        .column(statement::Column::Id)
        .column(statement::Column::ReplacesId);
    let told: Vec<(Uuid, Uuid, Uuid)> = select.into_tuple().all(c).await?;
    let select = framework_version::Entity::find()
        .filter(V::FrameworkId.is_in(ids))
        .filter(V::State.is_in(SHOWN))
        .select_only()
        .columns([V::FrameworkId, V::Id, V::Label, V::Replaces]);
    let mut versions: Vec<(Uuid, Uuid, String, Option<String>)> =
        select.into_tuple().all(c).await?;
    versions.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| compare_labels(&a.2, &b.2)));
    let tell: HashSet<Uuid> = told.iter().map(|(version, ..)| *version).collect();
    let silent = versions.windows(2).filter_map(|pair| match pair {
        [older, newer] if older.0 == newer.0 => {
            let says = newer.3.is_some() || tell.contains(&newer.1);
            (!says).then_some((older.1, newer.1))
        }
        _ => None,
    });
    let silent: Vec<(Uuid, Uuid)> = silent.collect();
    let mut all: Vec<_> = told
        .into_iter()
        .map(|(_, newer, older)| (newer, older))
        .collect();
    if !silent.is_empty() {
        let wanted = silent.iter().flat_map(|(older, newer)| [*older, *newer]);
        let of = said(c, wanted.collect()).await?;
        let none = Vec::new();
        for (older, newer) in silent {
            let of = |version| of.get(&version).unwrap_or(&none);
            all.extend(same_statements(of(older), of(newer)));
        }
    }
    Ok(all)
}

/// What the statements of versions say, by version.
async fn said(
    c: &impl ConnectionTrait,
    versions: HashSet<Uuid>,
) -> Result<HashMap<Uuid, Vec<Said>>> {
    use statement::Column as S;
    let select = statement::Entity::find()
        .join(JoinType::InnerJoin, to_level())
        .filter(S::FrameworkVersionId.is_in(versions))
        .order_by_asc(level::Column::Ordinal)
        .order_by_asc(S::Domain)
        .order_by_asc(S::Position)
        .select_only()
        .columns([S::FrameworkVersionId, S::Id, S::CaseId, S::Domain, S::Text])
        .column(level::Column::Ordinal);
    let mut of: HashMap<Uuid, Vec<Said>> = HashMap::new();
    type Row = (Uuid, Uuid, Option<Uuid>, i32, String, i32);
    let rows: Vec<Row> = select.into_tuple().all(c).await?;
    for (version, id, case_id, domain, text, level) in rows {
        of.entry(version).or_default().push(Said {
            id,
            case_id,
            cell: (level, domain),
            text,
        });
    }
    Ok(of)
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
