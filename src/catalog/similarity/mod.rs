//! What two occupations have in common: anchors by set operations, statements by their words.
//!
//! Nothing here knows where the two come from, so that the same operations can tell what one holds
//! of what another asks for.

pub mod sets;
#[cfg(test)]
mod tests;
mod words;

use crate::catalog::profile::{Anchor, AnchorKind};

pub use words::{ANCHOR_WEIGHT, Likeness, Pair, Subject, THRESHOLD, alike};

/// How occupations are compared, in words for people.
pub const METHOD: &str = "Anchors: two are the same when they are of one kind and their texts are the same, letter case and spacing aside. Of each occupation those of its newest published profile count, or, where it has none with anchors, those that are selected from the O*NET tables. Statements: the newest version of each family is compared with the other occupation's, level by level, by family and ordinal; a provider's own frameworks are not. The score of two statements is the share, in percent and rounded down, of the words that both hold among those that either holds (the Jaccard index): words by their stems, each once, without those that say too little, such as \"the\". Where both name anchors, anchors count like words, each as three. The pairs that score highest are taken first, each statement in one pair at most; with 35 or more they are alike.";

/// What makes two anchors the same: their kind, and their text, letter case and spacing aside.
/// Published profiles need not give ids, and releases of one database number tasks anew.
#[must_use]
pub fn anchor_key(anchor: &Anchor) -> (AnchorKind, String) {
    let words: Vec<&str> = anchor.text.split_whitespace().collect();
    (anchor.kind, words.join(" ").to_lowercase())
}

/// The anchors of one kind that two occupations have, in the order of the occupation whose they
/// are; what both have, in the order of the first.
#[derive(Debug, Clone, PartialEq)]
pub struct AnchorSets<'a> {
    /// The kind.
    pub kind: AnchorKind,
    /// Anchors of both: the first's, and the second's, which may be as important in another measure.
    pub shared: Vec<(&'a Anchor, &'a Anchor)>,
    /// Anchors of the first only.
    pub only_a: Vec<&'a Anchor>,
    /// Anchors of the second only.
    pub only_b: Vec<&'a Anchor>,
}

/// Compares the anchors of two occupations, kind by kind.
#[must_use]
pub fn anchors<'a>(a: &'a [Anchor], b: &'a [Anchor]) -> Vec<AnchorSets<'a>> {
    let (shared, only_a, only_b) = (
        sets::intersection(a, b, anchor_key),
        sets::difference(a, b, anchor_key),
        sets::difference(b, a, anchor_key),
    );
    let of = |all: &[&'a Anchor], kind| {
        let all = all.iter().copied();
        all.filter(|anchor| anchor.kind == kind).collect()
    };
    let kinds = AnchorKind::ALL.iter().copied();
    kinds
        .map(|kind| AnchorSets {
            kind,
            shared: shared
                .iter()
                .copied()
                .filter(|(a, _)| a.kind == kind)
                .collect(),
            only_a: of(&only_a, kind),
            only_b: of(&only_b, kind),
        })
        .collect()
}
