//! Comma-separated values (RFC 4180), as spreadsheets write and read them.

mod formula;
mod header;
mod record;
mod records;
#[cfg(test)]
mod tests;
mod write;

use std::io::{self, BufRead, Read};

pub use header::Column;
pub use record::{MAX_CELL_BYTES, MAX_RECORD_BYTES};
pub use write::encode;

use super::report::LineProblem;
use records::Records;

/// Why a table could not be begun.
#[derive(Debug)]
pub enum Unreadable {
    /// The machine failed.
    Io(io::Error),
    /// The first line cannot be accepted.
    Refused(Vec<LineProblem>),
}

impl From<io::Error> for Unreadable {
    fn from(e: io::Error) -> Self {
        Self::Io(e)
    }
}

/// A row, with a cell for each column that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    columns: &'static [Column],
    cells: Vec<String>,
}

impl Row {
    /// What stands in a column, as it is; nothing where the table has no such column.
    #[must_use]
    pub fn cell(&self, column: &str) -> &str {
        let at = self.columns.iter().position(|c| c.name == column);
        at.and_then(|at| self.cells.get(at)).map_or("", |c| c)
    }

    /// Bytes in its cells.
    #[must_use]
    pub fn size(&self) -> usize {
        self.cells.iter().map(String::len).sum()
    }
}

/// A table that is read row by row, in memory for one row. UTF-8 with or without a byte order
/// mark, lines that end with LF or CRLF, cells between commas, semicolons or tabs, as the first
/// line has it.
#[derive(Debug)]
pub struct Table<R> {
    records: Records<R>,
    columns: &'static [Column],
    places: Vec<usize>,
}

impl<R: BufRead> Table<R> {
    /// Reads the first line, which names the columns.
    pub fn open(mut input: R, columns: &'static [Column]) -> Result<Self, Unreadable> {
        let refuse =
            |code, message: &str| Unreadable::Refused(vec![LineProblem::new(1, "", code, message)]);
        let mut line = Vec::new();
        let most = MAX_RECORD_BYTES as u64 + 1;
        input.by_ref().take(most).read_until(b'\n', &mut line)?;
        if line.starts_with(&[0xff, 0xfe]) || line.starts_with(&[0xfe, 0xff]) {
            let message = "this file is UTF-16: save it as CSV UTF-8";
            return Err(refuse("NOT_UTF8", message));
        }
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
        if line.len() > MAX_RECORD_BYTES {
            return Err(refuse(
                "TOO_LONG",
                "the first line is too long: write there the names of the columns",
            ));
        }
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        if line.trim_ascii().is_empty() {
            let message = "the first line is empty: write there the names of the columns";
            return Err(refuse("NO_HEADER", message));
        }
        let header = header::read(line, columns).map_err(Unreadable::Refused)?;
        Ok(Self {
            records: Records::new(input, header.separator, 2),
            columns,
            places: header.places,
        })
    }

    /// The next row that is not empty, or what is wrong with it; `None` at the end.
    pub fn read(&mut self) -> io::Result<Option<Result<Row, LineProblem>>> {
        loop {
            let Some((line, cells)) = self.records.read()? else {
                return Ok(None);
            };
            let cells = match cells {
                Ok(cells) => cells,
                Err(f) => {
                    let problem = LineProblem::new(line, "", f.code(), f.to_string());
                    return Ok(Some(Err(problem)));
                }
            };
            // Spreadsheets leave such rows behind what was deleted.
            if cells.iter().all(|c| c.is_empty()) {
                continue;
            }
            if cells.len() != self.places.len() {
                let message = format!(
                    "this row has {} cells and the first line {}: give each column one",
                    cells.len(),
                    self.places.len()
                );
                return Ok(Some(Err(LineProblem::new(line, "", "ROW_SHAPE", message))));
            }
            let mut row = Row {
                line,
                columns: self.columns,
                cells: vec![String::new(); self.columns.len()],
            };
            for (at, cell) in self.places.iter().zip(cells) {
                if let Some(place) = row.cells.get_mut(*at) {
                    formula::bare(cell).clone_into(place);
                }
            }
            return Ok(Some(Ok(row)));
        }
    }
}
