//! The statements that documents are found by, in the language of each database.

use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

use super::{
    FIRST_STATEMENT,
    find::{Filter, Mode},
};
use crate::{
    catalog::search::{Term, sources},
    kernel::errors::{Error, Result},
};

/// Titles or statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Titles,
    Statements,
}

impl Part {
    pub(super) const ALL: [Self; 2] = [Self::Titles, Self::Statements];

    fn range(self, key: &str) -> String {
        match self {
            Self::Titles => format!("{key} < {FIRST_STATEMENT}"),
            Self::Statements => format!("{key} >= {FIRST_STATEMENT}"),
        }
    }
}

/// The condition that a document holds some words.
pub(super) struct Matched {
    /// As the index answers it.
    indexed: String,
    /// As no index does: by looking at one document after another.
    looked_at: String,
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
    pub(super) fn matched(&mut self, terms: &[Term], mode: Mode) -> Matched {
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
            return Matched {
                indexed: format!("d.stems @@ {words}::text::tsquery"),
                looked_at: format!("ts_match_vq(d.stems, {words}::text::tsquery)"),
            };
        }
        let indexed = format!("search_fts MATCH {words}");
        Matched {
            looked_at: indexed.clone(),
            indexed,
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

    /// So many documents of these parts that hold the words, whichever the index comes upon first.
    pub(super) async fn some(
        &self,
        c: &impl ConnectionTrait,
        parts: &[Part],
        matched: &Matched,
        limit: usize,
    ) -> Result<Vec<i64>> {
        let found = self.found(parts, &matched.indexed);
        self.ids(c, &format!("{found} LIMIT {limit}")).await
    }

    /// So many documents of these parts that hold the words, the first of them by their ids.
    /// SQLite's index is in this order; PostgreSQL looks at one document after another.
    pub(super) async fn first(
        &self,
        c: &impl ConnectionTrait,
        parts: &[Part],
        matched: &Matched,
        limit: usize,
    ) -> Result<Vec<i64>> {
        let (found, key) = (self.found(parts, &matched.looked_at), self.key());
        self.ids(c, &format!("{found} ORDER BY {key} LIMIT {limit}"))
            .await
    }

    fn found(&self, parts: &[Part], matched: &str) -> String {
        let (key, from, conditions) = (self.key(), self.from(), &self.conditions);
        let range = match *parts {
            [part] => part.range(key),
            _ => "true".to_owned(),
        };
        format!("SELECT {key} AS id FROM {from} WHERE {matched} AND {range}{conditions}")
    }

    async fn ids(&self, c: &impl ConnectionTrait, sql: &str) -> Result<Vec<i64>> {
        let ids = self.listed(c, "id", sql).await?;
        let ids: Result<Vec<_>> = ids.split(',').filter(|id| !id.is_empty()).map(id).collect();
        let mut ids = ids?;
        ids.sort_unstable();
        Ok(ids)
    }

    /// Ids that a statement gives, each with its SOC code.
    pub(super) async fn ids_and_codes(
        &self,
        c: &impl ConnectionTrait,
        sql: &str,
    ) -> Result<Vec<(i64, String)>> {
        let pairs = self.listed(c, "id || ' ' || soc", sql).await?;
        let pairs = pairs.split(',').filter_map(|pair| pair.split_once(' '));
        pairs.map(|(n, soc)| Ok((id(n)?, soc.to_owned()))).collect()
    }

    /// The rows that a statement gives, in one: the databases hand rows over one by one, and that
    /// costs more than finding them. Commas stand between them.
    async fn listed(&self, c: &impl ConnectionTrait, item: &str, sql: &str) -> Result<String> {
        let list = match self.backend {
            DbBackend::Postgres => format!("string_agg(({item})::text, ',')"),
            _ => format!("group_concat({item})"),
        };
        let sql = format!("SELECT {list} AS listed FROM ({sql}) found");
        let row = c.query_one_raw(self.statement(sql)).await?;
        let listed: Option<String> = match row {
            Some(row) => row.try_get("", "listed")?,
            None => None,
        };
        Ok(listed.unwrap_or_default())
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

fn id(text: &str) -> Result<i64> {
    let read = text.parse();
    read.map_err(|e| Error::internal(format!("an id of the index is no number: {e}")))
}
