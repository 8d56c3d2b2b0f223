//! The first line: which columns a table has, and what stands between them.

use super::record::Record;
use crate::bulk::report::LineProblem;

/// A column that a kind of table may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name, in lower case.
    pub name: &'static str,
    /// Whether every table has it.
    pub is_required: bool,
}

impl Column {
    /// A column that every table has.
    #[must_use]
    pub const fn required(name: &'static str) -> Self {
        Self {
            name,
            is_required: true,
        }
    }

    /// A column that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str) -> Self {
        Self {
            name,
            is_required: false,
        }
    }
}

/// What may stand between cells, the commonest first.
const SEPARATORS: [u8; 3] = *b",;\t";
/// Characters of an unknown column's name that are told at most.
const SHOWN: usize = 40;

/// What the first line says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// What stands between cells.
    pub(super) separator: u8,
    /// For each cell of a row, its place among the known columns.
    pub(super) places: Vec<usize>,
}

/// Reads the header line, without its end. The separator is the one under which most of its names
/// are known. Names count in any order, in capitals or not.
pub(super) fn read(line: &[u8], known: &[Column]) -> Result<Header, Vec<LineProblem>> {
    let best = SEPARATORS
        .into_iter()
        .rev()
        .max_by_key(|separator| names_known(line, *separator, known));
    let separator = best.unwrap_or(b',');
    let mut record = record_of(line, separator);
    let names = record
        .cells()
        .map_err(|f| vec![LineProblem::new(1, "", f.code(), f.to_string())])?;
    if names_known(line, separator, known) == 0 {
        let message = format!(
            "the first line names no column that is known: write there the names of the columns, of {}",
            list(known)
        );
        return Err(vec![LineProblem::new(1, "", "NO_HEADER", message)]);
    }
    let mut problems = Vec::new();
    let mut places = Vec::new();
    for (number, name) in (1_usize..).zip(&names) {
        match place(name, known) {
            Some(at) if places.contains(&at) => {
                let message = "this column stands twice in the first line: leave one out";
                problems.push(LineProblem::new(
                    1,
                    shown(name),
                    "DUPLICATE_COLUMN",
                    message,
                ));
            }
            Some(at) => places.push(at),
            None => {
                let message = format!(
                    "column {number} is not known: leave it out, or name it as one of {}",
                    list(known)
                );
                problems.push(LineProblem::new(1, shown(name), "UNKNOWN_COLUMN", message));
            }
        }
    }
    for (at, column) in known.iter().enumerate() {
        if column.is_required && !places.contains(&at) {
            let message = "this column is missing in the first line: add it";
            problems.push(LineProblem::new(1, column.name, "MISSING_COLUMN", message));
        }
    }
    if problems.is_empty() {
        Ok(Header { separator, places })
    } else {
        Err(problems)
    }
}

fn record_of(line: &[u8], separator: u8) -> Record {
    let mut record = Record::new(separator);
    for byte in line {
        record.feed(*byte);
    }
    record
}

fn names_known(line: &[u8], separator: u8, known: &[Column]) -> usize {
    let mut record = record_of(line, separator);
    let names = record.cells().unwrap_or_default();
    names.iter().filter_map(|n| place(n, known)).count()
}

fn place(name: &str, known: &[Column]) -> Option<usize> {
    let name = name.trim();
    known.iter().position(|c| c.name.eq_ignore_ascii_case(name))
}

fn list(known: &[Column]) -> String {
    let names: Vec<_> = known.iter().map(|c| c.name).collect();
    names.join(", ")
}

/// A name as a report may show it: what does not look like a column's name may be data of people.
fn shown(name: &str) -> String {
    let name = name.trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ');
    if name.len() <= SHOWN && name.chars().all(is_name) {
        name.to_owned()
    } else {
        String::new()
    }
}
