//! Rows as text.

use std::io;

use csv::{Terminator, WriterBuilder};

use super::formula;

/// Rows in the form of RFC 4180: commas, CRLF, quotes where they are needed. No cell of them is
/// taken for a formula.
pub fn encode<R>(rows: impl IntoIterator<Item = R>) -> io::Result<Vec<u8>>
where
    R: IntoIterator<Item: AsRef<str>>,
{
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        for cell in row {
            writer.write_field(formula::guarded(cell.as_ref()).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.into_inner().map_err(|e| e.into_error())
}
