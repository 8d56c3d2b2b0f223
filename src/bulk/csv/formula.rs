//! Cells that a spreadsheet would take for a formula, and run (OWASP, "CSV Injection").
//!
//! An apostrophe in front makes a text of such a cell. Of a cell that begins with apostrophes and
//! goes on like a formula, one is taken away again when it is read; so writing adds one there, too,
//! and whatever is written is read back as it was.

use std::borrow::Cow;

const APOSTROPHE: char = '\'';

fn is_formula(text: &str) -> bool {
    text.trim_start_matches(APOSTROPHE)
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// The cell as a spreadsheet may have it.
pub(super) fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) {
        Cow::Owned(format!("{APOSTROPHE}{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell as it was before [`guarded`].
pub(super) fn bare(cell: &str) -> &str {
    match cell.strip_prefix(APOSTROPHE) {
        Some(rest) if is_formula(rest) => rest,
        _ => cell,
    }
}
