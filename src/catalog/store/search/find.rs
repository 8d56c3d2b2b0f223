//! Finding documents by their words. Each database is asked in its own language; what they are
//! asked for, and what they answer, is the same.

use entity::search_doc;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{
    FIRST_STATEMENT,
    select::{Matched, Part, Select},
};
use crate::{
    catalog::{
        model::Family,
        search::{Kind, Term},
    },
    kernel::errors::Result,
};

/// Titles, and statements, that are ranked at most: of more, those that came into the catalog
/// first.
const MOST: usize = 500;

/// So many documents are more than PostgreSQL's index is asked for.
const MANY: usize = 2_001;

/// Which documents a client wants. An empty list wants all; a document without the property that
/// a list speaks of is in none.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of these kinds.
    pub kinds: Vec<Kind>,
    /// Of frameworks of these families.
    pub families: Vec<Family>,
    /// At levels with these ordinals.
    pub levels: Vec<i32>,
    /// Of occupations whose SOC codes start with these two digits.
    pub soc_groups: Vec<String>,
    /// Of occupations of these job zones.
    pub job_zones: Vec<i32>,
    /// Statements that cite a source with one of these labels or keys.
    pub sources: Vec<String>,
    /// Of each framework the newest version only.
    pub latest_only: bool,
}

impl Filter {
    /// The parts in which it lets anything pass.
    fn parts(&self) -> Vec<Part> {
        let wants = |kind| self.kinds.is_empty() || self.kinds.contains(&kind);
        let of_frameworks =
            !self.families.is_empty() || !self.levels.is_empty() || !self.sources.is_empty();
        let passes = |part: &Part| match part {
            Part::Titles => (wants(Kind::Occupation) || wants(Kind::Title)) && !of_frameworks,
            Part::Statements => wants(Kind::Statement),
        };
        Part::ALL.into_iter().filter(passes).collect()
    }
}

/// How the words of a query are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// All of them are to be there.
    All,
    /// One is enough.
    Any,
}

/// The documents that were found, by their ids, in the order of these.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// At most 500 of titles and 500 of statements.
    pub ids: Vec<i64>,
    /// Whether there are more.
    pub capped: bool,
}

impl Found {
    /// Of the ids that were found, in their order, as many as are ranked.
    fn of(mut ids: Vec<i64>) -> Self {
        let mut statements = ids.split_off(ids.partition_point(|id| *id < FIRST_STATEMENT));
        let capped = ids.len() > MOST || statements.len() > MOST;
        ids.truncate(MOST);
        statements.truncate(MOST);
        ids.append(&mut statements);
        Self { ids, capped }
    }
}

/// The documents that hold these words and pass the filter.
pub async fn find(
    c: &impl ConnectionTrait,
    terms: &[Term],
    mode: Mode,
    filter: &Filter,
) -> Result<Found> {
    let parts = filter.parts();
    if parts.is_empty() {
        return Ok(Found::default());
    }
    let mut select = Select::new(c.get_database_backend(), filter);
    let matched = select.matched(terms, mode);
    let ids = match select.backend {
        DbBackend::Postgres => by_frequency(c, &select, &parts, &matched).await?,
        _ => in_order(c, &select, &parts, &matched).await?,
    };
    Ok(Found::of(ids))
}

/// From an index that is in the order of ids: titles, and statements after them.
async fn in_order(
    c: &impl ConnectionTrait,
    select: &Select,
    parts: &[Part],
    matched: &Matched,
) -> Result<Vec<i64>> {
    let mut ids = select.first(c, parts, matched, MOST + 1).await?;
    let titles = ids.partition_point(|id| *id < FIRST_STATEMENT);
    if ids.len() > MOST && titles > 0 && parts.len() > 1 {
        // Titles crowd out no statements.
        ids.truncate(titles);
        let statements = [Part::Statements];
        ids.extend(select.first(c, &statements, matched, MOST + 1).await?);
    }
    Ok(ids)
}

