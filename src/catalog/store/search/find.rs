//! Finding documents by their words. Each database is asked in its own language; what they are
//! asked for, and what they answer, is the same.

use entity::search_doc;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Statement, Value,
};
use uuid::Uuid;

use super::FIRST_STATEMENT;
use crate::{
    catalog::{
        model::Family,
        search::{Kind, Term, sources},
    },
    kernel::errors::{Error, Result},
};

/// Titles, and statements, that are ranked at most: of more, those that came into the catalog
/// first.
const MOST: usize = 500;
/// From so many documents on, PostgreSQL finds the first of them faster in their order than by
/// their words.
const BROAD: usize = 2_001;

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

/// How the words of a query are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// All of them are to be there.
    All,
    /// One is enough.
    Any,
}

/// A document that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The document.
    pub id: i64,
    /// What it is.
    pub kind: Kind,
    /// The occupation or statement that it finds.
    pub ref_id: Uuid,
    /// Its stems.
    pub words: String,
    /// How many of them are a title's.
    pub title_words: usize,
    /// The family of its framework.
    pub family: Option<String>,
    /// The ordinal of its level.
    pub level: Option<i32>,
    /// The first two digits of the SOC code.
    pub soc_group: Option<String>,
    /// The job zone of its occupation.
    pub job_zone: Option<i32>,
    /// What it cites, as [`sources`] has it.
    pub sources: String,
}

/// The documents that were found, in the order of their ids.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// At most 500 of titles and 500 of statements.
    pub found: Vec<Candidate>,
    /// Whether there are more.
    pub capped: bool,
}

/// The documents that hold these words and pass the filter.
pub async fn find(
    c: &impl ConnectionTrait,
    terms: &[Term],
    mode: Mode,
    filter: &Filter,
) -> Result<Candidates> {
    let mut out = Candidates::default();
    for part in Part::of(filter) {
        let select = Select::new(c.get_database_backend(), filter);
        part.find(c, select, terms, mode, &mut out).await?;
    }
    Ok(out)
}

/// The occupations whose codes start with this, in the order of their codes.
pub async fn by_code(
    c: &impl ConnectionTrait,
    code: &str,
    filter: &Filter,
) -> Result<(Candidates, Vec<String>)> {
    let mut out = Candidates::default();
    let mut codes = Vec::new();
    let mut select = Select::new(c.get_database_backend(), filter);
    let from = select.value(code.to_owned());
    // What follows in a code is a digit, a hyphen or a point, all of them before a colon.
    let to = select.value(format!("{code}:"));
    let sql = format!(
        "SELECT {COLUMNS}, o.soc FROM occupation o JOIN search_doc d ON d.ref_id = o.id
        WHERE o.soc >= {from} AND o.soc < {to} AND d.version_id IS NULL AND d.kind = 'OCCUPATION' {}
        ORDER BY o.soc LIMIT {}",
        select.conditions,
        MOST + 1
    );
    let rows = c.query_all_raw(select.statement(sql)).await?;
    out.capped = rows.len() > MOST;
    for row in rows.iter().take(MOST) {
        codes.push(row.try_get("", "soc")?);
        out.found.push(Row::from_query_result(row, "")?.try_into()?);
    }
    Ok((out, codes))
}

/// Whether any document at all holds the word.
pub async fn holds(c: &impl ConnectionTrait, term: &Term) -> Result<bool> {
    let mut select = Select::new(c.get_database_backend(), &Filter::default());
    let matched = select.matched(std::slice::from_ref(term), Mode::All);
    let from = select.from();
    let sql = format!("SELECT 1 FROM {from} WHERE {matched} LIMIT 1");
    Ok(c.query_one_raw(select.statement(sql)).await?.is_some())
}

