use attestry::kernel::digest;
use serde_json::json;

use super::{By, Desk};
use crate::support::{House, Tenant, cast, on_each_database};

on_each_database!(
    the_lowest_criterion_is_the_rating,
    a_correction_counts_and_both_are_shown,
    only_ones_own_last_word_is_corrected,
    a_method_is_one_of_the_plan,
    an_uploaded_file_is_evidence_of_its_tenant_only,
);

async fn the_lowest_criterion_is_the_rating(house: House) {
    let more = json!({"criteria": [{"key": "draping", "name": "D"}, {"key": "pace", "name": "P"}]});
    let desk = Desk::set(&house, json!({}), more).await;
    let id = desk.open().await;
    let criteria = json!([{"key": "draping", "rating": 4}, {"key": "pace", "rating": 2}]);
    let seen = desk
        .observe(By::First, &id, 0, json!({"criteria": criteria}))
        .await;
    assert_eq!(seen.at("/recordObservation/observation/rating"), 2);
    assert_eq!(
        seen.at("/recordObservation/observation/criteria"),
        &criteria
    );
    let higher = json!({"criteria": criteria, "rating": 4});
    let seen = desk.observe(By::First, &id, 0, higher).await;
    assert_eq!(seen.user_errors(), ["RATING_DIFFERS"]);
    let seen = desk.observe(By::First, &id, 0, json!({})).await;
    assert_eq!(seen.user_errors(), ["REQUIRED"]);
    let seen = desk.observe(By::First, &id, 0, json!({"rating": 5})).await;
    assert_eq!(seen.user_errors(), ["OUT_OF_RANGE"]);
}

async fn a_correction_counts_and_both_are_shown(house: House) {
    let desk = Desk::set(&house, json!({}), json!({})).await;
    let id = desk.open().await;
    let first = desk.rate(By::First, &id, 0, 4).await;
    let correction = json!({"rating": 1, "supersedesId": first});
    let seen = desk.observe(By::First, &id, 0, correction).await;
    let second = seen.text("/recordObservation/observation/id");
    assert_eq!(
        seen.text("/recordObservation/observation/supersedesId"),
        first
    );
    let query = "query A($id: ID!) { assessment(id: $id) {
        observations { id rating supersedesId supersededById }
        outlook { statements { met uncounted { observationId cause reason } } } } }";
    let told = desk.ask(query, &id).await;
    let shown = told.at("/assessment/observations").as_array().unwrap();
    assert_eq!(shown.len(), 2);
    let earlier = shown.iter().find(|o| o["id"] == first.as_str()).unwrap();
    assert_eq!(earlier["supersededById"], second.as_str());
    assert_eq!(earlier["rating"], 4);
    let outcome = told.at("/assessment/outlook/statements/0");
    assert_eq!(outcome["met"], false);
    let causes = outcome["uncounted"].as_array().unwrap().iter();
    let mut causes: Vec<_> = causes.map(|u| u["cause"].as_str().unwrap()).collect();
    causes.sort_unstable();
    assert_eq!(causes, ["RATING", "SUPERSEDED"]);
}

async fn only_ones_own_last_word_is_corrected(house: House) {
    let desk = Desk::set(&house, json!({}), json!({})).await;
    let (id, other) = (desk.open().await, desk.open().await);
    let first = desk.rate(By::First, &id, 0, 4).await;
    let correct = async |by, assessment: &str, statement| {
        let correction = json!({"rating": 3, "supersedesId": first});
        desk.observe(by, assessment, statement, correction).await
    };
    assert_eq!(
        correct(By::Second, &id, 0).await.user_errors(),
        ["NOT_YOUR_OWN"]
    );
    assert_eq!(
        correct(By::First, &id, 1).await.user_errors(),
        ["OTHER_STATEMENT"]
    );
    assert_eq!(
        correct(By::First, &other, 0).await.code(),
        Some("NOT_FOUND")
    );
    assert!(correct(By::First, &id, 0).await.user_errors().is_empty());
    assert_eq!(
        correct(By::First, &id, 0).await.user_errors(),
        ["SUPERSEDED"]
    );
}

async fn a_method_is_one_of_the_plan(house: House) {
    let more = json!({"methods": ["SIMULATION", "INTERVIEW"]});
    let desk = Desk::set(&house, json!({}), more).await;
    let id = desk.open().await;
    for (method, outcome) in [
        (json!("INTERVIEW"), &[][..]),
        (json!("PORTFOLIO"), &["NOT_IN_PLAN"]),
        (json!(null), &["REQUIRED"]),
    ] {
        let seen = json!({"rating": 3, "method": method});
        let seen = desk.observe(By::First, &id, 0, seen).await;
        assert_eq!(seen.user_errors(), outcome, "{method}");
    }
    let plain = desk.college.plan(&desk.statements, false).await;
    let id = desk.college.open(&plain, &desk.college.learner).await;
    let seen = desk.observe(By::First, &id, 0, json!({"rating": 3})).await;
    assert_eq!(
        seen.at("/recordObservation/observation/method"),
        "OBSERVATION"
    );
}

async fn an_uploaded_file_is_evidence_of_its_tenant_only(house: House) {
    let desk = Desk::set(&house, json!({"evidenceKinds": ["FILE"]}), json!({})).await;
    let id = desk.open().await;
    let digest = digest::sha256_hex(b"a scanned sheet");
    let value = format!("sha256:{digest}");
    let own = cast::evidence_file(&house, &desk.college).await;
    let with = async |evidence| {
        let seen = json!({"rating": 3, "evidence": [evidence]});
        desk.observe(By::First, &id, 0, seen).await
    };
    let seen = with(json!({"kind": "FILE", "fileId": own})).await;
    let told = seen.at("/recordObservation/observation/evidence/0");
    assert_eq!(
        told,
        &json!({"kind": "FILE", "value": value, "fileId": own})
    );
    for wrong in [
        json!({"kind": "FILE", "fileId": own, "value": "x"}),
        json!({"kind": "FILE"}),
        json!({"kind": "TEXT", "value": "x", "fileId": own}),
    ] {
        assert_eq!(with(wrong).await.user_errors(), ["BAD_EVIDENCE"]);
    }
    let other = Tenant::create(&desk.college.api, &desk.platform, "hillside").await;
    let theirs = cast::evidence_file(&house, &other).await;
    let seen = with(json!({"kind": "FILE", "fileId": theirs})).await;
    assert_eq!(seen.code(), Some("NOT_FOUND"));
    let decided = desk.college.decide(&id, "demonstrations { id }").await;
    let demonstration = decided.text("/decideAssessment/demonstrations/0/id");
    let issued = desk
        .college
        .issue_as("EDDSA_JCS_2022", &demonstration, "k")
        .await;
    let record = issued.text("/issueCredential/credential/secured");
    assert!(
        record.contains(&digest),
        "the digest is in the credential: {record}"
    );
}
