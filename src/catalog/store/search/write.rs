//! Writing the index. Whoever calls these holds the lock of the platform's audit chain, so that no
//! two transactions give out one id.

use std::ops::Range;

use entity::{framework_version, level, occupation, search_doc, statement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::{super::lists, FIRST_STATEMENT};
use crate::{
    catalog::{
        model::Source,
        rules::compare_labels,
        search::{Indexed, Kind, sources},
    },
    kernel::{db::INSERT_CHUNK, errors::Result},
};

/// Titles of one occupation.
#[derive(Debug, Clone)]
pub struct Titles<'a> {
    /// The occupation.
    pub occupation: Uuid,
    /// The first two digits of its SOC code.
    pub soc_group: &'a str,
    /// The titles, verbatim.
    pub titles: Vec<&'a str>,
}

impl<'a> Titles<'a> {
    /// An occupation's own title.
    #[must_use]
    pub fn own(row: &'a occupation::Model) -> Self {
        Self {
            occupation: row.id,
            soc_group: row.soc.split('-').next().unwrap_or_default(),
            titles: vec![&row.title],
        }
    }
}

/// Where the statements of a version stand in the catalog.
#[derive(Debug, Clone, Copy)]
pub struct Statements<'a> {
    /// The version.
    pub version: Uuid,
    /// Its framework.
    pub framework: Uuid,
    /// The framework's family.
    pub family: &'a str,
    /// The occupation that it is about, if any, with the first two digits of its SOC code.
    pub occupation: Option<(Uuid, &'a str)>,
    /// What its statements cite.
    pub cited: &'a [Source],
}

