use uuid::Uuid;

use super::*;
use crate::assessment::model::{Descriptor, EvidenceKind, Method, ScaleRating};

/// A plain plan of two statements.
pub(in crate::assessment::rules) fn plan() -> PlanContent {
    PlanContent {
        statements: vec![Uuid::from_u128(1), Uuid::from_u128(2)],
        methods: vec![Method::Observation],
        scale: Scale::default(),
        criteria: Vec::new(),
        rule: Rule::default(),
        validity_days: None,
        suspendable: false,
        attainment: Attainment::default(),
    }
}

/// The problems after `change`, as `field CODE` without the `input.` of each.
fn told(change: impl FnOnce(&mut PlanContent)) -> Vec<String> {
    let mut changed = plan();
    change(&mut changed);
    let told = check_plan(&changed).into_iter().map(|p| {
        let field = p.field.strip_prefix("input.").unwrap();
        format!("{field} {}", p.code)
    });
    told.collect()
}

#[test]
fn a_plain_plan_and_a_full_one_are_fine() {
    assert_eq!(check_plan(&plan()), []);
    let full = |p: &mut PlanContent| {
        p.methods = Method::ALL.to_vec();
        p.scale = Scale::of(&["No", "Yes"]);
        p.criteria = vec![Criterion {
            key: "client-safety".to_owned(),
            name: "Safety of the client".to_owned(),
            descriptors: vec![Descriptor {
                rating: 2,
                text: "Asks before each step.".to_owned(),
            }],
        }];
        p.rule.lowest_rating = 2;
        p.rule.evidence_kinds = EvidenceKind::ALL.to_vec();
        p.rule.window_days = Some(365);
        p.validity_days = Some(36_500);
        p.attainment = Attainment {
            kind: AttainmentKind::Count,
            count: Some(2),
            percent: None,
            essentials: vec![Uuid::from_u128(2)],
        };
    };
    assert_eq!(told(full), Vec::<String>::new());
}

#[test]
fn statements_and_methods_are_given_and_each_once() {
    assert_eq!(told(|p| p.statements.clear()), ["statementIds BAD_LENGTH"]);
    let many = |p: &mut PlanContent| p.statements = (0..201).map(Uuid::from_u128).collect();
    assert_eq!(told(many), ["statementIds BAD_LENGTH"]);
    let twice = |p: &mut PlanContent| p.statements.push(Uuid::from_u128(1));
    assert_eq!(told(twice), ["statementIds DUPLICATE"]);
    assert_eq!(told(|p| p.methods.clear()), ["methods REQUIRED"]);
    let twice = |p: &mut PlanContent| p.methods.push(Method::Observation);
    assert_eq!(told(twice), ["methods DUPLICATE"]);
}

#[test]
fn a_scale_counts_from_one_with_different_labels() {
    let low = |p: &mut PlanContent| {
        p.scale = Scale::of(&["Only"]);
        p.rule.lowest_rating = 1;
    };
    assert_eq!(told(low), ["scale BAD_LENGTH"]);
    let gap = |p: &mut PlanContent| p.scale.ratings[3].value = 7;
    assert_eq!(told(gap), ["scale.3.value OUT_OF_ORDER"]);
    let same = |p: &mut PlanContent| p.scale = Scale::of(&["A", "A", "B"]);
    assert_eq!(told(same), ["scale DUPLICATE"]);
    let lines = |p: &mut PlanContent| {
        p.scale.ratings.push(ScaleRating {
            value: 5,
            label: "Two\nlines".to_owned(),
        });
    };
    assert_eq!(told(lines), ["scale.4.label BAD_TEXT"]);
}

#[test]
fn a_rubric_has_keys_and_describes_ratings_of_the_scale() {
    let rubric = |p: &mut PlanContent| {
        let descriptor = |rating, text: &str| Descriptor {
            rating,
            text: text.to_owned(),
        };
        let criterion = |key: &str, descriptors| Criterion {
            key: key.to_owned(),
            name: "A name".to_owned(),
            descriptors,
        };
        p.criteria = vec![
            criterion(
                "speed",
                vec![descriptor(3, "Fast."), descriptor(3, "Faster.")],
            ),
            criterion("speed", vec![descriptor(9, " ")]),
            criterion("No Key", Vec::new()),
        ];
    };
    assert_eq!(
        told(rubric),
        [
            "criteria DUPLICATE",
            "criteria.0.descriptors DUPLICATE",
            "criteria.1.descriptors.0.rating OUT_OF_RANGE",
            "criteria.1.descriptors.0.text BAD_LENGTH",
            "criteria.2.key BAD_KEY",
        ]
    );
}

#[test]
fn a_rule_can_be_met() {
    let more = |p: &mut PlanContent| p.rule.min_assessors = 2;
    assert_eq!(told(more), ["rule.minAssessors OUT_OF_RANGE"]);
    let high = |p: &mut PlanContent| p.rule.lowest_rating = 5;
    assert_eq!(told(high), ["rule.lowestRating OUT_OF_RANGE"]);
    let zeros = |p: &mut PlanContent| {
        p.rule.min_observations = 0;
        p.rule.min_assessors = 0;
        p.rule.window_days = Some(0);
        p.validity_days = Some(0);
    };
    assert_eq!(
        told(zeros),
        [
            "rule.minObservations OUT_OF_RANGE",
            "rule.minAssessors OUT_OF_RANGE",
            "rule.windowDays OUT_OF_RANGE",
            "validityDays OUT_OF_RANGE",
        ]
    );
}

#[test]
fn attainment_has_the_number_that_its_kind_wants_and_no_other() {
    let of = |kind, count, percent| {
        told(move |p| {
            p.attainment.kind = kind;
            p.attainment.count = count;
            p.attainment.percent = percent;
        })
    };
    assert_eq!(
        of(AttainmentKind::All, Some(1), Some(1)),
        [
            "attainment.count NOT_WANTED",
            "attainment.percent NOT_WANTED"
        ]
    );
    assert_eq!(
        of(AttainmentKind::Count, None, None),
        ["attainment.count REQUIRED"]
    );
    assert_eq!(
        of(AttainmentKind::Count, Some(3), None),
        ["attainment.count OUT_OF_RANGE"]
    );
    assert_eq!(
        of(AttainmentKind::Share, None, Some(101)),
        ["attainment.percent OUT_OF_RANGE"]
    );
    let foreign = |p: &mut PlanContent| p.attainment.essentials = vec![Uuid::from_u128(9)];
    assert_eq!(told(foreign), ["attainment.essentialIds NOT_IN_PLAN"]);
}

#[test]
fn the_smallest_stored_content_is_read_with_the_defaults() {
    let stored = r#"{"methods":["OBSERVATION"],"rule":{"evidenceRequired":false,
        "lowestRating":3,"minAssessors":1,"minObservations":1},
        "statements":["00000000-0000-0000-0000-000000000001",
        "00000000-0000-0000-0000-000000000002"],"suspendable":false}"#;
    assert_eq!(serde_json::from_str::<PlanContent>(stored).unwrap(), plan());
}
