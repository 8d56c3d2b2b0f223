use serde_json::{Value, json};

use super::{By, Desk};
use crate::support::{House, on_each_database};

on_each_database!(
    an_appeal_is_decided_by_someone_else_and_may_withdraw,
    what_was_withdrawn_can_be_reinstated,
    whoever_observed_does_not_sign_off,
    every_decision_is_reproduced_from_what_is_stored,
    a_demonstration_runs_out,
);

const DECISION: &str = "assessment { state decidedAt }
    decision { id asOf complete decidedBy { name } planVersion { number } reproducible
        statements { met requirements { name met } } }
    demonstrations { id withdrawnAt validUntil statement { id } }";

async fn decide(desk: &Desk, by: By, assessment: &str) -> crate::support::Answer {
    let input = json!({"assessmentId": assessment});
    desk.send(by, "decideAssessment", DECISION, input).await
}

async fn an_appeal_is_decided_by_someone_else_and_may_withdraw(house: House) {
    let desk = Desk::set(&house, json!({"agreement": "UNANIMOUS"}), json!({})).await;
    let id = desk.open().await;
    for statement in [0, 1] {
        desk.rate(By::First, &id, statement, 4).await;
    }
    desk.make(By::First, "submitAssessment", &id).await;
    let first = decide(&desk, By::Admin, &id).await;
    assert_eq!(first.at("/decideAssessment/decision/complete"), true);
    assert_eq!(first.at("/decideAssessment/decision/planVersion/number"), 1);
    let decider = first.text("/decideAssessment/decision/decidedBy/name");
    assert_eq!(decider, "admin of riverside");
    let demonstrations = first.at("/decideAssessment/demonstrations");
    assert_eq!(demonstrations.as_array().unwrap().len(), 2);
    let of = |n: usize, answer: &crate::support::Answer| {
        let all = answer
            .at("/decideAssessment/demonstrations")
            .as_array()
            .unwrap();
        let own = |d: &&Value| d["statement"]["id"] == desk.statements[n].as_str();
        all.iter().find(own).unwrap().clone()
    };
    let issued = desk
        .college
        .issue(of(0, &first)["id"].as_str().unwrap(), "before")
        .await;
    assert!(issued.user_errors().is_empty());

    desk.make(By::Admin, "appealAssessment", &id).await;
    let held = desk
        .college
        .issue(of(1, &first)["id"].as_str().unwrap(), "held")
        .await;
    assert_eq!(held.user_errors(), ["UNDER_APPEAL"]);
    // What was issued before is given again, and does not depend on what came after.
    let same = desk
        .college
        .issue(of(0, &first)["id"].as_str().unwrap(), "before")
        .await;
    assert!(same.user_errors().is_empty());
    let again = decide(&desk, By::Admin, &id).await;
    assert_eq!(again.user_errors(), ["SAME_DECIDER"]);
    desk.rate(By::Second, &id, 1, 1).await;
    let second = decide(&desk, By::Second, &id).await;
    assert_eq!(
        second.at("/decideAssessment/assessment/state"),
        "RE_DECIDED"
    );
    assert_eq!(second.at("/decideAssessment/decision/complete"), false);
    assert_eq!(of(0, &second)["withdrawnAt"], Value::Null);
    assert_eq!(of(0, &second)["id"], of(0, &first)["id"], "it is upheld");
    assert!(of(1, &second)["withdrawnAt"].is_string());
    let gone = desk
        .college
        .issue(of(1, &first)["id"].as_str().unwrap(), "gone")
        .await;
    assert_eq!(gone.user_errors(), ["WITHDRAWN"]);
    let upheld = desk
        .college
        .issue(of(0, &first)["id"].as_str().unwrap(), "upheld")
        .await;
    assert!(upheld.user_errors().is_empty(), "{upheld:?}");
}

async fn what_was_withdrawn_can_be_reinstated(house: House) {
    let desk = Desk::set(&house, json!({"agreement": "MAJORITY"}), json!({})).await;
    let id = desk.open().await;
    desk.rate(By::First, &id, 0, 3).await;
    desk.make(By::First, "submitAssessment", &id).await;
    let first = decide(&desk, By::First, &id).await;
    let demonstration = first.text("/decideAssessment/demonstrations/0/id");
    desk.make(By::Admin, "appealAssessment", &id).await;
    let low = desk.rate(By::Second, &id, 0, 2).await;
    let second = decide(&desk, By::Second, &id).await;
    assert!(
        second
            .at("/decideAssessment/demonstrations/0/withdrawnAt")
            .is_string()
    );
    desk.make(By::Admin, "appealAssessment", &id).await;
    house.clock.pass_days(1);
    let better = json!({"rating": 3, "supersedesId": low});
    desk.observe(By::Second, &id, 0, better).await;
    let third = decide(&desk, By::Admin, &id).await;
    assert_eq!(
        third.at("/decideAssessment/demonstrations/0/withdrawnAt"),
        &Value::Null
    );
    assert_eq!(
        third.text("/decideAssessment/demonstrations/0/id"),
        demonstration
    );
    let issued = desk.college.issue(&demonstration, "k").await;
    assert!(issued.user_errors().is_empty(), "{issued:?}");
}