/// By the index, unless there are so many that the first of them are found faster by looking at one
/// document after another. Which of the two is never left to the planner: asked for the first
/// documents by their ids, it takes the slower way whenever it is wrong about how many there are.
async fn by_frequency(
    c: &impl ConnectionTrait,
    select: &Select,
    parts: &[Part],
    matched: &Matched,
) -> Result<Vec<i64>> {
    let ids = select.some(c, parts, matched, MANY).await?;
    if ids.len() < MANY {
        return Ok(ids);
    }
    let mut ids = Vec::new();
    for part in parts {
        let part = std::slice::from_ref(part);
        // Of a single one it is known.
        let some = match parts.len() {
            1 => None,
            _ => Some(select.some(c, part, matched, MANY).await?),
        };
        ids.extend(match some {
            Some(few) if few.len() < MANY => few,
            _ => select.first(c, part, matched, MOST + 1).await?,
        });
    }
    Ok(ids)
}

/// The occupations whose codes start with this, in the order of their codes, each with its code.
pub async fn by_code(
    c: &impl ConnectionTrait,
    code: &str,
    filter: &Filter,
) -> Result<(Vec<(i64, String)>, bool)> {
    let mut select = Select::new(c.get_database_backend(), filter);
    let sql = with_code(&mut select, code);
    let mut found = select.ids_and_codes(c, &sql).await?;
    found.sort_by(|(_, a), (_, b)| a.cmp(b));
    let capped = found.len() > MOST;
    found.truncate(MOST);
    Ok((found, capped))
}

fn with_code(select: &mut Select, code: &str) -> String {
    let from = select.value(code.to_owned());
    // What follows in a code is a digit, a hyphen or a point, all of them before a colon.
    let to = select.value(format!("{code}:"));
    let conditions = &select.conditions;
    // SQLite takes a cross join in this order: the codes first, which are few, then their titles.
    format!(
        "SELECT d.id, o.soc FROM occupation o CROSS JOIN search_doc d
        WHERE o.soc >= {from} AND o.soc < {to}
        AND d.ref_id = o.id AND d.version_id IS NULL AND d.kind = 'OCCUPATION' {conditions}
        ORDER BY o.soc LIMIT {}",
        MOST + 1
    )
}

/// Whether any document at all holds the word.
pub async fn holds(c: &impl ConnectionTrait, term: &Term) -> Result<bool> {
    let mut select = Select::new(c.get_database_backend(), &Filter::default());
    let matched = select.matched(std::slice::from_ref(term), Mode::All);
    let limit = match select.backend {
        // Asked for one only, its planner reads through all documents until it meets one.
        DbBackend::Postgres => MANY,
        _ => 1,
    };
    let some = select.some(c, &Part::ALL, &matched, limit).await?;
    Ok(!some.is_empty())
}

/// What tells one state of all titles from another.
pub async fn newest_title(c: &impl ConnectionTrait) -> Result<Option<i64>> {
    let newest = title_documents().order_by_desc(search_doc::Column::Id);
    let select = newest.limit(1).select_only().column(search_doc::Column::Id);
    Ok(select.into_tuple().one(c).await?)
}

/// All titles, each with its document's id, in the order of these.
pub async fn titles(c: &impl ConnectionTrait) -> Result<Vec<(i64, Option<String>)>> {
    let select = title_documents()
        .order_by_asc(search_doc::Column::Id)
        .select_only()
        .columns([search_doc::Column::Id, search_doc::Column::Title]);
    Ok(select.into_tuple().all(c).await?)
}

fn title_documents() -> sea_orm::Select<search_doc::Entity> {
    search_doc::Entity::find().filter(search_doc::Column::Id.lt(FIRST_STATEMENT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::db::Db;

    #[tokio::test]
    async fn a_code_is_looked_up_by_the_index_of_codes() {
        let db = Db::open("sqlite::memory:").await.unwrap();
        db.migrate().await.unwrap();
        let mut select = Select::new(DbBackend::Sqlite, &Filter::default());
        let sql = format!("EXPLAIN QUERY PLAN {}", with_code(&mut select, "29-11"));
        let steps = db.public().query_all_raw(select.statement(sql)).await;
        let steps: Vec<String> = steps
            .unwrap()
            .iter()
            .map(|step| step.try_get("", "detail").unwrap())
            .collect();
        let [codes, titles] = &*steps else {
            panic!("two look-ups and nothing to sort: {steps:?}");
        };
        assert!(
            codes.contains("ix_occupation_soc (soc>? AND soc<?)"),
            "{codes}"
        );
        assert!(
            titles.contains("ix_search_doc_ref_id (ref_id=?)"),
            "{titles}"
        );
    }
}
