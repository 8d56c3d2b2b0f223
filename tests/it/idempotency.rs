//! One idempotency key issues once, however often and wherever it is sent.

use std::collections::BTreeSet;

use attestry::catalog::samples::SAMPLES;
use entity::credential;
use futures_util::future::join_all;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use crate::support::{Answer, Api, House, Tenant, cast, on_each_database};

on_each_database!(
    a_hundred_submits_issue_once,
    different_keys_take_different_places,
    a_key_names_one_request_of_one_provider,
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_submits_issue_once_on_a_file() {
    let folder = tempfile::tempdir().expect("there is room");
    let url = format!("sqlite:{}", folder.path().join("a.db").display());
    a_hundred_submits_issue_once(House::open(&url).await).await;
}

/// The college as a client of one process, and of a second one where the database
/// can have two.
async fn replicas(house: &House) -> (Vec<Tenant>, String) {
    let platform = house.with_samples().await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let mut replicas = vec![college.clone()];
    if house.app.db.is_postgres() {
        let api = Api::of(&house.replica().await);
        replicas.push(Tenant { api, ..college });
    }
    (replicas, platform)
}

async fn a_hundred_submits_issue_once(house: House) {
    let (replicas, _) = replicas(&house).await;
    let statement = &cast::statements(&house.api, SAMPLES[0].soc, 1).await[0];
    let demonstration = replicas[0].demonstration(statement, false).await;
    let answers = submit(&replicas, 100, |_| {
        (demonstration.clone(), "one".to_owned())
    })
    .await;
    let first = &answers[0].at("/issueCredential/credential");
    assert!(first["jwt"].is_string(), "{:?}", answers[0]);
    for answer in &answers {
        assert_eq!(
            answer.at("/issueCredential/credential"),
            *first,
            "{answer:?}"
        );
    }
    let rows = credential::Entity::find().count(house.db()).await;
    assert_eq!(rows.expect("it can be counted"), 1);
}

async fn different_keys_take_different_places(house: House) {
    let (replicas, _) = replicas(&house).await;
    let statements = cast::statements(&house.api, SAMPLES[0].soc, 2).await;
    let demonstrations = [
        replicas[0].demonstration(&statements[0], false).await,
        replicas[0].demonstration(&statements[1], false).await,
    ];
    // The first issuances of an installation, all at once, on every replica.
    let answers = submit(&replicas, 60, |n| {
        (demonstrations[n % 2].clone(), format!("key {n}"))
    })
    .await;
    let places: BTreeSet<String> = answers
        .iter()
        .map(|answer| {
            let entry = answer.at("/issueCredential/credential/statusEntry");
            assert!(entry["index"].is_i64(), "{answer:?}");
            format!("{}#{}", entry["listUrl"], entry["index"])
        })
        .collect();
    assert_eq!(places.len(), 60);
    crate::support::audit::check_chains(&house.app.db).await;
}

/// Sends `count` issuances at once, in turn to each replica.
async fn submit(
    replicas: &[Tenant],
    count: usize,
    what: impl Fn(usize) -> (String, String),
) -> Vec<Answer> {
    let sent = (0..count).map(|n| {
        let college = replicas[n % replicas.len()].clone();
        let (demonstration, key) = what(n);
        tokio::spawn(async move { college.issue(&demonstration, &key).await })
    });
    let answers = join_all(sent).await.into_iter();
    answers.map(|a| a.expect("no task panics")).collect()
}

async fn a_key_names_one_request_of_one_provider(house: House) {
    let platform = house.with_samples().await;
    let api = &house.api;
    let statements = cast::statements(api, SAMPLES[0].soc, 2).await;
    let a = Tenant::create(api, &platform, "riverside").await;
    let b = Tenant::create(api, &platform, "hillside").await;
    let of_a = a.demonstration(&statements[0], false).await;
    let other_of_a = a.demonstration(&statements[1], false).await;
    let of_b = b.demonstration(&statements[0], false).await;
    let first = a.issue(&of_a, "k").await;
    assert!(first.at("/issueCredential/credential/jwt").is_string());
    let reused = a.issue(&other_of_a, "k").await;
    assert_eq!(reused.user_errors(), ["IDEMPOTENCY_KEY_REUSED"]);
    assert_eq!(reused.at("/issueCredential/credential"), &Value::Null);
    // Another provider's keys are its own.
    let theirs = b.issue(&of_b, "k").await;
    let id = |answer: &Answer| answer.text("/issueCredential/credential/id");
    assert_ne!(id(&theirs), id(&first));
    // What was issued stays what it was, whatever became of it.
    a.change("revokeCredential", &id(&first)).await;
    let again = a.issue(&of_a, "k").await;
    assert_eq!(id(&again), id(&first));
    assert_eq!(
        again.at("/issueCredential/credential/state"),
        &json!("REVOKED")
    );
}
