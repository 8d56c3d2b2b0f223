//! Rows about one thing, with what they came from.

use std::{ops::Range, sync::Arc};

use super::source::Source;

/// The rows of a table that are about one thing, as published and in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Where they are from.
    pub source: Arc<Source>,
    /// The names of the columns.
    pub columns: Arc<[String]>,
    /// Cells separated by tabs, rows by line feeds.
    pub content: String,
}

impl Sheet {
    /// The rows in their order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let mut end = 0;
        self.content.split_terminator('\n').map(move |line| {
            let start = end;
            end += line.len() + 1;
            Row {
                columns: &self.columns,
                line,
                start,
            }
        })
    }

    /// The row at a [place](Row::place) of this sheet.
    #[must_use]
    pub fn row(&self, place: &Range<usize>) -> Option<Row<'_>> {
        Some(Row {
            columns: &self.columns,
            line: self.content.get(place.clone())?,
            start: place.start,
        })
    }
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    columns: &'a [String],
    line: &'a str,
    start: usize,
}

impl<'a> Row<'a> {
    /// A row of these columns, its cells separated by tabs.
    pub(super) fn new(columns: &'a [String], line: &'a str) -> Self {
        Self {
            columns,
            line,
            start: 0,
        }
    }

    /// Where its sheet has it, to find it again.
    #[must_use]
    pub fn place(&self) -> Range<usize> {
        self.start..self.start + self.line.len()
    }

    /// The cell of a column, verbatim; empty where there is no such column.
    #[must_use]
    pub fn cell(&self, column: &str) -> &'a str {
        let place = self.columns.iter().position(|name| name == column);
        let cell = place.and_then(|place| self.line.split('\t').nth(place));
        cell.unwrap_or_default()
    }

    /// The cell of a column, unless it is blank or `n/a`, which is how absence is published.
    #[must_use]
    pub fn given(&self, column: &str) -> Option<&'a str> {
        let cell = self.cell(column);
        (!cell.trim().is_empty() && cell != "n/a").then_some(cell)
    }
}
