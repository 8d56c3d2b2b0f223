//! One record after another, from wherever the bytes come.

use std::io::{self, BufRead};

use super::record::{Fault, Record};

/// The line on which a record begins, and its cells.
pub(super) type Read<'a> = (u64, Result<Vec<&'a str>, Fault>);

/// The records of a text, one after another. Memory stays within [`MAX_RECORD_BYTES`](super::MAX_RECORD_BYTES), whatever
/// comes.
#[derive(Debug)]
pub(super) struct Records<R> {
    input: R,
    record: Record,
    /// The line that the next byte stands on, from 1.
    line: u64,
}

impl<R: BufRead> Records<R> {
    /// The records of `input`, whose first byte stands on `line`.
    pub(super) fn new(input: R, separator: u8, line: u64) -> Self {
        Self {
            input,
            record: Record::new(separator),
            line,
        }
    }

    /// The next record that is no empty line: the line on which it begins, and its cells. `None`
    /// at the end.
    pub(super) fn read(&mut self) -> io::Result<Option<Read<'_>>> {
        loop {
            self.record.clear();
            let line = self.line;
            let has_ended = self.fill()?;
            if self.record.is_begun {
                return Ok(Some((line, self.record.cells())));
            }
            if !has_ended {
                return Ok(None);
            }
        }
    }

    /// Takes bytes up to the record's end. Tells whether it was there; otherwise the text ends.
    fn fill(&mut self) -> io::Result<bool> {
        loop {
            let buffer = match self.input.fill_buf() {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if buffer.is_empty() {
                return Ok(false);
            }
            let mut taken = 0;
            let mut has_ended = false;
            for byte in buffer {
                taken += 1;
                self.line += u64::from(*byte == b'\n');
                if self.record.feed(*byte) {
                    has_ended = true;
                    break;
                }
            }
            self.input.consume(taken);
            if has_ended {
                return Ok(true);
            }
        }
    }
}
