//! What is wrong in a table, and where.

use std::fmt;

/// Problems that are told of one release at most.
const MOST: usize = 20;

/// A place in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, from 1; 0 for the file as a whole.
    pub line: u64,
    /// The column's name, where one cell is meant.
    pub column: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if self.line > 0 {
            write!(formatter, ":{}", self.line)?;
        }
        match &self.column {
            Some(column) => write!(formatter, ":{column}"),
            None => Ok(()),
        }
    }
}

/// Something wrong in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableProblem {
    /// Where.
    pub place: Place,
    /// What is wrong, and the remedy.
    pub message: String,
}

/// The problems found so far, of which no more are kept than a reader can use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    kept: Vec<TableProblem>,
    /// How many were found beyond those.
    pub more: usize,
}

impl Problems {
    /// Notes a problem at `line` of `file`.
    pub fn add(&mut self, file: &str, line: u64, column: Option<&str>, message: impl Into<String>) {
        if self.kept.len() == MOST {
            self.more += 1;
            return;
        }
        let place = Place {
            file: file.to_owned(),
            line,
            column: column.map(str::to_owned),
        };
        self.kept.push(TableProblem {
            place,
            message: message.into(),
        });
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// The problems, first found first.
    #[must_use]
    pub fn kept(&self) -> &[TableProblem] {
        &self.kept
    }
}
