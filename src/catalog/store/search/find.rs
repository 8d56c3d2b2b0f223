//! Finding documents by their words. Each database is asked in its own language; what they are
//! asked for, and what they answer, is the same.

use entity::search_doc;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Statement, Value,
};

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

/// The documents that were found, by their ids, in the order of these.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// At most 500 of titles and 500 of statements.
    pub ids: Vec<i64>,
    /// Whether there are more.
    pub capped: bool,
}

impl Found {
    /// Of the ids that were found, as many as are ranked.
    fn of(mut ids: Vec<i64>) -> Self {
        ids.sort_unstable();
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
    let parts = Part::of(filter);
    if parts.is_empty() {
        return Ok(Found::default());
    }
    let mut select = Select::new(c.get_database_backend(), filter);
    let matched = select.matched(terms, mode);
    let (key, from) = (select.key(), select.from());
    let conditions = &select.conditions;
    let wanted = |range: &str| {
        format!("SELECT {key} AS id FROM {from} WHERE {matched} AND {range} {conditions}")
    };
    if select.backend == DbBackend::Postgres {
        // By the words first; the planner would rather read the table in its order, and for
        // words that are neither rare nor everywhere that is far more.
        let range = match *parts {
            [part] => part.range(key),
            _ => "true".to_owned(),
        };
        let ids = select
            .ids(c, &format!("{} LIMIT {BROAD}", wanted(&range)))
            .await?;
        if ids.len() < BROAD {
            return Ok(Found::of(ids));
        }
    }
    // Each by themselves, so that neither crowd out the other.
    let part = |part: &Part| {
        let wanted = wanted(&part.range(key));
        format!(
            "SELECT * FROM ({wanted} ORDER BY {key} LIMIT {}) {}",
            MOST + 1,
            part.name()
        )
    };
    let all: Vec<_> = parts.iter().map(part).collect();
    Ok(Found::of(select.ids(c, &all.join(" UNION ALL ")).await?))
}

/// The occupations whose codes start with this, in the order of their codes, each with its code.
pub async fn by_code(
    c: &impl ConnectionTrait,
    code: &str,
    filter: &Filter,
) -> Result<(Vec<(i64, String)>, bool)> {
    let mut select = Select::new(c.get_database_backend(), filter);
    let from = select.value(code.to_owned());
    // What follows in a code is a digit, a hyphen or a point, all of them before a colon.
    let to = select.value(format!("{code}:"));
    let sql = format!(
        "SELECT d.id, o.soc FROM occupation o JOIN search_doc d ON d.ref_id = o.id
        WHERE o.soc >= {from} AND o.soc < {to} AND d.version_id IS NULL AND d.kind = 'OCCUPATION' {}
        ORDER BY o.soc LIMIT {}",
        select.conditions,
        MOST + 1
    );
    let rows = c.query_all_raw(select.statement(sql)).await?;
    let capped = rows.len() > MOST;
    let read = |row: &sea_orm::QueryResult| Ok((row.try_get("", "id")?, row.try_get("", "soc")?));
    let found: Result<_> = rows.iter().take(MOST).map(read).collect();
    Ok((found?, capped))
}

/// Whether any document at all holds the word.
pub async fn holds(c: &impl ConnectionTrait, term: &Term) -> Result<bool> {
    let mut select = Select::new(c.get_database_backend(), &Filter::default());
    let matched = select.matched(std::slice::from_ref(term), Mode::All);
    let from = select.from();
    let sql = format!("SELECT 1 FROM {from} WHERE {matched} LIMIT 1");
    Ok(c.query_one_raw(select.statement(sql)).await?.is_some())
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

/// Titles or statements.
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

    fn range(self, key: &str) -> String {
        match self {
            Self::Titles => format!("{key} < {FIRST_STATEMENT}"),
            Self::Statements => format!("{key} >= {FIRST_STATEMENT}"),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Titles => "titles",
            Self::Statements => "statements",
        }
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
        select.in_job_zones(zones.collect());
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

    fn in_job_zones(&mut self, zones: Vec<Value>) {
        if zones.is_empty() {
            return;
        }
        self.conditions
            .push_str(" AND d.occupation_id IN (SELECT id FROM occupation o WHERE true");
        self.within("o.job_zone", zones);
        self.conditions.push(')');
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

    /// The ids that a statement gives, in one row: the databases hand rows over one by one, and
    /// that costs more than finding them.
    async fn ids(&self, c: &impl ConnectionTrait, sql: &str) -> Result<Vec<i64>> {
        let list = match self.backend {
            DbBackend::Postgres => "string_agg(id::text, ',')",
            _ => "group_concat(id)",
        };
        let sql = format!("SELECT {list} AS ids FROM ({sql}) found");
        let row = c.query_one_raw(self.statement(sql)).await?;
        let ids: Option<String> = match row {
            Some(row) => row.try_get("", "ids")?,
            None => None,
        };
        let ids = ids.unwrap_or_default();
        let ids = ids.split(',').filter(|id| !id.is_empty()).map(str::parse);
        let ids: std::result::Result<_, _> = ids.collect();
        ids.map_err(|e| Error::internal(format!("an id of the index is no number: {e}")))
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
