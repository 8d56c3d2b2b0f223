//! All versions of a framework, and which of their statements count for which.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{
    compare::{CarryOver, Kind, Version, compare, wordings},
    target::Target,
};

/// A provider's word on whether demonstrations of one statement count for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// What was demonstrated.
    pub from: Uuid,
    /// What it counts for, or not.
    pub to: Uuid,
    /// Whether it does.
    pub accepted: bool,
}

/// What became of a statement, and which judgement of the provider's stands on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// What became of it.
    pub carry_over: CarryOver,
    /// For a reworded one, the judgement's place among those that were given.
    pub judgement: Option<usize>,
}

/// The versions of a framework with a provider's judgements on them.
///
/// A judgement is on two wordings: it stands for all versions that have them at that level, and
/// the last one on two wordings stands.
#[derive(Debug)]
pub struct Lineage<'a> {
    versions: Vec<Version<'a>>,
    /// By statement: the number of its wording.
    wording: HashMap<Uuid, usize>,
    /// By two wordings: the judgement that stands, and whether the first counts for the second.
    verdicts: HashMap<(usize, usize), (usize, bool)>,
}

impl<'a> Lineage<'a> {
    /// The `versions` of one framework with what was judged, oldest first. Judgements on
    /// statements of none of them do not matter.
    #[must_use]
    pub fn new(versions: Vec<Version<'a>>, judgements: &[Judgement]) -> Self {
        let mut numbers = HashMap::new();
        let mut wording = HashMap::new();
        for version in &versions {
            for (own, place) in wordings(version) {
                let next = numbers.len();
                wording.insert(place.id, *numbers.entry(own).or_insert(next));
            }
        }
        let mut verdicts = HashMap::new();
        for (place, j) in judgements.iter().enumerate() {
            if let (Some(from), Some(to)) = (wording.get(&j.from), wording.get(&j.to)) {
                verdicts.insert((*from, *to), (place, j.accepted));
            }
        }
        Self {
            versions,
            wording,
            verdicts,
        }
    }

    /// Its versions.
    #[must_use]
    pub fn versions(&self) -> &[Version<'a>] {
        &self.versions
    }

    /// One of its versions.
    #[must_use]
    pub fn version(&self, id: Uuid) -> Option<&Version<'a>> {
        self.versions.iter().find(|v| v.id == id)
    }

    /// One of its versions as a target; `None` when it is none of them.
    #[must_use]
    pub fn target(&self, version: Uuid) -> Option<Target<'a>> {
        Some(Target::new(self, self.version(version)?))
    }

    /// Whether two statements have the very same text at the same level.
    #[must_use]
    pub fn is_same(&self, one: Uuid, other: Uuid) -> bool {
        let wording = self.wording.get(&one);
        wording.is_some() && wording == self.wording.get(&other)
    }

    /// What became of each statement from one version to another, as [`compare`] tells it.
    #[must_use]
    pub fn changes(&self, old: &Version<'_>, new: &Version<'_>) -> Vec<Change> {
        let told = compare(old, new, &self.accepted(old, new)).into_iter();
        told.map(|carry_over| Change {
            judgement: match (carry_over.kind, carry_over.from, carry_over.to) {
                (Kind::Reworded, Some(from), Some(to)) => self.verdict(from, to).map(|v| v.0),
                _ => None,
            },
            carry_over,
        })
        .collect()
    }

    /// The pairs of statements of two versions that were accepted.
    fn accepted(&self, old: &Version<'_>, new: &Version<'_>) -> Vec<(Uuid, Uuid)> {
        let worded = |v: &Version<'_>| -> HashMap<usize, Uuid> {
            let known = v.statements.iter();
            known
                .filter_map(|p| Some((*self.wording.get(&p.id)?, p.id)))
                .collect()
        };
        let accepted = self.verdicts.iter().filter(|(_, (_, yes))| *yes);
        let accepted: Vec<_> = accepted.map(|(pair, _)| *pair).collect();
        if accepted.is_empty() {
            return Vec::new();
        }
        let (old, new) = (worded(old), worded(new));
        let pairs = accepted.iter();
        let mut pairs: Vec<_> = pairs
            .filter_map(|(from, to)| Some((*old.get(from)?, *new.get(to)?)))
            .collect();
        pairs.sort_unstable();
        pairs
    }

    /// The judgement that stands on two statements' wordings, and what it says.
    fn verdict(&self, from: Uuid, to: Uuid) -> Option<(usize, bool)> {
        let pair = (*self.wording.get(&from)?, *self.wording.get(&to)?);
        self.verdicts.get(&pair).copied()
    }

    /// By statement of any version: those of `version` that its demonstrations count for, itself
    /// or over any number of judgements; first the one with its very text.
    pub(super) fn counts_for(&self, version: &Version<'_>) -> HashMap<Uuid, Vec<Uuid>> {
        let mut before: HashMap<usize, Vec<usize>> = HashMap::new();
        for ((from, to), (_, accepted)) in &self.verdicts {
            if *accepted {
                before.entry(*to).or_default().push(*from);
            }
        }
        let mut statements: HashMap<usize, Vec<Uuid>> = HashMap::new();
        for (id, wording) in &self.wording {
            statements.entry(*wording).or_default().push(*id);
        }
        let mut counts: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for (_, place) in wordings(version) {
            let own = self.wording.get(&place.id).copied();
            let mut next: Vec<_> = own.into_iter().collect();
            let mut reached: HashSet<_> = next.iter().copied().collect();
            while let Some(wording) = next.pop() {
                for source in statements.get(&wording).into_iter().flatten() {
                    let all = counts.entry(*source).or_default();
                    let first = own == Some(wording);
                    all.insert(if first { 0 } else { all.len() }, place.id);
                }
                let sources = before.get(&wording).into_iter().flatten();
                next.extend(sources.copied().filter(|w| reached.insert(*w)));
            }
        }
        counts
    }
}
