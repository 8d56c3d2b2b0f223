//! A row of a table of results.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use uuid::Uuid;

use super::{
    csv::{Column, Row},
    report::LineProblem,
};
use crate::{assessment::model::Method, kernel::ids};

/// What a table of results may have.
pub const COLUMNS: &[Column] = &[
    Column::required("learner"),
    Column::required("statement"),
    Column::required("rating"),
    Column::required("assessor"),
    Column::required("time"),
    Column::optional("evidence_url"),
    Column::optional("method"),
    Column::optional("context"),
];

/// What an observation's member is called in a table.
const NAMES: &[(&str, &str)] = &[
    ("input.statementId", "statement"),
    ("input.rating", "rating"),
    ("input.observedAt", "time"),
    ("input.evidence", "evidence_url"),
    ("input.method", "method"),
    ("input.context", "context"),
];

/// The column that tells the member `field` of an observation; nothing where none does.
#[must_use]
pub fn column(field: &str) -> &'static str {
    let named = NAMES.iter().find(|(member, _)| field.starts_with(member));
    named.map_or("", |(_, column)| column)
}

/// How a row names a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatementName {
    /// By its canonical URL, its id or its global id.
    Id(Uuid),
    /// By its code, or as much of the code's end as tells it from the plan's others.
    Code(String),
}

/// How a row names an assessor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AssessorName {
    /// By e-mail address, in lower case.
    Email(String),
    /// By id or global id.
    Member(Uuid),
}

/// What one assessor saw of one learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultRow {
    /// The line of the file, from 1.
    pub line: u64,
    /// The learner, by the provider's own identifier.
    pub learner: String,
    /// What was observed.
    pub statement: StatementName,
    /// The rating given.
    pub rating: i32,
    /// Who observed.
    pub assessor: AssessorName,
    /// When.
    pub observed_at: Timestamp,
    /// Where evidence can be seen.
    pub evidence_url: Option<String>,
    /// How it was looked at; may be left out where the plan has one method only.
    pub method: Option<Method>,
    /// Where and how.
    pub context: String,
}

/// Reads a row. Learner and context are taken as they are, all else without the spaces round it.
pub fn parse(row: &Row) -> Result<ResultRow, Vec<LineProblem>> {
    let mut problems = Vec::new();
    let mut wrong = |column, code, message: &str| {
        problems.push(LineProblem::new(row.line, column, code, message));
    };
    let learner = row.cell("learner");
    if learner.is_empty() {
        wrong(
            "learner",
            "REQUIRED",
            "give your own identifier of the learner",
        );
    }
    let statement = statement(row.cell("statement").trim());
    if statement.is_none() {
        let remedy = "give the statement's URL, id or code";
        wrong("statement", "REQUIRED", remedy);
    }
    let rating = rating(row.cell("rating").trim());
    if rating.is_none() {
        wrong(
            "rating",
            "BAD_RATING",
            "give a whole number of the plan's scale",
        );
    }
    let assessor = assessor(row.cell("assessor").trim());
    if assessor.is_none() {
        let remedy = "give the assessor's e-mail address or member id";
        wrong("assessor", "BAD_ASSESSOR", remedy);
    }
    let observed_at = time(row.cell("time").trim());
    if observed_at.is_none() {
        let remedy = "give a time such as 2026-03-01T09:30:00Z, or a date such as 2026-03-01";
        wrong("time", "BAD_TIME", remedy);
    }
    let method = Method::parse(row.cell("method").trim());
    if method.is_none() && !row.cell("method").trim().is_empty() {
        let names: Vec<_> = Method::ALL.iter().map(|m| m.as_str()).collect();
        let remedy = format!("give one of the plan's methods, of {}", names.join(", "));
        wrong("method", "BAD_METHOD", &remedy);
    }
    let evidence = row.cell("evidence_url").trim();
    match (statement, rating, assessor, observed_at) {
        (Some(statement), Some(rating), Some(assessor), Some(observed_at))
            if problems.is_empty() =>
        {
            Ok(ResultRow {
                line: row.line,
                learner: learner.to_owned(),
                statement,
                rating,
                assessor,
                observed_at,
                evidence_url: (!evidence.is_empty()).then(|| evidence.to_owned()),
                method,
                context: row.cell("context").to_owned(),
            })
        }
        _ => Err(problems),
    }
}

fn statement(text: &str) -> Option<StatementName> {
    if text.is_empty() {
        return None;
    }
    // The canonical URL of any installation: statements have the same id on each.
    let in_url = text
        .rsplit_once("/statements/")
        .filter(|(base, _)| base.starts_with("https://") || base.starts_with("http://"))
        .and_then(|(_, id)| ids::canonical(id));
    let id = in_url.or_else(|| named(text, "Statement"));
    Some(id.map_or_else(|| StatementName::Code(text.to_owned()), StatementName::Id))
}

fn assessor(text: &str) -> Option<AssessorName> {
    if text.contains('@') {
        return Some(AssessorName::Email(text.to_lowercase()));
    }
    named(text, "Member").map(AssessorName::Member)
}

/// An id, or a global id of this kind.
fn named(text: &str, kind: &str) -> Option<Uuid> {
    let global = ids::parse_global(text).filter(|(found, _)| found == kind);
    global
        .map(|(_, id)| id)
        .or_else(|| ids::canonical(&text.to_ascii_lowercase()))
}

fn rating(text: &str) -> Option<i32> {
    let is_plain = text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| is_plain)
}

/// A time as RFC 3339 writes it, or a date, which is its first moment in UTC.
fn time(text: &str) -> Option<Timestamp> {
    if text.len() == "2026-03-01".len() {
        let date: Date = text.parse().ok()?;
        return date.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp());
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests;
