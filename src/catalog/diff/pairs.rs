//! Which statements belong together.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{Item, words::split};

/// The most statements of one version within a cell that are compared word by word with those of
/// the other: each is compared with each.
const MOST: usize = 200;

/// Which of these numbers to leave where they are so that the fewest others explain the order: a
/// longest rising subsequence.
pub(super) fn in_order(numbers: &[i32]) -> Vec<bool> {
    // For each length the place of the smallest last number, and for each place the one before.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (place, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers.get(*end).is_some_and(|n| n < number));
        before.push(length.checked_sub(1).and_then(|l| ends.get(l)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    let mut keeps = vec![false; numbers.len()];
    let mut at = ends.last().copied();
    while let Some(place) = at {
        if let Some(keep) = keeps.get_mut(place) {
            *keep = true;
        }
        at = before.get(place).copied().flatten();
    }
    keeps
}

/// Takes those pairs out of both that are known to be one statement.
pub(super) fn take_known<'a>(
    old: &mut Vec<Item<'a>>,
    new: &mut Vec<Item<'a>>,
    known: &HashMap<Uuid, Uuid>,
) -> Vec<(Item<'a>, Item<'a>)> {
    let mut from: HashMap<Uuid, Item<'a>> = old.iter().map(|item| (item.id, *item)).collect();
    let mut pairs = Vec::new();
    new.retain(|to| {
        let pair = known.get(&to.id).and_then(|id| from.remove(id));
        pairs.extend(pair.map(|from| (from, *to)));
        pair.is_none()
    });
    old.retain(|item| from.contains_key(&item.id));
    pairs
}

/// Takes those pairs of one cell out of both that have at least half of their words in common (the
/// Sørensen–Dice coefficient over words, each as often as it stands there), the most alike first.
pub(super) fn take_alike<'a>(
    old: &mut Vec<Item<'a>>,
    new: &mut Vec<Item<'a>>,
) -> Vec<(Item<'a>, Item<'a>)> {
    let mut cells: HashMap<_, (Vec<Worded<'a>>, Vec<Worded<'a>>)> = HashMap::new();
    for item in old.iter() {
        let cell = cells.entry(item.seat.cell()).or_default();
        cell.0.push(Worded::new(*item));
    }
    for item in new.iter() {
        if let Some(cell) = cells.get_mut(&item.seat.cell()) {
            cell.1.push(Worded::new(*item));
        }
    }
    let mut pairs = Vec::new();
    for (from, to) in cells.values() {
        if from.len() <= MOST && to.len() <= MOST {
            pairs.extend(alike(from, to));
        }
    }
    let taken: HashSet<_> = pairs
        .iter()
        .flat_map(|(from, to)| [from.id, to.id])
        .collect();
    old.retain(|item| !taken.contains(&item.id));
    new.retain(|item| !taken.contains(&item.id));
    pairs
}

/// A statement with its words counted.
struct Worded<'a> {
    item: Item<'a>,
    words: HashMap<String, u64>,
    count: u64,
}

impl<'a> Worded<'a> {
    fn new(item: Item<'a>) -> Self {
        let mut words = HashMap::new();
        for word in split(item.text) {
            let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
            if !plain.is_empty() {
                *words.entry(plain.to_lowercase()).or_insert(0) += 1;
            }
        }
        let count = words.values().sum();
        Self { item, words, count }
    }

    /// How many of 1,000 words both have; `None` where it is less than half.
    fn likeness(&self, other: &Self) -> Option<u64> {
        let least = |(word, count): (&String, &u64)| {
            let there = other.words.get(word).copied().unwrap_or(0);
            there.min(*count)
        };
        let both: u64 = self.words.iter().map(least).sum();
        let all = self.count + other.count;
        let share = (2_000 * both).checked_div(all)?;
        (share >= 500).then_some(share)
    }
}

fn alike<'a>(old: &[Worded<'a>], new: &[Worded<'a>]) -> Vec<(Item<'a>, Item<'a>)> {
    let mut candidates = Vec::new();
    for from in old {
        for to in new {
            if let Some(share) = from.likeness(to) {
                candidates.push((share, from.item, to.item));
            }
        }
    }
    candidates.sort_by_key(|(share, from, to)| {
        (
            std::cmp::Reverse(*share),
            from.seat,
            to.seat,
            from.id,
            to.id,
        )
    });
    let mut pairs: Vec<(Item<'a>, Item<'a>)> = Vec::new();
    for (_, from, to) in candidates {
        let is_taken = |pair: &(Item<'a>, Item<'a>)| pair.0.id == from.id || pair.1.id == to.id;
        if !pairs.iter().any(is_taken) {
            pairs.push((from, to));
        }
    }
    pairs
}
