//! What changed between two versions of a framework, statement by statement.

mod pairs;
#[cfg(test)]
mod tests;
mod text;
mod words;

use std::collections::HashMap;

use uuid::Uuid;

pub use text::text;
pub use words::{Span, SpanKind, spans};

/// Where a statement stands in its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seat {
    /// Ordinal of its level, from 1.
    pub level: i32,
    /// Number of its domain, in a framework with domains.
    pub domain: Option<i32>,
    /// Its position within level and domain, from 1.
    pub position: i32,
}

impl Seat {
    /// Level and domain, within which statements are counted.
    const fn cell(self) -> (i32, Option<i32>) {
        (self.level, self.domain)
    }
}

/// A statement of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item<'a> {
    /// The statement.
    pub id: Uuid,
    /// Where it stands.
    pub seat: Seat,
    /// The sentence, as it is stored.
    pub text: &'a str,
}

/// What became of one statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Only the newer version has it.
    Added,
    /// Only the older version has it.
    Removed,
    /// Other words: at the same level and in the same domain, at least half of them the same, or
    /// wherever they stand, if the versions say that it is the same statement.
    Reworded,
    /// The same words at another level, in another domain, or in another order.
    Moved,
}

/// One change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// Which.
    pub kind: Kind,
    /// The statement of the older version; `None` when it was added.
    pub from: Option<Item<'a>>,
    /// The statement of the newer version; `None` when it was removed.
    pub to: Option<Item<'a>>,
}

impl Change<'_> {
    /// Where it is told: by its place in the newer version, or, removed, in the older.
    fn place(&self) -> Option<(Seat, bool)> {
        let to = self.to.map(|item| (item.seat, false));
        to.or(self.from.map(|item| (item.seat, true)))
    }
}

/// What changed between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff<'a> {
    /// The changes, in the order of the newer version; what was removed stands where it stood.
    pub changes: Vec<Change<'a>>,
    /// How many statements stayed as they were.
    pub unchanged: usize,
}

/// What changed from the statements of `old` to those of `new`, each in any order. `known` tells of
/// statements of `new` which of `old` they are, whatever they say.
///
/// Other statements with the same text are the same, first within level and domain, then anywhere. Of
/// those that stay in a cell, the fewest that explain the new order have moved. What is left is
/// paired within its cell by the words that both have, the most alike first.
#[must_use]
pub fn diff<'a>(old: &[Item<'a>], new: &[Item<'a>], known: &HashMap<Uuid, Uuid>) -> Diff<'a> {
    let sorted = |items: &[Item<'a>]| {
        let mut items = items.to_vec();
        items.sort_by_key(|item| (item.seat, item.id));
        items
    };
    let (mut old, mut new) = (sorted(old), sorted(new));
    let mut changes = Vec::new();
    let mut change = |kind, from, to| changes.push(Change { kind, from, to });
    let mut stayed = Vec::new();
    for (from, to) in pairs::take_known(&mut old, &mut new, known) {
        match (from.text == to.text, from.seat.cell() == to.seat.cell()) {
            (false, _) => change(Kind::Reworded, Some(from), Some(to)),
            (true, false) => change(Kind::Moved, Some(from), Some(to)),
            (true, true) => stayed.push((from, to)),
        }
    }
    stayed.extend(take_equal(&mut old, &mut new, |item| {
        (Some(item.seat.cell()), item.text)
    }));
    stayed.sort_by_key(|(from, _)| (from.seat, from.id));
    let mut unchanged = 0;
    let mut cells: HashMap<_, Vec<(Item<'a>, Item<'a>)>> = HashMap::new();
    for pair in stayed {
        cells.entry(pair.1.seat.cell()).or_default().push(pair);
    }
    for pairs in cells.into_values() {
        let order: Vec<_> = pairs.iter().map(|(_, to)| to.seat.position).collect();
        for ((from, to), keeps) in pairs.into_iter().zip(pairs::in_order(&order)) {
            if keeps {
                unchanged += 1;
            } else {
                change(Kind::Moved, Some(from), Some(to));
            }
        }
    }
    for (from, to) in take_equal(&mut old, &mut new, |item| (None, item.text)) {
        change(Kind::Moved, Some(from), Some(to));
    }
    for (from, to) in pairs::take_alike(&mut old, &mut new) {
        change(Kind::Reworded, Some(from), Some(to));
    }
    for item in old {
        change(Kind::Removed, Some(item), None);
    }
    for item in new {
        change(Kind::Added, None, Some(item));
    }
    changes.sort_by_key(|c| (c.place(), c.kind, c.from.map(|item| item.id)));
    Diff { changes, unchanged }
}

/// What two statements that are the same have in common.
type Key<'a> = (Option<(i32, Option<i32>)>, &'a str);

/// Takes the pairs with the same key out of both, the first of the one with the first of the
/// other; in the order of `old`.
fn take_equal<'a>(
    old: &mut Vec<Item<'a>>,
    new: &mut Vec<Item<'a>>,
    key: impl Fn(&Item<'a>) -> Key<'a>,
) -> Vec<(Item<'a>, Item<'a>)> {
    let mut waiting: HashMap<_, Vec<Item<'a>>> = HashMap::new();
    for item in new.iter().rev() {
        waiting.entry(key(item)).or_default().push(*item);
    }
    let mut pairs = Vec::new();
    old.retain(|from| {
        let to = waiting.get_mut(&key(from)).and_then(Vec::pop);
        pairs.extend(to.map(|to| (*from, to)));
        to.is_none()
    });
    let mut left: Vec<_> = waiting.into_values().flatten().collect();
    left.sort_by_key(|item| (item.seat, item.id));
    *new = left;
    pairs
}