async fn whoever_observed_does_not_sign_off(house: House) {
    let desk = Desk::set(&house, json!({"signOff": true}), json!({})).await;
    let id = desk.open().await;
    desk.rate(By::First, &id, 0, 3).await;
    desk.make(By::First, "submitAssessment", &id).await;
    let query = "query A($id: ID!) { assessment(id: $id) { outlook {
        statements { requirements { name met text } } } } }";
    for (token, met) in [
        (&desk.college.assessors[0].token, false),
        (&desk.college.assessors[1].token, true),
    ] {
        let told = desk
            .college
            .api
            .send(Some(token), query, json!({"id": id}))
            .await;
        let requirements = told.at("/assessment/outlook/statements/0/requirements");
        let sign_off = &requirements[2];
        assert_eq!(
            (&sign_off["name"], &sign_off["met"]),
            (&json!("SIGN_OFF"), &json!(met))
        );
    }
    let own = decide(&desk, By::First, &id).await;
    assert_eq!(own.user_errors(), ["SIGN_OFF_NEEDED"]);
    let signed = decide(&desk, By::Second, &id).await;
    assert_eq!(
        signed.at("/decideAssessment/decision/statements/0/met"),
        true
    );
}

async fn every_decision_is_reproduced_from_what_is_stored(house: House) {
    let rule = json!({
        "minObservations": 2, "minAssessors": 2, "windowDays": 20, "agreement": "MAJORITY",
        "evidenceKinds": ["TEXT"],
    });
    let desk = Desk::set(&house, rule, json!({})).await;
    let id = desk.open().await;
    let first = desk.rate(By::First, &id, 0, 4).await;
    let note = json!({"rating": 3, "evidence": [{"kind": "TEXT", "value": "seen"}]});
    desk.observe(By::Second, &id, 0, note).await;
    desk.make(By::First, "submitAssessment", &id).await;
    decide(&desk, By::Admin, &id).await;
    // Later knowledge, even of the same millisecond, does not leak into the first decision; nor
    // does the passing of the window, nor the plan's next version.
    desk.make(By::Admin, "appealAssessment", &id).await;
    let worse = json!({"rating": 1, "supersedesId": first});
    desk.observe(By::First, &id, 0, worse).await;
    let input = json!({"planId": desk.plan, "rule": {"minObservations": 9}});
    desk.send(
        By::Admin,
        "reviseAssessmentPlan",
        "assessmentPlan { id }",
        input,
    )
    .await;
    decide(&desk, By::Second, &id).await;
    house.clock.pass_days(60);
    desk.make(By::Admin, "appealAssessment", &id).await;
    decide(&desk, By::Admin, &id).await;
    let query = "query A($id: ID!) { assessment(id: $id) { decisions {
        reproducible asOf statements { met uncounted { cause } } } } }";
    let told = desk.ask(query, &id).await;
    let decisions = told.at("/assessment/decisions").as_array().unwrap();
    assert_eq!(decisions.len(), 3);
    for decision in decisions {
        assert_eq!(decision["reproducible"], true, "{decision}");
    }
    let met = |n: usize| &decisions[n]["statements"][0]["met"];
    assert_eq!(
        [met(0), met(1), met(2)],
        [&json!(true), &json!(false), &json!(false)]
    );
    let late = decisions[2]["statements"][0]["uncounted"]
        .as_array()
        .unwrap();
    assert!(late.iter().any(|u| u["cause"] == "WINDOW"), "{late:?}");
    // What was tampered with shows.
    let sql = "UPDATE observation SET rating = 3 WHERE rating = 1";
    sea_orm::ConnectionTrait::execute_unprepared(house.db(), sql)
        .await
        .unwrap();
    let told = desk.ask(query, &id).await;
    let shown = |n: usize| {
        told.at(&format!("/assessment/decisions/{n}/reproducible"))
            .clone()
    };
    assert_eq!(
        [shown(0), shown(1), shown(2)],
        [json!(true), json!(false), json!(true)]
    );
}

async fn a_demonstration_runs_out(house: House) {
    let desk = Desk::set(&house, json!({}), json!({"validityDays": 30})).await;
    let id = desk.open().await;
    desk.rate(By::First, &id, 0, 3).await;
    let decided = desk.college.decide(&id, DECISION).await;
    let demonstration = decided.text("/decideAssessment/demonstrations/0/id");
    let until = decided.text("/decideAssessment/demonstrations/0/validUntil");
    house.clock.pass_days(20);
    let issued = desk
        .college
        .issue_as("EDDSA_JCS_2022", &demonstration, "k")
        .await;
    let record = issued.text("/issueCredential/credential/secured");
    let record: Value = serde_json::from_str(&record).unwrap();
    let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_second();
    assert_eq!(at(record["validUntil"].as_str().unwrap()), at(&until));
    house.clock.pass_days(11);
    let late = desk.college.issue(&demonstration, "late").await;
    assert_eq!(late.user_errors(), ["EXPIRED"]);
}
