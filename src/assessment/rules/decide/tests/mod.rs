mod examples;
mod properties;
mod stored;

use std::collections::BTreeSet;

use uuid::Uuid;

use super::decide;
use crate::assessment::{
    model::{
        Case, Cause, EvidenceKind, Explanation, Fact, Method, PlanContent, Requirement, Rule,
        StatementOutcome,
    },
    rules::check_plan::tests::plan,
};

const DAY: i64 = 86_400_000;
const NOW: i64 = 1_000 * DAY;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// A good observation of the first statement, with a link, a day before the decision.
fn fact(own: u128, assessor: u128) -> Fact {
    Fact {
        id: id(own),
        statement: id(1),
        assessor: id(assessor),
        rating: 3,
        method: Some(Method::Observation),
        evidence: BTreeSet::from([EvidenceKind::Url]),
        observed_at: NOW - DAY,
        supersedes: None,
    }
}

/// A plan of one statement under `rule`.
fn under(rule: Rule) -> PlanContent {
    PlanContent {
        statements: vec![id(1)],
        rule,
        ..plan()
    }
}

fn case(observations: &[Fact]) -> Case {
    Case {
        observations: observations.to_vec(),
        as_of: NOW,
        signer: None,
    }
}

/// The outcome of the one statement of a plan under `rule`.
fn outcome(rule: &Rule, case: &Case) -> StatementOutcome {
    let mut explanation = decide(&under(rule.clone()), case);
    let outcome = explanation.statements.remove(0);
    assert_eq!(explanation.complete, outcome.met);
    outcome
}

fn named<'a>(outcome: &'a StatementOutcome, name: &str) -> &'a Requirement {
    outcome
        .requirements
        .iter()
        .find(|r| r.name == name)
        .unwrap()
}
