//! Many at once on one assessment: what was acknowledged is there, each thing once.

use std::{collections::BTreeSet, sync::Arc};

use attestry::catalog::samples::SAMPLES;
use futures_util::future::join_all;
use serde_json::json;

use crate::support::{House, Tenant, cast, on_each_database};

on_each_database!(
    fifty_writers_lose_no_observation,
    of_many_deciders_one_decides,
    of_many_corrections_one_corrects,
);

const WRITERS: usize = 50;

/// A college, and an assessment of a learner that is open.
async fn opened(house: &House) -> (Arc<Tenant>, String, String) {
    let platform = house.with_samples().await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let statements = cast::statements(&house.api, SAMPLES[0].soc, 1).await;
    let plan = college.plan(&statements, false).await;
    let assessment = college.open(&plan, &college.learner).await;
    let statement = statements.into_iter().next().expect("there is one");
    (Arc::new(college), assessment, statement)
}

async fn fifty_writers_lose_no_observation(house: House) {
    let (college, assessment, statement) = opened(&house).await;
    let writers = (0..WRITERS).map(|n| {
        let (college, assessment) = (Arc::clone(&college), assessment.clone());
        let statement = statement.clone();
        tokio::spawn(async move {
            let input = json!({
                "assessmentId": assessment, "statementId": statement, "rating": 3,
                "context": format!("by writer {n}"),
                "evidence": [{"kind": "TEXT", "value": format!("note {n}")}],
            });
            let token = &college.assessors[n % 2].token;
            let fields = "observation { id }";
            let seen = college
                .api
                .mutate(token, "recordObservation", fields, input)
                .await;
            seen.text("/recordObservation/observation/id")
        })
    });
    let acknowledged = join_all(writers).await.into_iter();
    let acknowledged: BTreeSet<_> = acknowledged.map(|id| id.expect("it ran")).collect();
    assert_eq!(acknowledged.len(), WRITERS);
    let query = "query A($id: ID!) { assessment(id: $id) {
        observations { id context evidence { value } } outlook { statements { counted } } } }";
    let token = Some(college.admin.token.as_str());
    let told = college
        .api
        .send(token, query, json!({"id": assessment}))
        .await;
    let shown = told
        .at("/assessment/observations")
        .as_array()
        .expect("a list");
    let ids: BTreeSet<_> = shown.iter().filter_map(|o| o["id"].as_str()).collect();
    assert_eq!(ids, acknowledged.iter().map(String::as_str).collect());
    for observation in shown {
        let context = observation["context"].as_str().expect("a text");
        let note = context.replace("by writer", "note");
        assert_eq!(observation["evidence"], json!([{"value": note}]));
    }
    let counted = told.at("/assessment/outlook/statements/0/counted");
    assert_eq!(counted.as_array().map(Vec::len), Some(WRITERS));
    crate::support::audit::check_chains(&house.app.db).await;
}

async fn of_many_deciders_one_decides(house: House) {
    let (college, assessment, _) = opened(&house).await;
    let input = json!({"assessmentId": assessment});
    college
        .admin("submitAssessment", "assessment { id }", input.clone())
        .await;
    let deciders = (0..10).map(|_| {
        let (college, input) = (Arc::clone(&college), input.clone());
        tokio::spawn(async move {
            let decided = college
                .admin("decideAssessment", "decision { id }", input)
                .await;
            decided.user_errors().is_empty()
        })
    });
    let decided = join_all(deciders).await.into_iter();
    assert_eq!(decided.filter(|d| *d.as_ref().expect("it ran")).count(), 1);
}

async fn of_many_corrections_one_corrects(house: House) {
    let (college, assessment, statement) = opened(&house).await;
    let token = college.assessors[0].token.clone();
    let base = json!({"assessmentId": assessment, "statementId": statement, "rating": 4});
    let fields = "observation { id }";
    let first = college
        .api
        .mutate(&token, "recordObservation", fields, base.clone())
        .await;
    let first = first.text("/recordObservation/observation/id");
    let writers = (0..10).map(|_| {
        let (college, token, mut input) = (Arc::clone(&college), token.clone(), base.clone());
        input["supersedesId"] = json!(first);
        tokio::spawn(async move {
            let seen = college
                .api
                .mutate(&token, "recordObservation", fields, input)
                .await;
            seen.user_errors().is_empty()
        })
    });
    let corrected = join_all(writers).await.into_iter();
    assert_eq!(
        corrected.filter(|c| *c.as_ref().expect("it ran")).count(),
        1
    );
}
