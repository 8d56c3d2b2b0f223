//! Which statements of two lists say nearly the same.

use std::{
    cmp::{Ordering, Reverse},
    collections::{BTreeMap, HashMap},
};

use super::anchor_key;
use crate::catalog::{
    profile::{Anchor, AnchorKind},
    search::{is_stop_word, stem::stem, words},
};

/// The lowest score, in percent, with which two statements are alike.
pub const THRESHOLD: u64 = 35;

/// As how many words an anchor counts that statements are grounded in.
pub const ANCHOR_WEIGHT: u64 = 3;

/// A statement, for a comparison.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// The sentence.
    pub text: &'a str,
    /// The anchors that it is grounded in; none where they are not known.
    pub anchors: Vec<&'a Anchor>,
}

/// Two statements that are alike, by their places in the lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair<'a> {
    /// The place in the first list.
    pub a: usize,
    /// The place in the second list.
    pub b: usize,
    /// How much of both is the same, in percent, rounded down.
    pub score: u64,
    /// The words of both, in alphabetical order: of their forms in the texts the shortest.
    pub words: Vec<String>,
    /// The anchors of both, as the first has them.
    pub anchors: Vec<&'a Anchor>,
}

/// How the statements of two lists stand to each other: each is in one pair, or in its list's rest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Likeness<'a> {
    /// Pairs, the most alike first, then in the order of the first list.
    pub pairs: Vec<Pair<'a>>,
    /// Places in the first list of what has no match.
    pub only_a: Vec<usize>,
    /// Places in the second list of what has no match.
    pub only_b: Vec<usize>,
}