/// Documents by id, in no order.
pub async fn documents(c: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<search_doc::Model>> {
    let select =
        search_doc::Entity::find().filter(search_doc::Column::Id.is_in(ids.iter().copied()));
    Ok(select.all(c).await?)
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

const COLUMNS: &str = "d.id, d.kind, d.ref_id, d.words, d.title_words, d.family, d.level,
    d.soc_group, o.job_zone, d.sources";

/// Titles or statements: each are found by themselves, so that neither crowd out the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Titles,
    Statements,
}

impl Part {
    /// The parts in which the filter lets anything pass.
    fn of(filter: &Filter) -> Vec<Self> {
        let wants = |kind| filter.kinds.is_empty() || filter.kinds.contains(&kind);
        let mut parts = Vec::new();
        let of_frameworks =
            !filter.families.is_empty() || !filter.levels.is_empty() || !filter.sources.is_empty();
        if (wants(Kind::Occupation) || wants(Kind::Title)) && !of_frameworks {
            parts.push(Self::Titles);
        }
        if wants(Kind::Statement) {
            parts.push(Self::Statements);
        }
        parts
    }

    async fn find(
        self,
        c: &impl ConnectionTrait,
        mut select: Select,
        terms: &[Term],
        mode: Mode,
        out: &mut Candidates,
    ) -> Result<()> {
        let matched = select.matched(terms, mode);
        let (key, from) = (select.key(), select.from());
        let range = match self {
            Self::Titles => format!("{key} < {FIRST_STATEMENT}"),
            Self::Statements => format!("{key} >= {FIRST_STATEMENT}"),
        };
        let conditions = &select.conditions;
        let wanted = format!(
            "SELECT {COLUMNS} FROM {from} LEFT JOIN occupation o ON o.id = d.occupation_id
            WHERE {matched} AND {range} {conditions}"
        );
        let in_order = format!("{wanted} ORDER BY {key} LIMIT {}", MOST + 1);
        let rows = if select.backend == DbBackend::Postgres {
            // By the words first; the planner would rather read the table in its order, and for
            // words that are neither rare nor everywhere that is far more.
            let by_words = format!(
                "SELECT m.*, count(*) OVER () AS held FROM ({wanted} LIMIT {BROAD}) m
                ORDER BY m.id LIMIT {}",
                MOST + 1
            );
            let rows = c.query_all_raw(select.statement(by_words)).await?;
            let held: Option<i64> = rows.first().map(|r| r.try_get("", "held")).transpose()?;
            if held.and_then(|n| usize::try_from(n).ok()) >= Some(BROAD) {
                c.query_all_raw(select.statement(in_order)).await?
            } else {
                rows
            }
        } else {
            c.query_all_raw(select.statement(in_order)).await?
        };
        out.capped |= rows.len() > MOST;
        for row in rows.iter().take(MOST) {
            out.found.push(Row::from_query_result(row, "")?.try_into()?);
        }
        Ok(())
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    kind: String,
    ref_id: Uuid,
    words: String,
    title_words: i32,
    family: Option<String>,
    level: Option<i32>,
    soc_group: Option<String>,
    job_zone: Option<i32>,
    sources: String,
}

impl TryFrom<Row> for Candidate {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let broken = || Error::internal("a document of the index is not as it was written");
        Ok(Self {
            id: row.id,
            kind: Kind::parse(&row.kind).ok_or_else(broken)?,
            ref_id: row.ref_id,
            words: row.words,
            title_words: usize::try_from(row.title_words).map_err(|_| broken())?,
            family: row.family,
            level: row.level,
            soc_group: row.soc_group,
            job_zone: row.job_zone,
            sources: row.sources,
        })
    }
}

/// A statement in the making: conditions with their values.
struct Select {
    backend: DbBackend,
    conditions: String,
    values: Vec<Value>,
}

impl Select {
    fn new(backend: DbBackend, filter: &Filter) -> Self {
        let mut select = Self {
            backend,
            conditions: String::new(),
            values: Vec::new(),
        };
        let kinds = filter.kinds.iter().map(|kind| kind.as_str().into());
        select.within("d.kind", kinds.collect());
        let families = filter.families.iter().map(|family| family.as_str().into());
        select.within("d.family", families.collect());
        select.within(
            "d.level",
            filter.levels.iter().map(|n| (*n).into()).collect(),
        );
        let groups = filter.soc_groups.iter().map(|group| group.as_str().into());
        select.within("d.soc_group", groups.collect());
        let zones = filter.job_zones.iter().map(|zone| (*zone).into());
        select.within("o.job_zone", zones.collect());
        select.citing(&filter.sources);
        if filter.latest_only {
            select.conditions.push_str(" AND d.latest");
        }
        select
    }

    fn within(&mut self, column: &str, values: Vec<Value>) {
        if values.is_empty() {
            return;
        }
        let places: Vec<_> = values.into_iter().map(|value| self.value(value)).collect();
        let condition = format!(" AND {column} IN ({})", places.join(", "));
        self.conditions.push_str(&condition);
    }

    /// Each name is looked for as a text within a text: no character of it means anything.
    fn citing(&mut self, names: &[String]) {
        if names.is_empty() {
            return;
        }
        let place = match self.backend {
            DbBackend::Postgres => "strpos",
            _ => "instr",
        };
        let cites = |name: &String| {
            let name = self.value(sources::named(name));
            format!("{place}(d.sources, {name}) > 0")
        };
        let any: Vec<_> = names.iter().map(cites).collect();
        let condition = format!(" AND ({})", any.join(" OR "));
        self.conditions.push_str(&condition);
    }

    /// Takes a value, and gives what stands for it in the statement.
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        match self.backend {
            DbBackend::Postgres => format!("${}", self.values.len()),
            // Numbered, because they stand in the text in another order.
            _ => format!("?{}", self.values.len()),
        }
    }

    /// The condition that a document holds these words. Words are letters and digits; in quotes
    /// they are no syntax.
    fn matched(&mut self, terms: &[Term], mode: Mode) -> String {
        let postgres = self.backend == DbBackend::Postgres;
        let one = |term: &Term| match (postgres, term.prefix) {
            (true, false) => format!("'{}'", term.stem),
            (true, true) => format!("('{}' | '{}':*)", term.stem, term.word),
            (false, false) => format!("\"{}\"", term.stem),
            (false, true) => format!("(\"{}\" OR \"{}\" *)", term.stem, term.word),
        };
        let between = match (postgres, mode) {
            (true, Mode::All) => " & ",
            (true, Mode::Any) => " | ",
            (false, Mode::All) => " AND ",
            (false, Mode::Any) => " OR ",
        };
        let words: Vec<_> = terms.iter().map(one).collect();
        let words = self.value(words.join(between));
        if postgres {
            format!("array_to_tsvector(string_to_array(d.words, ' ')) @@ {words}::text::tsquery")
        } else {
            format!("search_fts MATCH {words}")
        }
    }

    /// Where documents are found by their words.
    fn from(&self) -> &'static str {
        match self.backend {
            DbBackend::Postgres => "search_doc d",
            // In this order: the index first.
            _ => "search_fts f CROSS JOIN search_doc d ON d.id = f.rowid",
        }
    }

    /// The id of a document, by which the index is in order.
    fn key(&self) -> &'static str {
        match self.backend {
            DbBackend::Postgres => "d.id",
            _ => "f.rowid",
        }
    }

    fn statement(&self, sql: String) -> Statement {
        Statement::from_sql_and_values(self.backend, sql, self.values.clone())
    }
}
