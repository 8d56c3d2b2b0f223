//! Which observations count, and why others do not.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::Court;
use crate::assessment::model::{Cause, Fact};

const MILLIS_A_DAY: i64 = 86_400_000;

/// The observations that another one corrects. A correction is by the same assessor, of the same
/// statement; anything else that names another observation corrects nothing.
pub(super) fn superseded(facts: &[Fact]) -> BTreeSet<Uuid> {
    let correcting: Vec<_> = facts.iter().filter(|f| f.supersedes.is_some()).collect();
    if correcting.is_empty() {
        return BTreeSet::new();
    }
    let by_id: BTreeMap<_, _> = facts.iter().map(|f| (f.id, f)).collect();
    let corrected = correcting.into_iter().filter_map(|later| {
        let earlier = by_id.get(&later.supersedes?)?;
        let is_own = earlier.id != later.id
            && earlier.assessor == later.assessor
            && earlier.statement == later.statement;
        is_own.then_some(earlier.id)
    });
    corrected.collect()
}

impl Court<'_> {
    /// Why `fact` does not count; `None` when it does. Of several causes the first in the order
    /// of [`Cause`] is told.
    pub(super) fn why_not(&self, fact: &Fact) -> Option<Cause> {
        let rule = &self.plan.rule;
        let unplanned = fact.method.is_some_and(|m| !self.plan.methods.contains(&m));
        let causes = [
            (self.superseded.contains(&fact.id), Cause::Superseded),
            (unplanned, Cause::Method),
            (fact.observed_at > self.as_of, Cause::Future),
            (self.is_too_old(fact), Cause::Window),
            (fact.rating < rule.lowest_rating, Cause::Rating),
            (
                rule.evidence_required && fact.evidence.is_empty(),
                Cause::Evidence,
            ),
        ];
        causes.iter().find(|(holds, _)| *holds).map(|(_, c)| *c)
    }

    fn is_too_old(&self, fact: &Fact) -> bool {
        self.plan.rule.window_days.is_some_and(|days| {
            let window = i64::from(days).saturating_mul(MILLIS_A_DAY);
            fact.observed_at < self.as_of.saturating_sub(window)
        })
    }

    /// `cause` in words.
    pub(super) fn in_words(&self, cause: Cause, fact: &Fact) -> String {
        let rule = &self.plan.rule;
        match cause {
            Cause::Superseded => "corrected by a later observation".to_owned(),
            Cause::Method => format!(
                "by the method {}, which the plan does not have",
                fact.method.map_or("unknown", |m| m.as_str())
            ),
            Cause::Future => "observed after the moment of the decision".to_owned(),
            Cause::Window => format!(
                "observed more than {} days before the decision, and the plan counts none so old",
                rule.window_days.unwrap_or_default()
            ),
            Cause::Rating => format!(
                "rated {}, and the plan counts ratings from {}",
                fact.rating, rule.lowest_rating
            ),
            Cause::Evidence => "without evidence, which the plan requires".to_owned(),
        }
    }
}
