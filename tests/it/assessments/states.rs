use serde_json::{Value, json};

use super::{By, Desk};
use crate::support::{House, on_each_database};

on_each_database!(
    each_state_takes_its_own_moves_only,
    the_history_is_told_with_who_and_why,
    what_is_planned_is_still_to_come,
);

/// Each state with the mutations that work in it, but for deciding by who may not.
const POSSIBLE: &[(&str, &[&str])] = &[
    ("PLANNED", &["startAssessment", "withdrawAssessment"]),
    (
        "OPEN",
        &[
            "submitAssessment",
            "withdrawAssessment",
            "recordObservation",
        ],
    ),
    (
        "SUBMITTED",
        &["reopenAssessment", "decideAssessment", "withdrawAssessment"],
    ),
    ("DECIDED", &["appealAssessment"]),
    ("APPEALED", &["decideAssessment", "recordObservation"]),
    ("RE_DECIDED", &["appealAssessment"]),
    ("WITHDRAWN", &[]),
];
const ALL: [&str; 8] = [
    "startAssessment",
    "submitAssessment",
    "reopenAssessment",
    "recordObservation",
    "decideAssessment",
    "appealAssessment",
    "withdrawAssessment",
    "openAssessment",
];

/// An assessment in this state.
async fn in_state(desk: &Desk, state: &str) -> String {
    if state == "PLANNED" {
        let input = json!({
            "planId": desk.plan, "learnerId": desk.college.learner,
            "plannedFor": "2099-01-01T09:00:00Z",
        });
        let planned = desk
            .send(By::Admin, "planAssessment", "assessment { id }", input)
            .await;
        return planned.text("/planAssessment/assessment/id");
    }
    let id = desk.open().await;
    let way: &[(By, &str)] = match state {
        "OPEN" => &[],
        "SUBMITTED" => &[(By::First, "submitAssessment")],
        "WITHDRAWN" => &[(By::First, "withdrawAssessment")],
        "DECIDED" => &[
            (By::First, "submitAssessment"),
            (By::Admin, "decideAssessment"),
        ],
        "APPEALED" => &[
            (By::First, "submitAssessment"),
            (By::Admin, "decideAssessment"),
            (By::Admin, "appealAssessment"),
        ],
        "RE_DECIDED" => &[
            (By::First, "submitAssessment"),
            (By::Admin, "decideAssessment"),
            (By::Admin, "appealAssessment"),
            (By::Second, "decideAssessment"),
        ],
        other => panic!("{other} is no state"),
    };
    for (by, name) in way {
        let moved = desk.make(*by, name, &id).await;
        assert!(moved.user_errors().is_empty(), "{moved:?}");
    }
    let told = desk
        .ask("query A($id: ID!) { assessment(id: $id) { state } }", &id)
        .await;
    assert_eq!(told.at("/assessment/state"), state);
    id
}

async fn each_state_takes_its_own_moves_only(house: House) {
    let desk = Desk::set(&house, json!({}), json!({})).await;
    for (state, possible) in POSSIBLE {
        for name in ALL {
            if name == "openAssessment" {
                continue;
            }
            let id = in_state(&desk, state).await;
            let answer = match name {
                "recordObservation" => desk.observe(By::First, &id, 0, json!({"rating": 3})).await,
                // Appeals are the learner's, or of those who keep the records.
                "appealAssessment" => desk.make(By::Admin, name, &id).await,
                _ => desk.make(By::Second, name, &id).await,
            };
            if possible.contains(&name) {
                assert!(
                    answer.user_errors().is_empty(),
                    "{state} {name}: {answer:?}"
                );
            } else {
                let code = format!("ASSESSMENT_{state}");
                assert_eq!(answer.user_errors(), [code.as_str()], "{state} {name}");
            }
        }
    }
}

async fn the_history_is_told_with_who_and_why(house: House) {
    let desk = Desk::set(&house, json!({}), json!({})).await;
    let id = desk.open().await;
    desk.make(By::First, "submitAssessment", &id).await;
    let input = json!({"assessmentId": id, "reason": "one more look"});
    desk.send(By::Admin, "reopenAssessment", "assessment { id }", input)
        .await;
    let query = "query A($id: ID!) { assessment(id: $id) {
        transitions { from to actor reason at } } }";
    let told = desk.ask(query, &id).await;
    let steps = told.at("/assessment/transitions").as_array().unwrap();
    let of = |step: &Value| {
        [
            step["from"].clone(),
            step["to"].clone(),
            step["reason"].clone(),
        ]
    };
    assert_eq!(
        of(&steps[0]),
        [json!("OPEN"), json!("SUBMITTED"), json!("")]
    );
    assert_eq!(
        of(&steps[1]),
        [json!("SUBMITTED"), json!("OPEN"), json!("one more look")]
    );
    assert!(
        steps
            .iter()
            .all(|s| s["actor"].as_str().unwrap().starts_with("member "))
    );
    let input = json!({"assessmentId": id, "reason": " "});
    let unexplained = desk
        .send(By::Admin, "withdrawAssessment", "assessment { id }", input)
        .await;
    assert_eq!(unexplained.user_errors(), ["BAD_LENGTH"]);
}

async fn what_is_planned_is_still_to_come(house: House) {
    let desk = Desk::set(&house, json!({}), json!({})).await;
    let input = json!({
        "planId": desk.plan, "learnerId": desk.college.learner,
        "plannedFor": "2001-01-01T09:00:00Z",
    });
    let planned = desk
        .send(By::Admin, "planAssessment", "assessment { id }", input)
        .await;
    assert_eq!(planned.user_errors(), ["IN_THE_PAST"]);
}
