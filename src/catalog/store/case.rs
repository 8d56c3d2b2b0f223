//! Where the identifiers of CASE objects are found, and what a package is written from.

use std::collections::HashMap;

use entity::{case_node, framework_version, level, statement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use uuid::Uuid;

use super::{
    lists,
    versions::{VersionRow, version_rows, visible},
};
use crate::{catalog::model::CaseFacts, kernel::errors::Result};

/// The ids of all published versions, in order.
pub async fn documents(c: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    let select = visible()
        .select_only()
        .column(framework_version::Column::Id)
        .order_by_asc(framework_version::Column::Id);
    Ok(select.into_tuple().all(c).await?)
}

/// The published versions that were imported from CASE packages, each with the identifier of its
/// document; the newest of each document first.
pub async fn imported_documents(c: &impl ConnectionTrait) -> Result<Vec<(Uuid, Option<Uuid>)>> {
    use framework_version::Column as V;
    let select = visible()
        .filter(V::CaseId.is_not_null())
        .select_only()
        .columns([V::Id, V::CaseId])
        .order_by_desc(V::PublishedAt)
        .order_by_asc(V::Id);
    Ok(select.into_tuple().all(c).await?)
}

/// A published version as it is stored.
pub async fn published(
    c: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<framework_version::Model>> {
    let select = visible().filter(framework_version::Column::Id.eq(id));
    Ok(select.one(c).await?)
}

/// The newest of the published versions that are, or were imported from, the document with this
/// identifier.
pub async fn document_version(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Uuid>> {
    use framework_version::Column as V;
    let named = Condition::any().add(V::Id.eq(id)).add(V::CaseId.eq(id));
    newest(c, named).await
}

/// The newest of the published versions that hold something with one of these identifiers: a
/// document, level, domain or statement, or a node of an imported package.
pub async fn holder(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Option<Uuid>> {
    use framework_version::Column as V;
    let given = || ids.iter().copied();
    let of_statement = Condition::any()
        .add(statement::Column::Id.is_in(given()))
        .add(statement::Column::CaseId.is_in(given()));
    let statements = statement::Entity::find()
        .filter(of_statement)
        .select_only()
        .column(statement::Column::FrameworkVersionId);
    let levels = level::Entity::find()
        .filter(level::Column::Id.is_in(given()))
        .select_only()
        .column(level::Column::FrameworkVersionId);
    let nodes = case_node::Entity::find()
        .filter(case_node::Column::Id.is_in(given()))
        .select_only()
        .column(case_node::Column::VersionId);
    let held = Condition::any()
        .add(V::Id.is_in(given()))
        .add(V::Id.in_subquery(statements.into_query()))
        .add(V::Id.in_subquery(levels.into_query()))
        .add(V::Id.in_subquery(nodes.into_query()));
    newest(c, held).await
}

async fn newest(c: &impl ConnectionTrait, which: Condition) -> Result<Option<Uuid>> {
    use framework_version::Column as V;
    let select = visible()
        .filter(which)
        .select_only()
        .column(V::Id)
        .order_by_desc(V::PublishedAt)
        .order_by_asc(V::Id);
    Ok(select.into_tuple().one(c).await?)
}

/// What the packages said that some versions were imported from, by version.
pub async fn case_facts(
    c: &impl ConnectionTrait,
    versions: &[Uuid],
) -> Result<HashMap<Uuid, CaseFacts>> {
    use framework_version::Column as V;
    let select = visible()
        .filter(V::Id.is_in(versions.iter().copied()))
        .filter(V::CaseFacts.is_not_null())
        .select_only()
        .columns([V::Id, V::CaseFacts]);
    let rows: Vec<(Uuid, Option<String>)> = select.into_tuple().all(c).await?;
    let mut out = HashMap::with_capacity(rows.len());
    for (id, stored) in rows {
        if let Some(facts) = lists::kept(stored.as_deref(), CaseFacts::from_json)? {
            out.insert(id, facts);
        }
    }
    Ok(out)
}

/// The version that took the place of another, the first where there are several.
pub async fn successor(
    c: &impl ConnectionTrait,
    version: &framework_version::Model,
) -> Result<Option<VersionRow>> {
    use framework_version::Column as V;
    let select = visible()
        .filter(V::FrameworkId.eq(version.framework_id))
        .filter(V::Replaces.eq(version.label.as_str()))
        .select_only()
        .column(V::Id)
        .order_by_asc(V::PublishedAt)
        .order_by_asc(V::Id);
    let Some(id) = select.into_tuple::<Uuid>().one(c).await? else {
        return Ok(None);
    };
    Ok(version_rows(c, &[id]).await?.into_iter().next())
}

/// The statements that took the place of those of a version: of each the statement replaced, the
/// id, and the identifier of the CASE item that it was imported from.
pub async fn statement_successors(
    c: &impl ConnectionTrait,
    version: Uuid,
) -> Result<Vec<(Option<Uuid>, Uuid, Option<Uuid>)>> {
    use statement::Column as S;
    let own = statement::Entity::find()
        .filter(S::FrameworkVersionId.eq(version))
        .select_only()
        .column(S::Id);
    let select = statement::Entity::find()
        .filter(S::ReplacesId.in_subquery(own.into_query()))
        .select_only()
        .columns([S::ReplacesId, S::Id, S::CaseId])
        .order_by_asc(S::Id);
    Ok(select.into_tuple().all(c).await?)
}
