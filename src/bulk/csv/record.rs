//! One record, strictly as RFC 4180 (section 2) writes it: no cell that a reader could take for
//! another one is let through.

/// Bytes in a record's cells together at most.
pub const MAX_RECORD_BYTES: usize = 64 << 10;
/// Bytes in a cell at most.
pub const MAX_CELL_BYTES: usize = 40_000;

/// Why a record cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    /// It has more bytes than are accepted.
    #[error(
        "this row is too long: a cell has at most {MAX_CELL_BYTES} bytes and a row {MAX_RECORD_BYTES}; look for a quote that is not closed"
    )]
    TooLong,
    /// A quote stands where none may, or is not closed.
    #[error(
        "the quotes of this row do not match: put a cell that holds a quote between quotes, and double the quote inside"
    )]
    Quotes,
    /// A carriage return stands alone.
    #[error(
        "a carriage return stands alone in this row: end lines with LF or CRLF, and put a cell of several lines between quotes"
    )]
    LineEnd,
    /// It is no UTF-8.
    #[error("this row is no UTF-8: save the file as CSV UTF-8")]
    Encoding,
    /// It holds the character NUL, which no database keeps.
    #[error("this row holds a NUL character: remove it")]
    Nul,
}

impl Fault {
    /// Its code in a report.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::TooLong => "TOO_LONG",
            Self::Quotes => "BAD_QUOTES",
            Self::LineEnd => "BAD_LINE_END",
            Self::Encoding => "NOT_UTF8",
            Self::Nul => "BAD_CHARACTER",
        }
    }
}

/// Where in a record the last byte stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    CellStart,
    Bare,
    Quoted,
    /// Behind a quote that closes the cell, unless another follows.
    Closed,
    /// Behind a carriage return outside quotes.
    Returned,
}

/// A record, as it grows byte by byte.
#[derive(Debug)]
pub(super) struct Record {
    separator: u8,
    at: At,
    /// The cells one after another, without quotes.
    bytes: Vec<u8>,
    /// Where each cell ends in `bytes`.
    ends: Vec<usize>,
    /// Whether it has any byte at all before its end.
    pub(super) is_begun: bool,
    fault: Option<Fault>,
}

impl Record {
    pub(super) fn new(separator: u8) -> Self {
        Self {
            separator,
            at: At::CellStart,
            bytes: Vec::new(),
            ends: Vec::new(),
            is_begun: false,
            fault: None,
        }
    }

    pub(super) fn clear(&mut self) {
        self.at = At::CellStart;
        self.bytes.clear();
        self.ends.clear();
        self.is_begun = false;
        self.fault = None;
    }

    /// Takes the next byte. Tells whether it ended the record.
    pub(super) fn feed(&mut self, byte: u8) -> bool {
        self.at = match (self.at, byte) {
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, _) => {
                self.push(byte);
                At::Quoted
            }
            (_, b'\n') => return true,
            (At::Returned, _) => {
                self.note(Fault::LineEnd);
                At::Bare
            }
            (_, b'\r') => At::Returned,
            (_, _) if byte == self.separator => {
                self.end_cell();
                At::CellStart
            }
            (At::CellStart, b'"') => At::Quoted,
            (At::Closed, b'"') => {
                self.push(byte);
                At::Quoted
            }
            (At::Closed, _) | (At::Bare, b'"') => {
                self.note(Fault::Quotes);
                At::Bare
            }
            (At::CellStart | At::Bare, _) => {
                self.push(byte);
                At::Bare
            }
        };
        self.is_begun |= self.at != At::Returned;
        false
    }

    fn push(&mut self, byte: u8) {
        let cell = self.bytes.len() - self.ends.last().copied().unwrap_or_default();
        if self.bytes.len() >= MAX_RECORD_BYTES || cell >= MAX_CELL_BYTES {
            self.note(Fault::TooLong);
        } else {
            self.bytes.push(byte);
        }
    }

    fn end_cell(&mut self) {
        if self.ends.len() >= MAX_RECORD_BYTES {
            self.note(Fault::TooLong);
        } else {
            self.ends.push(self.bytes.len());
        }
    }

    /// The first fault is told: others follow from it.
    fn note(&mut self, fault: Fault) {
        self.fault.get_or_insert(fault);
    }

    /// The cells of a record that has ended.
    pub(super) fn cells(&mut self) -> Result<Vec<&str>, Fault> {
        if self.at == At::Quoted {
            self.note(Fault::Quotes);
        }
        self.end_cell();
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if self.bytes.contains(&0) {
            return Err(Fault::Nul);
        }
        let mut start = 0;
        let cells = self.ends.iter().map(|end| {
            let cell = self.bytes.get(start..*end)?;
            start = *end;
            std::str::from_utf8(cell).ok()
        });
        cells.collect::<Option<_>>().ok_or(Fault::Encoding)
    }
}
