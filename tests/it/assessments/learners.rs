use serde_json::{Value, json};

use super::{By, Desk};
use crate::support::{House, cast, on_each_database};

on_each_database!(
    a_learner_reads_their_own_and_nothing_else,
    a_learner_agrees_or_appeals,
);

async fn a_learner_reads_their_own_and_nothing_else(house: House) {
    let desk = Desk::set(&house, json!({}), json!({})).await;
    let (college, api) = (&desk.college, &desk.college.api);
    let other = json!({"externalId": "2", "name": "Other", "email": "other@l.example"});
    let other = college.learner(other).await;
    let own = desk.open().await;
    let theirs = college.open(&desk.plan, &other).await;
    for id in [&own, &theirs] {
        desk.rate(By::First, id, 0, 3).await;
        college.decide(id, "decision { id }").await;
    }
    let token = cast::learner_key(&house, college, &college.learner).await;
    let query = "query { assessments(first: 5) { nodes { id plan { name } planVersion { number }
        learner { name } transitions { to } outlook { complete }
        observations { rating assessor { name } evidence { value } }
        decisions { complete reproducible decidedBy { name } }
        demonstrations { id assessment { id } } } }
        demonstrations(first: 5) { nodes { learner { id } } } }";
    let told = api.send(Some(&token), query, json!({})).await;
    assert_eq!(told.code(), None, "{told:?}");
    let nodes = told.at("/assessments/nodes").as_array().unwrap();
    assert_eq!(nodes.len(), 1, "{told:?}");
    assert_eq!(nodes[0]["id"], own.as_str());
    assert_eq!(
        nodes[0]["observations"][0]["assessor"]["name"],
        "first of riverside"
    );
    assert_eq!(nodes[0]["decisions"][0]["reproducible"], true);
    assert_eq!(
        nodes[0]["demonstrations"][0]["assessment"]["id"],
        own.as_str()
    );
    let held = told.at("/demonstrations/nodes").as_array().unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(held[0]["learner"]["id"], college.learner.as_str());
    let query = "query A($id: ID!) { assessment(id: $id) { id } }";
    let hidden = api.send(Some(&token), query, json!({"id": theirs})).await;
    assert_eq!(hidden.code(), Some("NOT_FOUND"));
    let query = "query L($id: ID!) { demonstrations(learnerId: $id, first: 5) { nodes { id } } }";
    let hidden = api.send(Some(&token), query, json!({"id": other})).await;
    assert_eq!(hidden.at("/demonstrations/nodes"), &json!([]));
    for name in ["agreeToAssessment", "appealAssessment"] {
        let mut input = json!({"assessmentId": theirs});
        if name == "appealAssessment" {
            input["reason"] = json!("not mine");
        }
        let refused = api.mutate(&token, name, "assessment { id }", input).await;
        assert_eq!(refused.code(), Some("NOT_FOUND"), "{refused:?}");
    }
    let decide = json!({"assessmentId": own});
    let refused = api
        .mutate(&token, "decideAssessment", "decision { id }", decide)
        .await;
    assert_eq!(refused.code(), Some("FORBIDDEN"));
}

async fn a_learner_agrees_or_appeals(house: House) {
    let desk = Desk::set(&house, json!({}), json!({})).await;
    let (college, api) = (&desk.college, &desk.college.api);
    let id = desk.open().await;
    let token = cast::learner_key(&house, college, &college.learner).await;
    let send = async |name: &str, input: Value| {
        api.mutate(&token, name, "assessment { state agreedAt }", input)
            .await
    };
    let own = json!({"assessmentId": id});
    let early = send("agreeToAssessment", own.clone()).await;
    assert_eq!(early.user_errors(), ["NOT_DECIDED"]);
    college.decide(&id, "decision { id }").await;
    let agreed = send("agreeToAssessment", own.clone()).await;
    assert!(
        agreed
            .at("/agreeToAssessment/assessment/agreedAt")
            .is_string()
    );
    let appeal = json!({"assessmentId": id, "reason": "I was not asked about the second part"});
    let appealed = send("appealAssessment", appeal.clone()).await;
    let told = appealed.at("/appealAssessment/assessment");
    assert_eq!(told, &json!({"state": "APPEALED", "agreedAt": null}));
    let twice = send("appealAssessment", appeal).await;
    assert_eq!(twice.user_errors(), ["ASSESSMENT_APPEALED"]);
    // The learner's staff cannot agree for them.
    let staff = desk.make(By::Admin, "agreeToAssessment", &id).await;
    assert_eq!(staff.code(), Some("FORBIDDEN"));
}
