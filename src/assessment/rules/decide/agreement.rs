//! Whether the assessors of a statement agree.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::assessment::model::{Cause, Fact};

/// Each assessor's latest word on a statement. Heard are the observations that count, and those
/// that fail by their low rating alone or lack evidence besides: what speaks against a learner is
/// not passed over for want of evidence.
#[derive(Default)]
pub(super) struct Heard {
    /// By assessor: when they observed, the observation, and whether it counts.
    latest: BTreeMap<Uuid, (i64, Uuid, bool)>,
}

impl Heard {
    /// Takes note of `fact`, which counts unless there is a cause for which it does not.
    pub(super) fn listen(&mut self, fact: &Fact, why_not: Option<Cause>) {
        if !matches!(why_not, None | Some(Cause::Rating)) {
            return;
        }
        let word = (fact.observed_at, fact.id, why_not.is_none());
        self.latest
            .entry(fact.assessor)
            .and_modify(|last| *last = word.max(*last))
            .or_insert(word);
    }

    /// How many assessors were heard.
    pub(super) fn assessors(&self) -> usize {
        self.latest.len()
    }

    /// How many of them rated it high enough.
    pub(super) fn in_favour(&self) -> usize {
        self.latest.values().filter(|(_, _, good)| *good).count()
    }
}
