use proptest::{collection, option, prelude::*, sample};

use super::*;
use crate::assessment::model::Agreement;

/// A rule of any kind.
fn rules() -> impl Strategy<Value = Rule> {
    (
        (1i32..4, 1i32..4, 1i32..=4, any::<bool>()),
        collection::btree_set(sample::select(EvidenceKind::ALL), 0..3),
        (
            option::of(1i32..20),
            any::<bool>(),
            sample::select(Agreement::ALL),
        ),
    )
        .prop_map(
            |((observations, assessors, lowest, evidence), kinds, rest)| {
                let (window_days, sign_off, agreement) = rest;
                Rule {
                    min_observations: observations,
                    min_assessors: assessors,
                    lowest_rating: lowest,
                    evidence_required: evidence,
                    evidence_kinds: kinds.into_iter().collect(),
                    window_days,
                    sign_off,
                    agreement,
                }
            },
        )
}

/// Observations of the statement by assessors 0 to 3, with the ids 1, 2, 3 and so on; some
/// correct, or claim to correct, an earlier one.
fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let one = (
        0u128..4,
        1i32..=4,
        option::of(sample::select(
            &[Method::Observation, Method::Portfolio][..],
        )),
        collection::btree_set(sample::select(EvidenceKind::ALL), 0..3),
        -1i64..25,
        option::weighted(0.3, any::<sample::Index>()),
    );
    collection::vec(one, 0..12).prop_map(|raw| {
        let facts = (0usize..).zip(raw).map(|(n, raw)| {
            let (assessor, rating, method, evidence, days, supersedes) = raw;
            Fact {
                id: id(n as u128 + 1),
                statement: id(1),
                assessor: id(assessor),
                rating,
                method,
                evidence,
                observed_at: NOW - days * DAY,
                supersedes: supersedes
                    .filter(|_| n > 0)
                    .map(|i| id(i.index(n) as u128 + 1)),
            }
        });
        facts.collect()
    })
}

/// The observers of [`facts`], and one who observed nothing.
fn signers() -> impl Strategy<Value = Option<Uuid>> {
    option::of((0u128..5).prop_map(id))
}

fn signed(observations: Vec<Fact>, signer: Option<Uuid>) -> Case {
    Case {
        observations,
        as_of: NOW,
        signer,
    }
}

/// For each requirement, in their fixed order, whether it is met.
fn met(outcome: &StatementOutcome) -> Vec<bool> {
    outcome.requirements.iter().map(|r| r.met).collect()
}

fn in_window(rule: &Rule, fact: &Fact) -> bool {
    let from = rule
        .window_days
        .map_or(i64::MIN, |d| NOW - i64::from(d) * DAY);
    (from..=NOW).contains(&fact.observed_at)
}

proptest! {
    #[test]
    fn order_does_not_matter(
        (rule, signer) in (rules(), signers()),
        (facts, shuffled) in facts().prop_flat_map(|f| (Just(f.clone()), Just(f).prop_shuffle())),
    ) {
        let plan = under(rule);
        let told = decide(&plan, &signed(facts, signer));
        let again = decide(&plan, &signed(shuffled, signer));
        prop_assert_eq!(
            serde_json::to_string(&told).unwrap(),
            serde_json::to_string(&again).unwrap()
        );
    }

    #[test]
    fn the_same_case_is_decided_alike_and_told_in_full(
        rule in rules(), facts in facts(), signer in signers(),
    ) {
        let case = signed(facts, signer);
        let told = outcome(&rule, &case);
        prop_assert_eq!(&outcome(&rule, &case), &told);
        let mut named: Vec<_> = told.uncounted.iter().map(|u| u.observation).collect();
        named.extend(&told.counted);
        named.sort();
        let all: Vec<_> = case.observations.iter().map(|f| f.id).collect();
        prop_assert_eq!(named, all);
        prop_assert!(told.uncounted.iter().all(|u| !u.reason.is_empty()));
    }

    /// A new observation, good or bad, takes nothing away that was met, but for two: a low rating
    /// in the window may end agreement, and whoever signs off cannot observe as well.
    #[test]
    fn another_observation_unmeets_nothing_but_by_a_low_rating_in_the_window(
        rule in rules(), mut facts in facts(), signer in signers(), added in facts(),
    ) {
        let before = outcome(&rule, &signed(facts.clone(), signer));
        let Some(mut new) = added.into_iter().next() else { return Ok(()) };
        new.id = id(1_000);
        new.supersedes = None;
        let low = new.rating < rule.lowest_rating && in_window(&rule, &new);
        let own = signer == Some(new.assessor);
        facts.push(new);
        let after = outcome(&rule, &signed(facts, signer));
        for (was, is) in before.requirements.iter().zip(&after.requirements) {
            let excused = (was.name == "AGREEMENT" && low) || (was.name == "SIGN_OFF" && own);
            prop_assert!(is.met || !was.met || excused, "{was:?} became {is:?}");
        }
        if !low && !own {
            prop_assert!(after.met || !before.met);
        }
    }

    #[test]
    fn more_evidence_unmeets_nothing(
        rule in rules(), facts in facts(), signer in signers(),
        which in any::<sample::Index>(), kind in sample::select(EvidenceKind::ALL),
    ) {
        prop_assume!(!facts.is_empty());
        let before = met(&outcome(&rule, &signed(facts.clone(), signer)));
        let mut more = facts;
        let at = which.index(more.len());
        more[at].evidence.insert(kind);
        let after = met(&outcome(&rule, &signed(more, signer)));
        prop_assert!(before.iter().zip(&after).all(|(was, is)| *is || !*was));
    }

    #[test]
    fn whatever_is_not_met_is_told_with_what_is_missing(
        rule in rules(), facts in facts(), signer in signers(),
    ) {
        let told = outcome(&rule, &signed(facts, signer));
        prop_assert_eq!(told.met, told.requirements.iter().all(|r| r.met));
        let mut wanted = vec!["OBSERVATIONS", "ASSESSORS"];
        wanted.extend(rule.evidence_kinds.iter().map(|_| "EVIDENCE_KIND"));
        wanted.extend((rule.agreement != Agreement::None).then_some("AGREEMENT"));
        wanted.extend(rule.sign_off.then_some("SIGN_OFF"));
        let names: Vec<_> = told.requirements.iter().map(|r| r.name.as_str()).collect();
        prop_assert_eq!(names, wanted);
        for r in &told.requirements {
            prop_assert_eq!(r.met, r.found >= r.needed);
            let says_missing = ["needed", "must", "needs"].iter().any(|w| r.text.contains(w));
            prop_assert_eq!(says_missing, !r.met, "{}", r.text);
        }
    }

    /// What was corrected has no more weight than if it had never been recorded, but that whoever
    /// recorded it observed.
    #[test]
    fn what_was_corrected_does_not_weigh(rule in rules(), facts in facts()) {
        let told = outcome(&rule, &signed(facts.clone(), None));
        let gone: Vec<_> = told
            .uncounted
            .iter()
            .filter(|u| u.cause == Some(Cause::Superseded))
            .map(|u| u.observation)
            .collect();
        for later in &facts {
            let own = |f: &&Fact| Some(f.id) == later.supersedes && f.assessor == later.assessor;
            let corrected = facts.iter().find(own).map(|f| f.id);
            prop_assert!(corrected.is_none_or(|id| gone.contains(&id)));
        }
        let left = facts.into_iter().filter(|f| !gone.contains(&f.id)).collect();
        let without = outcome(&rule, &signed(left, None));
        prop_assert_eq!(without.requirements, told.requirements);
        prop_assert_eq!(without.counted, told.counted);
    }
}
