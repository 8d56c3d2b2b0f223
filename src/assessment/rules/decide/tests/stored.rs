//! Decisions outlive the program that made them.

use super::*;

/// As decisions were stored before plans had versions.
const FIRST_FORM: &str = r#"{"rule":{"minObservations":2,"minAssessors":1,"lowestRating":3,
"evidenceRequired":true},"complete":false,"statements":[{
"statement":"00000000-0000-0000-0000-000000000001","met":false,
"counted":["00000000-0000-0000-0000-000000000007"],
"uncounted":[{"observation":"00000000-0000-0000-0000-000000000008",
"reason":"rated 2, and the plan counts ratings from 3"}],
"requirements":[{"name":"OBSERVATIONS","needed":2,"found":1,"met":false,
"text":"1 of 2 observations that count: 1 more needed"}]}]}"#;

#[test]
fn decisions_of_the_first_form_are_read() {
    let told: Explanation = serde_json::from_str(FIRST_FORM).unwrap();
    assert_eq!((told.as_of, told.signer), (None, None));
    assert_eq!(told.rule.min_observations, 2);
    assert!(!told.rule.sign_off && told.rule.evidence_kinds.is_empty());
    assert_eq!(told.statements[0].uncounted[0].cause, None);
}

/// A change of this text is a change of what decisions say: those on record would no longer be
/// repeated word for word.
#[test]
fn a_decision_is_told_in_the_same_words_for_years() {
    let rule = Rule {
        min_observations: 2,
        evidence_kinds: vec![EvidenceKind::File],
        sign_off: true,
        window_days: Some(90),
        agreement: crate::assessment::model::Agreement::Majority,
        ..Rule::default()
    };
    let mut low = fact(2, 11);
    low.rating = 2;
    let case = Case {
        signer: Some(id(12)),
        ..case(&[fact(1, 10), low])
    };
    let told = serde_json::to_string_pretty(&decide(&under(rule), &case)).unwrap();
    assert_eq!(told, include_str!("told.json").trim_end());
    let read: Explanation = serde_json::from_str(&told).unwrap();
    assert_eq!(serde_json::to_string_pretty(&read).unwrap(), told);
}