/// Makes these the titles of one kind that occupations are found by: [`Kind::Occupation`] for an
/// occupation's own title, [`Kind::Title`] for its others. What is the same already stays.
pub async fn index_titles(
    c: &impl ConnectionTrait,
    kind: Kind,
    occupations: &[Titles<'_>],
) -> Result<()> {
    use search_doc::Column as D;
    let mut next = None;
    for chunk in occupations.chunks(INSERT_CHUNK) {
        let ids = chunk.iter().map(|o| o.occupation);
        let own = Condition::all()
            .add(D::RefId.is_in(ids))
            .add(D::VersionId.is_null())
            .add(D::Kind.eq(kind.as_str()));
        let known: Vec<(Uuid, Option<String>)> = search_doc::Entity::find()
            .filter(own.clone())
            .order_by_asc(D::Id)
            .select_only()
            .columns([D::RefId, D::Title])
            .into_tuple()
            .all(c)
            .await?;
        let mut documents = Vec::new();
        let mut changed = Vec::new();
        for o in chunk {
            let before = known.iter().filter(|(id, _)| *id == o.occupation);
            let mut before = before.filter_map(|(_, title)| title.as_deref());
            if before.clone().eq(o.titles.iter().copied()) {
                continue;
            }
            if before.next().is_some() {
                changed.push(o.occupation);
            }
            let mut id = match next {
                Some(id) => id,
                None => next_id(c, 0..FIRST_STATEMENT).await?,
            };
            for title in &o.titles {
                let indexed = Indexed::title(title);
                documents.push(search_doc::Model {
                    id,
                    kind: kind.as_str().to_owned(),
                    ref_id: o.occupation,
                    occupation_id: Some(o.occupation),
                    version_id: None,
                    family: None,
                    level: None,
                    soc_group: Some(o.soc_group.to_owned()),
                    latest: true,
                    title: Some((*title).to_owned()),
                    title_words: count(indexed.title_words),
                    words: indexed.words,
                    sources: String::new(),
                });
                id += 1;
            }
            next = Some(id);
        }
        if !changed.is_empty() {
            search_doc::Entity::delete_many()
                .filter(own.add(D::RefId.is_in(changed)))
                .exec(c)
                .await?;
        }
        insert(c, documents).await?;
    }
    Ok(())
}

/// Adds the statements of a version that was published.
pub async fn index_statements(
    c: &impl ConnectionTrait,
    of: Statements<'_>,
    levels: &[level::Model],
    statements: &[statement::Model],
) -> Result<()> {
    let latest = supersede(c, of).await?;
    let first = next_id(c, FIRST_STATEMENT..i64::MAX).await?;
    let ordinal = |id| levels.iter().find(|l| l.id == id).map(|l| l.ordinal);
    let document = |(id, s): (i64, &statement::Model)| -> Result<search_doc::Model> {
        let rest = s.description.as_deref().unwrap_or(&s.text);
        let indexed = Indexed::statement(s.title.as_deref(), rest);
        Ok(search_doc::Model {
            id,
            kind: Kind::Statement.as_str().to_owned(),
            ref_id: s.id,
            occupation_id: of.occupation.map(|(id, _)| id),
            version_id: Some(of.version),
            family: Some(of.family.to_owned()),
            level: ordinal(s.level_id),
            soc_group: of.occupation.map(|(_, group)| group.to_owned()),
            latest,
            title: None,
            title_words: count(indexed.title_words),
            words: indexed.words,
            sources: sources::cited(&lists::citations(&s.citations)?, of.cited),
        })
    };
    let documents = (first..).zip(statements).map(document);
    insert(c, documents.collect::<Result<_>>()?).await
}

/// Whether a version is the newest of its framework; if so, its elders no longer are.
async fn supersede(c: &impl ConnectionTrait, of: Statements<'_>) -> Result<bool> {
    use framework_version::Column as V;
    let versions: Vec<(Uuid, String)> = framework_version::Entity::find()
        .filter(V::FrameworkId.eq(of.framework))
        .filter(V::State.is_in(["PUBLISHED", "DEPRECATED"]))
        .select_only()
        .columns([V::Id, V::Label])
        .into_tuple()
        .all(c)
        .await?;
    let newest = versions.iter().max_by(|a, b| compare_labels(&a.1, &b.1));
    let latest = newest.is_some_and(|(id, _)| *id == of.version);
    if latest && versions.len() > 1 {
        let elders = versions.iter().map(|(id, _)| *id);
        let elders = elders.filter(|id| *id != of.version);
        search_doc::Entity::update_many()
            .col_expr(search_doc::Column::Latest, Expr::val(false))
            .filter(search_doc::Column::VersionId.is_in(elders))
            .exec(c)
            .await?;
    }
    Ok(latest)
}

/// Published versions of which no statement is in the index.
pub async fn unindexed_versions(c: &impl ConnectionTrait, limit: u64) -> Result<Vec<Uuid>> {
    use framework_version::Column as V;
    let there = Query::select()
        .expr(Expr::val(1))
        .from(search_doc::Entity)
        .and_where(
            Expr::col((search_doc::Entity, search_doc::Column::VersionId))
                .equals((framework_version::Entity, V::Id)),
        )
        .to_owned();
    let held = Query::select()
        .expr(Expr::val(1))
        .from(statement::Entity)
        .and_where(
            Expr::col((statement::Entity, statement::Column::FrameworkVersionId))
                .equals((framework_version::Entity, V::Id)),
        )
        .to_owned();
    Ok(framework_version::Entity::find()
        .filter(V::State.is_in(["PUBLISHED", "DEPRECATED"]))
        .filter(Expr::exists(held))
        .filter(Expr::not_exists(there))
        .order_by_asc(V::Id)
        .limit(limit)
        .select_only()
        .column(V::Id)
        .into_tuple()
        .all(c)
        .await?)
}

/// Occupations that are not in the index by their own title.
pub async fn unindexed_occupations(
    c: &impl ConnectionTrait,
    limit: u64,
) -> Result<Vec<occupation::Model>> {
    use search_doc::Column as D;
    let there = Query::select()
        .expr(Expr::val(1))
        .from(search_doc::Entity)
        .and_where(
            Expr::col((search_doc::Entity, D::RefId))
                .equals((occupation::Entity, occupation::Column::Id)),
        )
        .and_where(D::VersionId.is_null())
        .and_where(D::Kind.eq(Kind::Occupation.as_str()))
        .to_owned();
    Ok(occupation::Entity::find()
        .filter(Expr::not_exists(there))
        .order_by_asc(occupation::Column::Soc)
        .limit(limit)
        .all(c)
        .await?)
}

/// Brings the index into the form that is read fastest. SQLite's gains a piece with each
/// transaction, and every search reads all of them: it is put into one. PostgreSQL's always is one,
/// but its planner is told only now and then how frequent words are.
pub async fn settle(c: &impl ConnectionTrait) -> Result<()> {
    let sql = match c.get_database_backend() {
        DbBackend::Postgres => "ANALYZE search_doc",
        _ => "INSERT INTO search_fts (search_fts) VALUES ('optimize')",
    };
    c.execute_unprepared(sql).await?;
    Ok(())
}

async fn insert(c: &impl ConnectionTrait, documents: Vec<search_doc::Model>) -> Result<()> {
    for chunk in documents.chunks(INSERT_CHUNK) {
        let rows = chunk.iter().map(|d| d.clone().into_active_model());
        search_doc::Entity::insert_many(rows)
            .exec_without_returning(c)
            .await?;
    }
    Ok(())
}

async fn next_id(c: &impl ConnectionTrait, range: Range<i64>) -> Result<i64> {
    use search_doc::Column as D;
    let last: Option<i64> = search_doc::Entity::find()
        .filter(D::Id.gte(range.start))
        .filter(D::Id.lt(range.end))
        .order_by_desc(D::Id)
        .limit(1)
        .select_only()
        .column(D::Id)
        .into_tuple()
        .one(c)
        .await?;
    Ok(last.map_or(range.start, |id| id + 1))
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