/// Finds the pairs of statements that are alike: those with the highest score first, each statement
/// in one pair at most. Of equal scores those go first that stand nearest to the start of their
/// lists, so neither list counts more than the other.
///
/// Each statement is compared with each of the other list.
#[must_use]
pub fn alike<'a>(a: &[Subject<'a>], b: &[Subject<'a>]) -> Likeness<'a> {
    let mut numbers = Numbers::default();
    let mut featured = |list: &[Subject<'_>]| -> Vec<Features> {
        let one = |subject| Features::of(subject, &mut numbers);
        list.iter().map(one).collect()
    };
    let (features_a, features_b) = (featured(a), featured(b));
    let mut candidates = Vec::new();
    for (i, one) in features_a.iter().enumerate() {
        for (j, other) in features_b.iter().enumerate() {
            let share = one.share(other);
            if share.percent() >= THRESHOLD {
                candidates.push((Reverse(share), i + j, i, j));
            }
        }
    }
    candidates.sort_unstable();
    let (mut free_a, mut free_b) = (vec![true; a.len()], vec![true; b.len()]);
    let mut pairs = Vec::new();
    for (Reverse(share), _, i, j) in candidates {
        let (Some(mine), Some(theirs)) = (free_a.get_mut(i), free_b.get_mut(j)) else {
            continue;
        };
        if !*mine || !*theirs {
            continue;
        }
        (*mine, *theirs) = (false, false);
        if let (Some(one), Some(other)) = (a.get(i), b.get(j)) {
            pairs.push((share, pair(i, j, share, one, other)));
        }
    }
    pairs.sort_by_key(|(share, pair)| (Reverse(*share), pair.a));
    let rest = |free: Vec<bool>| {
        let places = free.into_iter().enumerate();
        places.filter_map(|(at, free)| free.then_some(at)).collect()
    };
    Likeness {
        pairs: pairs.into_iter().map(|(_, pair)| pair).collect(),
        only_a: rest(free_a),
        only_b: rest(free_b),
    }
}

fn pair<'a>(a: usize, b: usize, share: Share, one: &Subject<'a>, other: &Subject<'a>) -> Pair<'a> {
    let (mine, theirs) = (stems(one.text), stems(other.text));
    let both = mine.into_iter().filter_map(|(stem, word)| {
        let other = theirs.get(&stem)?;
        let shorter = |a: &String, b: &String| a.len().cmp(&b.len()).then_with(|| a.cmp(b));
        Some(match shorter(&word, other) {
            Ordering::Greater => other.clone(),
            _ => word,
        })
    });
    let mut words: Vec<String> = both.collect();
    words.sort_unstable();
    let anchors = super::sets::intersection(&one.anchors, &other.anchors, |a| anchor_key(a));
    Pair {
        a,
        b,
        score: share.percent(),
        words,
        anchors: anchors.into_iter().map(|(anchor, _)| *anchor).collect(),
    }
}

/// The stems of a text, each with the shortest word that it stands for. A text whose words all say
/// too little is told by these, and one without words by itself, so that no text is told by nothing.
fn stems(text: &str) -> BTreeMap<String, String> {
    let folded = || words(text).map(|word| word.folded);
    let mut kept: Vec<String> = folded().filter(|word| !is_stop_word(word)).collect();
    if kept.is_empty() {
        kept = folded().collect();
    }
    if kept.is_empty() {
        kept.push(text.trim().to_owned());
    }
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    for word in kept {
        let known = out.entry(stem(&word)).or_insert_with(|| word.clone());
        if (word.len(), &word) < (known.len(), &*known) {
            *known = word;
        }
    }
    out
}

/// Numbers for words and anchors, so that comparing costs little.
#[derive(Default)]
struct Numbers {
    stems: HashMap<String, usize>,
    anchors: HashMap<(AnchorKind, String), usize>,
}

/// What a statement is compared by: numbers, each once, rising.
struct Features {
    stems: Vec<usize>,
    anchors: Vec<usize>,
}

impl Features {
    fn of(subject: &Subject<'_>, numbers: &mut Numbers) -> Self {
        let stems = stems(subject.text).into_keys();
        let anchors = subject.anchors.iter().map(|anchor| anchor_key(anchor));
        Self {
            stems: numbered(stems, &mut numbers.stems),
            anchors: numbered(anchors, &mut numbers.anchors),
        }
    }

    fn share(&self, other: &Self) -> Share {
        let (mut both, mut either) = overlap(&self.stems, &other.stems);
        // Where one names none, that says nothing about it.
        if !self.anchors.is_empty() && !other.anchors.is_empty() {
            let (shared, all) = overlap(&self.anchors, &other.anchors);
            both += ANCHOR_WEIGHT * shared;
            either += ANCHOR_WEIGHT * all;
        }
        Share { both, either }
    }
}

fn numbered<K: Eq + std::hash::Hash>(
    keys: impl Iterator<Item = K>,
    numbers: &mut HashMap<K, usize>,
) -> Vec<usize> {
    let mut out: Vec<usize> = keys
        .map(|key| {
            let next = numbers.len();
            *numbers.entry(key).or_insert(next)
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// How many numbers are in both, and in either, of two rising lists.
fn overlap(a: &[usize], b: &[usize]) -> (u64, u64) {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let (mut both, mut either) = (0, 0);
    loop {
        let (mine, theirs) = match (a.peek(), b.peek()) {
            (Some(one), Some(other)) => (one <= other, other <= one),
            (Some(_), None) => (true, false),
            (None, Some(_)) => (false, true),
            (None, None) => return (both, either),
        };
        if mine {
            a.next();
        }
        if theirs {
            b.next();
        }
        both += u64::from(mine && theirs);
        either += 1;
    }
}

/// A part of a whole that is not nothing, compared exactly.
#[derive(Clone, Copy, Debug)]
struct Share {
    both: u64,
    either: u64,
}

impl Share {
    fn percent(self) -> u64 {
        (100 * self.both).checked_div(self.either).unwrap_or(0)
    }
}

impl Ord for Share {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.both * other.either).cmp(&(other.both * self.either))
    }
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Share {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Share {}
