//! A learner's demonstrations, sorted by what they count for.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use uuid::Uuid;

use super::level::{Held, Standing, StatementStanding};

/// A learner's demonstrations, by statement of the target.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) best: HashMap<Uuid, StatementStanding>,
    pub(super) waiting: HashMap<Uuid, Uuid>,
    pub(super) plans: HashMap<Uuid, BTreeSet<Uuid>>,
}

impl Gathered {
    pub(super) fn add(&mut self, statement: Uuid, one: &Held, at: Timestamp) {
        let plans = self.plans.entry(statement).or_default();
        plans.insert(one.plan_version);
        let standing = match (one.holds(at), one.statement == statement) {
            (false, _) => Standing::Expired,
            (true, false) => Standing::CarriedOver,
            (true, true) => Standing::Demonstrated,
        };
        let found = StatementStanding {
            statement,
            standing,
            demonstration: Some(one.id),
            valid_until: one.valid_until,
            waiting: None,
        };
        let best = self.best.entry(statement).or_insert(found);
        if strength(&found) > strength(best) {
            *best = found;
        }
    }

    pub(super) fn standing(&self, statement: Uuid) -> StatementStanding {
        let mut standing = self
            .best
            .get(&statement)
            .copied()
            .unwrap_or(StatementStanding {
                statement,
                standing: Standing::Missing,
                demonstration: None,
                valid_until: None,
                waiting: None,
            });
        if !standing.standing.counts() {
            standing.waiting = self.waiting.get(&statement).copied();
        }
        standing
    }
}

/// More is stronger: what was demonstrated itself before what carried over, then what holds
/// longest, then what came last.
fn strength(s: &StatementStanding) -> (Standing, bool, Option<Timestamp>, Option<Uuid>) {
    let endless = s.valid_until.is_none();
    (s.standing, endless, s.valid_until, s.demonstration)
}
