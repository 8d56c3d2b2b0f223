//! Where to find identifiers that only a version's content tells.

use entity::case_node::{Column, Entity, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use crate::{
    catalog::{ids, model::FrameworkVersion},
    kernel::{db::INSERT_CHUNK, errors::Result, json::Json},
};

/// What an identifier stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A domain.
    Domain,
    /// An association of an imported CASE package.
    Association,
    /// A definition (item type, concept, subject, licence, grouping) of an imported CASE package.
    Definition,
    /// A rubric of an imported CASE package.
    Rubric,
}

impl NodeKind {
    /// The kind's name in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            NodeKind::Domain => "DOMAIN",
            NodeKind::Association => "ASSOCIATION",
            NodeKind::Definition => "DEFINITION",
            NodeKind::Rubric => "RUBRIC",
        }
    }
}

/// Records where the domains and the nodes of a version are found.
pub(super) async fn insert(
    c: &impl ConnectionTrait,
    owner: Option<Uuid>,
    version_id: Uuid,
    version: &FrameworkVersion,
) -> Result<()> {
    let mut rows: Vec<Model> = nodes(owner, version)
        .into_iter()
        .map(|(id, kind)| Model {
            id,
            version_id,
            kind: kind.as_str().to_owned(),
        })
        .collect();
    rows.sort_by_key(|row| row.id);
    // A package may name one node twice.
    rows.dedup_by_key(|row| row.id);
    for chunk in rows.chunks(INSERT_CHUNK) {
        let rows = chunk.iter().map(|row| row.clone().into_active_model());
        Entity::insert_many(rows).exec_without_returning(c).await?;
    }
    Ok(())
}

fn nodes(owner: Option<Uuid>, version: &FrameworkVersion) -> Vec<(Uuid, NodeKind)> {
    let (key, label) = (&version.key, &version.version);
    let domain = |number| ids::domain(owner, key, label, number);
    let domains = version
        .domains
        .iter()
        .map(|d| (domain(d.number), NodeKind::Domain));
    let mut nodes: Vec<_> = domains.collect();
    let statements = version.levels.iter().flat_map(|level| &level.statements);
    let outlines = statements.filter_map(|statement| statement.outline.as_ref());
    let children = outlines.filter_map(|outline| outline.child_of);
    nodes.extend(children.map(|id| (id, NodeKind::Association)));
    let Some(case) = &version.case else {
        return nodes;
    };
    let named = |json: &Json| Uuid::try_parse(json.get("identifier")?.as_str()?).ok();
    let associations = case.associations.iter().filter_map(named);
    nodes.extend(associations.map(|id| (id, NodeKind::Association)));
    let rubrics = case.rubrics.as_ref().and_then(Json::as_array);
    let rubrics = rubrics.unwrap_or_default().iter().filter_map(named);
    nodes.extend(rubrics.map(|id| (id, NodeKind::Rubric)));
    let definitions = case.definitions.as_ref().and_then(Json::as_object);
    let sets = definitions.into_iter().flat_map(|object| object.iter());
    let defined = sets.flat_map(|(_, set)| set.as_array().unwrap_or_default());
    nodes.extend(
        defined
            .filter_map(named)
            .map(|id| (id, NodeKind::Definition)),
    );
    nodes
}

/// The versions whose content tells an identifier, and as what.
pub async fn nodes_of(c: &impl ConnectionTrait, id: Uuid) -> Result<Vec<Model>> {
    let select = Entity::find().filter(Column::Id.eq(id));
    Ok(select.all(c).await?)
}
