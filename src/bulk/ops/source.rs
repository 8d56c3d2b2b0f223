//! Reading a table on a thread of its own, a few chunks ahead of the database.

use std::io::{self, BufRead};

use tokio::sync::mpsc;

use crate::{
    bulk::{
        csv::{Column, Row, Table, Unreadable},
        report::LineProblem,
    },
    kernel::errors::{Error, Result},
};

/// Where a table comes from.
pub type Source = Box<dyn BufRead + Send>;

/// Rows in a table at most, so that what is kept of each until the end stays within bounds.
pub const MAX_ROWS: u64 = 1_000_000;

/// Rows that are looked up and stored together.
const CHUNK_ROWS: usize = 1_000;
/// Bytes in the cells of those rows, above which a chunk ends early.
const CHUNK_BYTES: usize = 1 << 20;

/// A row as it was understood, or what is wrong with it.
pub(super) type Line<T> = Result<T, Vec<LineProblem>>;

/// Reads every row and understands it by `parse`. The last to come is an error where the source
/// breaks off.
pub(super) fn read_ahead<T: Send + 'static>(
    source: Source,
    columns: &'static [Column],
    parse: fn(&Row) -> Line<T>,
) -> mpsc::Receiver<Result<Vec<Line<T>>>> {
    let (sender, receiver) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        // Nobody receives any more once the import has stopped.
        let send = |chunk| sender.blocking_send(chunk).is_ok();
        if let Err(e) = read(source, columns, parse, &mut |chunk| send(Ok(chunk))) {
            send(Err(Error::internal(format!("reading the table: {e}"))));
        }
    });
    receiver
}

fn read<T>(
    source: Source,
    columns: &'static [Column],
    parse: fn(&Row) -> Line<T>,
    send: &mut impl FnMut(Vec<Line<T>>) -> bool,
) -> io::Result<()> {
    let mut table = match Table::open(source, columns) {
        Ok(table) => table,
        Err(Unreadable::Io(e)) => return Err(e),
        Err(Unreadable::Refused(problems)) => {
            send(vec![Err(problems)]);
            return Ok(());
        }
    };
    let mut rows = 0;
    let (mut chunk, mut bytes) = (Vec::new(), 0);
    while let Some(row) = table.read()? {
        rows += 1;
        if rows > MAX_ROWS {
            let line = row.map_or_else(|p| p.line, |r| r.line);
            let message = format!(
                "a table has at most {MAX_ROWS} rows, and from here on nothing was read: split the file"
            );
            let problem = LineProblem::new(line, "", "TOO_MANY_ROWS", message);
            chunk.push(Err(vec![problem]));
            break;
        }
        chunk.push(match row {
            Ok(row) => {
                bytes += row.size();
                parse(&row)
            }
            Err(problem) => Err(vec![problem]),
        });
        if chunk.len() >= CHUNK_ROWS || bytes >= CHUNK_BYTES {
            bytes = 0;
            if !send(std::mem::take(&mut chunk)) {
                return Ok(());
            }
        }
    }
    if !chunk.is_empty() {
        send(chunk);
    }
    Ok(())
}
