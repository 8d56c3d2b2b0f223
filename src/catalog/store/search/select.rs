//! The statements that documents are found by, in the language of each database.

use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

use super::{
    FIRST_STATEMENT,
    find::{Filter, MOST, Mode},
};
use crate::{
    catalog::search::{Kind, Term, sources},
    kernel::errors::{Error, Result},
};

/// From so many documents on, PostgreSQL finds the first of them faster in their order than by
/// their words.
const BROAD: usize = 2_001;

/// Titles or statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Titles,
    Statements,
}

impl Part {
    pub(super) const ALL: [Self; 2] = [Self::Titles, Self::Statements];

    /// The parts in which the filter lets anything pass.
    pub(super) fn of(filter: &Filter) -> Vec<Self> {
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
pub(super) struct Select {
    pub(super) backend: DbBackend,
    pub(super) conditions: String,
    values: Vec<Value>,
}

impl Select {
    pub(super) fn new(backend: DbBackend, filter: &Filter) -> Self {
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
    pub(super) fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        match self.backend {
            DbBackend::Postgres => format!("${}", self.values.len()),
            // Numbered, because they stand in the text in another order.
            _ => format!("?{}", self.values.len()),
        }
    }

    /// The condition that a document holds these words. Words are letters and digits; in quotes
    /// they are no syntax.
    pub(super) fn matched(&mut self, terms: &[Term], mode: Mode) -> String {
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
    pub(super) fn from(&self) -> &'static str {
        match self.backend {
            DbBackend::Postgres => "search_doc d",
            // In this order: the index first.
            _ => "search_fts f CROSS JOIN search_doc d ON d.id = f.rowid",
        }
    }

    /// The statement that finds what holds these words.
    fn wanted(&self, range: &str, matched: &str) -> String {
        let (key, from, conditions) = (self.key(), self.from(), &self.conditions);
        format!("SELECT {key} AS id FROM {from} WHERE {matched} AND {range} {conditions}")
    }

    /// By their words: PostgreSQL's planner would rather read the table in its order, and for words
    /// that are neither rare nor everywhere that is far more. `None` where there are too many.
    pub(super) async fn by_words(
        &self,
        c: &impl ConnectionTrait,
        parts: &[Part],
        matched: &str,
    ) -> Result<Option<Vec<i64>>> {
        let range = match *parts {
            [part] => part.range(self.key()),
            _ => "true".to_owned(),
        };
        let wanted = self.wanted(&range, matched);
        let ids = self.ids(c, &format!("{wanted} LIMIT {BROAD}")).await?;
        Ok((ids.len() < BROAD).then_some(ids))
    }

    /// Those that came first, of each part by itself, so that neither crowd out the other: one more
    /// of each than is ranked, where there are as many.
    pub(super) async fn in_order(
        &self,
        c: &impl ConnectionTrait,
        parts: &[Part],
        matched: &str,
    ) -> Result<Vec<i64>> {
        let key = self.key();
        let part = |part: &Part| {
            let wanted = self.wanted(&part.range(key), matched);
            let name = part.name();
            format!(
                "SELECT * FROM ({wanted} ORDER BY {key} LIMIT {}) {name}",
                MOST + 1
            )
        };
        let all: Vec<_> = parts.iter().map(part).collect();
        self.ids(c, &all.join(" UNION ALL ")).await
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

    pub(super) fn statement(&self, sql: String) -> Statement {
        Statement::from_sql_and_values(self.backend, sql, self.values.clone())
    }
}
