use super::*;
use crate::assessment::model::Agreement;

fn two_of_each() -> Rule {
    Rule {
        min_observations: 2,
        min_assessors: 2,
        evidence_required: true,
        ..Rule::default()
    }
}

fn causes(outcome: &StatementOutcome) -> Vec<Cause> {
    outcome.uncounted.iter().map(|u| u.cause.unwrap()).collect()
}

#[test]
fn two_good_observations_by_two_assessors_meet_the_rule() {
    let outcome = outcome(&two_of_each(), &case(&[fact(1, 10), fact(2, 11)]));
    assert!(outcome.met);
    assert_eq!(outcome.counted, [id(1), id(2)]);
    assert_eq!(
        outcome.requirements[0].text,
        "2 of 2 observations that count"
    );
}

#[test]
fn one_assessor_twice_is_not_two_assessors() {
    let outcome = outcome(&two_of_each(), &case(&[fact(1, 10), fact(2, 10)]));
    assert!(!outcome.met);
    assert_eq!(
        outcome.requirements[1].text,
        "1 of 2 different assessors that count: 1 more needed"
    );
}

#[test]
fn nothing_observed_is_never_enough() {
    let outcome = outcome(&Rule::default(), &case(&[]));
    assert!(!outcome.met);
    assert_eq!(
        outcome.requirements[0].text,
        "0 of 1 observation that count: 1 more needed"
    );
    let empty = PlanContent {
        statements: Vec::new(),
        ..plan()
    };
    assert!(!decide(&empty, &case(&[])).complete);
}

#[test]
fn what_does_not_count_says_why() {
    let rule = Rule {
        window_days: Some(30),
        ..two_of_each()
    };
    let mut facts: Vec<_> = (1..=6).map(|n| fact(n, n)).collect();
    facts[0].rating = 2;
    facts[1].evidence.clear();
    facts[2].observed_at = NOW - 30 * DAY - 1;
    facts[3].observed_at = NOW + 1;
    facts[4].method = Some(Method::Portfolio);
    facts[5].supersedes = Some(id(7));
    facts.push(fact(7, 6));
    let outcome = outcome(&rule, &case(&facts));
    assert_eq!(outcome.counted, [id(6)]);
    assert_eq!(
        causes(&outcome),
        [
            Cause::Rating,
            Cause::Evidence,
            Cause::Window,
            Cause::Future,
            Cause::Method,
            Cause::Superseded,
        ]
    );
    let reasons: Vec<_> = outcome.uncounted.iter().map(|u| &u.reason).collect();
    for (reason, part) in reasons.iter().zip([
        "rated 2, and the plan counts ratings from 3",
        "without evidence",
        "more than 30 days before",
        "after the moment of the decision",
        "by the method PORTFOLIO",
        "corrected by a later observation",
    ]) {
        assert!(reason.contains(part), "{reason}");
    }
}

#[test]
fn the_window_and_the_moment_of_decision_belong_to_it() {
    let rule = Rule {
        window_days: Some(30),
        ..Rule::default()
    };
    for at in [NOW - 30 * DAY, NOW] {
        let mut edge = fact(1, 10);
        edge.observed_at = at;
        assert!(outcome(&rule, &case(&[edge])).met, "{at}");
    }
}

#[test]
fn an_observation_without_a_method_counts_under_any_plan() {
    let mut old = fact(1, 10);
    old.method = None;
    assert!(outcome(&Rule::default(), &case(&[old])).met);
}

#[test]
fn of_a_chain_of_corrections_the_last_counts() {
    let (first, mut second, mut third) = (fact(1, 10), fact(2, 10), fact(3, 10));
    second.supersedes = Some(id(1));
    second.rating = 1;
    third.supersedes = Some(id(2));
    let outcome = outcome(&Rule::default(), &case(&[third, first, second]));
    assert_eq!(outcome.counted, [id(3)]);
    assert_eq!(causes(&outcome), [Cause::Superseded, Cause::Superseded]);
}

#[test]
fn nobody_corrects_what_others_saw_or_what_was_seen_elsewhere() {
    let mut by_another = fact(2, 11);
    by_another.supersedes = Some(id(1));
    let mut elsewhere = fact(3, 10);
    elsewhere.statement = id(2);
    elsewhere.supersedes = Some(id(1));
    let mut itself = fact(4, 12);
    itself.supersedes = Some(id(4));
    let case = case(&[fact(1, 10), by_another, elsewhere, itself]);
    assert_eq!(
        outcome(&Rule::default(), &case).counted,
        [id(1), id(2), id(4)]
    );
}

