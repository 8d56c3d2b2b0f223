//! A difference for people, as plain text.

use super::{Change, Diff, Item, Kind, Seat, SpanKind, spans};

/// Tells a difference in lines: what it amounts to, and then each change by its place. Removed
/// words stand in `[-…-]`, added ones in `{+…+}`. `label` tells what a level is called.
#[must_use]
pub fn text(diff: &Diff<'_>, label: &dyn Fn(i32) -> String) -> String {
    let count = |kind| diff.changes.iter().filter(|c| c.kind == kind).count();
    let mut out = format!(
        "{} added, {} removed, {} reworded, {} moved, {} unchanged\n",
        count(Kind::Added),
        count(Kind::Removed),
        count(Kind::Reworded),
        count(Kind::Moved),
        diff.unchanged
    );
    for change in &diff.changes {
        out.push_str(&line(change, label));
        out.push('\n');
    }
    out
}

fn line(change: &Change<'_>, label: &dyn Fn(i32) -> String) -> String {
    let place = |item: &Item<'_>| place(item.seat, label);
    match (change.kind, &change.from, &change.to) {
        (Kind::Reworded, Some(from), Some(to)) => {
            let was = match from.seat.cell() == to.seat.cell() {
                true => String::new(),
                false => format!(", from {}", place(from)),
            };
            format!("~ {}{was}: {}", place(to), marked(from.text, to.text))
        }
        (Kind::Moved, Some(from), Some(to)) => {
            format!("> {}, from {}: {}", place(to), place(from), to.text)
        }
        (_, _, Some(to)) => format!("+ {}: {}", place(to), to.text),
        (_, Some(from), None) => format!("- {}: {}", place(from), from.text),
        (_, None, None) => String::new(),
    }
}

fn place(seat: Seat, label: &dyn Fn(i32) -> String) -> String {
    let level = label(seat.level);
    match seat.domain {
        Some(domain) => format!("{level}, domain {domain}, {}", seat.position),
        None => format!("{level}, {}", seat.position),
    }
}

fn marked(old: &str, new: &str) -> String {
    let mark = |span: super::Span| {
        // The spaces behind the words stay outside.
        let words = span.text.trim_end();
        let space = span.text.get(words.len()..).unwrap_or_default();
        match span.kind {
            SpanKind::Same => span.text,
            SpanKind::Added => format!("{{+{words}+}}{space}"),
            SpanKind::Removed => format!("[-{words}-]{space}"),
        }
    };
    spans(old, new).into_iter().map(mark).collect()
}
