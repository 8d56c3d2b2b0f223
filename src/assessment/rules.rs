//! The decision: a pure function of a plan's rule and the observations.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::model::{Explanation, Fact, Requirement, Rule, StatementOutcome, Uncounted};

/// Applies `rule` to the observations of each of `statements`. The order of
/// `facts` does not matter.
#[must_use]
pub fn decide(rule: Rule, statements: &[Uuid], facts: &[Fact]) -> Explanation {
    let statements: Vec<_> = statements
        .iter()
        .map(|id| outcome(rule, *id, facts))
        .collect();
    Explanation {
        rule,
        complete: statements.iter().all(|s| s.met),
        statements,
    }
}

fn outcome(rule: Rule, statement: Uuid, facts: &[Fact]) -> StatementOutcome {
    let mut own: Vec<_> = facts.iter().filter(|f| f.statement == statement).collect();
    own.sort_by_key(|f| f.id);
    let mut counted = Vec::new();
    let mut uncounted = Vec::new();
    let mut assessors = BTreeSet::new();
    for fact in own {
        match reason_not_to_count(rule, fact) {
            Some(reason) => uncounted.push(Uncounted {
                observation: fact.id,
                reason,
            }),
            None => {
                counted.push(fact.id);
                assessors.insert(fact.assessor);
            }
        }
    }
    let requirements = vec![
        requirement(
            "OBSERVATIONS",
            "observation",
            rule.min_observations,
            counted.len(),
        ),
        requirement(
            "ASSESSORS",
            "different assessor",
            rule.min_assessors,
            assessors.len(),
        ),
    ];
    StatementOutcome {
        statement,
        met: requirements.iter().all(|r| r.met),
        counted,
        uncounted,
        requirements,
    }
}

fn reason_not_to_count(rule: Rule, fact: &Fact) -> Option<String> {
    if fact.rating < rule.lowest_rating {
        return Some(format!(
            "rated {}, and the plan counts ratings from {}",
            fact.rating, rule.lowest_rating
        ));
    }
    (rule.evidence_required && !fact.has_evidence)
        .then(|| "without evidence, which the plan requires".to_owned())
}

fn requirement(name: &str, noun: &str, needed: i32, found: usize) -> Requirement {
    let found = i32::try_from(found).unwrap_or(i32::MAX);
    let met = found >= needed;
    let plural = if needed == 1 { "" } else { "s" };
    let counts = format!("{found} of {needed} {noun}{plural} that count");
    Requirement {
        name: name.to_owned(),
        needed,
        found,
        met,
        text: if met {
            counts
        } else {
            format!("{counts}: {} more needed", needed - found)
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RULE: Rule = Rule {
        min_observations: 2,
        min_assessors: 2,
        lowest_rating: 3,
        evidence_required: true,
    };

    fn fact(id: u128, assessor: u128, rating: i32, has_evidence: bool) -> Fact {
        Fact {
            id: Uuid::from_u128(id),
            statement: Uuid::from_u128(1),
            assessor: Uuid::from_u128(assessor),
            rating,
            has_evidence,
        }
    }

    fn decided(facts: &[Fact]) -> StatementOutcome {
        let mut explanation = decide(RULE, &[Uuid::from_u128(1)], facts);
        let outcome = explanation.statements.remove(0);
        assert_eq!(explanation.complete, outcome.met);
        outcome
    }

    #[test]
    fn two_good_observations_by_two_assessors_meet_the_rule() {
        let outcome = decided(&[fact(1, 10, 3, true), fact(2, 11, 4, true)]);
        assert!(outcome.met);
        assert_eq!(outcome.counted.len(), 2);
    }

    #[test]
    fn one_assessor_twice_is_not_two_assessors() {
        let outcome = decided(&[fact(1, 10, 3, true), fact(2, 10, 4, true)]);
        assert!(!outcome.met);
        assert_eq!(
            outcome.requirements[1].text,
            "1 of 2 different assessors that count: 1 more needed"
        );
    }

    #[test]
    fn low_ratings_and_missing_evidence_do_not_count_and_say_so() {
        let outcome = decided(&[fact(1, 10, 2, true), fact(2, 11, 4, false)]);
        assert!(!outcome.met && outcome.counted.is_empty());
        assert_eq!(
            outcome.uncounted[0].reason,
            "rated 2, and the plan counts ratings from 3"
        );
        assert!(outcome.uncounted[1].reason.contains("evidence"));
    }

    #[test]
    fn no_statement_is_never_met_without_observations() {
        assert!(!decided(&[]).met);
    }

    proptest! {
        #[test]
        fn order_does_not_matter_and_each_observation_is_told(
            raw in proptest::collection::vec((0u128..4, 1i32..=4, any::<bool>()), 0..12),
            seed in any::<u64>(),
        ) {
            let facts: Vec<_> = (1u128..).zip(&raw).map(|(i, (a, r, e))| fact(i, *a, *r, *e)).collect();
            let outcome = decided(&facts);
            prop_assert_eq!(outcome.counted.len() + outcome.uncounted.len(), facts.len());
            let mut shuffled = facts;
            let len = shuffled.len().max(1);
            shuffled.rotate_left(usize::try_from(seed % 97).unwrap() % len);
            shuffled.reverse();
            prop_assert_eq!(decided(&shuffled), outcome);
        }

        #[test]
        fn another_observation_never_unmeets(
            raw in proptest::collection::vec((0u128..4, 1i32..=4, any::<bool>()), 1..12),
        ) {
            let facts: Vec<_> = (1u128..).zip(&raw).map(|(i, (a, r, e))| fact(i, *a, *r, *e)).collect();
            let fewer = decided(&facts[..facts.len() - 1]);
            if fewer.met {
                prop_assert!(decided(&facts).met);
            }
        }
    }
}