#[test]
fn each_required_kind_of_evidence_is_looked_for() {
    let rule = Rule {
        evidence_kinds: vec![EvidenceKind::Url, EvidenceKind::File],
        ..Rule::default()
    };
    let mut low = fact(2, 11);
    low.evidence = BTreeSet::from([EvidenceKind::File]);
    low.rating = 1;
    let without = outcome(&rule, &case(&[fact(1, 10), low.clone()]));
    assert!(!without.met);
    let kinds: Vec<_> = without.requirements.iter().skip(2).collect();
    assert!(kinds[0].met && !kinds[1].met);
    assert!(kinds[1].text.contains("FILE"), "{}", kinds[1].text);
    low.rating = 4;
    assert!(outcome(&rule, &case(&[fact(1, 10), low])).met);
}

#[test]
fn a_majority_is_more_than_half_and_unanimity_is_all() {
    let by = |agreement| Rule {
        agreement,
        ..Rule::default()
    };
    let rated = |ratings: &[i32]| {
        let facts: Vec<_> = (1..)
            .zip(ratings)
            .map(|(n, rating)| Fact {
                rating: *rating,
                ..fact(n, n)
            })
            .collect();
        case(&facts)
    };
    for (ratings, majority, unanimous) in [
        (vec![3], true, true),
        (vec![3, 2], false, false),
        (vec![3, 2, 4], true, false),
        (vec![3, 3, 4], true, true),
        (vec![2, 2], false, false),
        (vec![], false, false),
    ] {
        let case = rated(&ratings);
        let met = |agreement| named(&outcome(&by(agreement), &case), "AGREEMENT").met;
        assert_eq!(met(Agreement::Majority), majority, "{ratings:?}");
        assert_eq!(met(Agreement::Unanimous), unanimous, "{ratings:?}");
    }
    let split = outcome(&by(Agreement::Majority), &rated(&[3, 2]));
    assert_eq!(
        named(&split, "AGREEMENT").text,
        "1 of 2 assessors rated it 3 or higher: more than half must, by their latest ratings"
    );
}

#[test]
fn assessors_are_heard_with_their_latest_rating_in_the_window() {
    let rule = Rule {
        agreement: Agreement::Unanimous,
        window_days: Some(30),
        ..Rule::default()
    };
    let rated = |own, assessor, rating, days| Fact {
        rating,
        observed_at: NOW - days * DAY,
        ..fact(own, assessor)
    };
    let agree = |facts: &[Fact]| named(&outcome(&rule, &case(facts)), "AGREEMENT").met;
    assert!(agree(&[rated(1, 10, 1, 9), rated(2, 10, 3, 8)]));
    assert!(!agree(&[rated(1, 10, 1, 7), rated(2, 10, 3, 8)]));
    assert!(agree(&[rated(1, 10, 3, 9), rated(2, 11, 1, 31)]));
    let mut bare = rated(2, 10, 1, 1);
    bare.evidence.clear();
    assert!(!agree(&[rated(1, 10, 3, 9), bare]));
}

#[test]
fn sign_off_is_by_someone_who_observed_nothing() {
    let rule = Rule {
        sign_off: true,
        ..Rule::default()
    };
    let signed = |signer: Option<u128>| {
        let case = Case {
            signer: signer.map(id),
            ..case(&[fact(1, 10)])
        };
        let outcome = outcome(&rule, &case);
        (outcome.met, named(&outcome, "SIGN_OFF").text.clone())
    };
    assert!(signed(Some(99)).0);
    for signer in [None, Some(10)] {
        let (met, text) = signed(signer);
        assert!(!met && text.contains("needs the sign-off"), "{text}");
    }
}

#[test]
fn statements_are_told_in_the_order_of_the_plan_each_with_its_own() {
    let mut other = fact(2, 10);
    other.statement = id(2);
    other.rating = 1;
    let mut foreign = fact(3, 10);
    foreign.statement = id(3);
    let plan = PlanContent {
        statements: vec![id(2), id(1)],
        ..plan()
    };
    let told = decide(&plan, &case(&[fact(1, 10), other, foreign]));
    assert!(!told.complete);
    let met: Vec<_> = told
        .statements
        .iter()
        .map(|s| (s.statement, s.met))
        .collect();
    assert_eq!(met, [(id(2), false), (id(1), true)]);
    assert_eq!(told.as_of, Some(NOW));
}
