//! Erasing a learner: nothing of them is left, and everything else is.

use std::{path::Path, process::Command, time::Duration};

use attestry::catalog::samples::SAMPLES;
use entity::{assessment, credential, decision, demonstration, observation};
use sea_orm::{DatabaseConnection, EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use super::{College, ask, browser::Browser, scan, ways};
use crate::support::{House, audit::check_chains, on_each_database, process::Server};

on_each_database!(
    no_row_tells_of_an_erased_learner,
    what_was_issued_is_withdrawn,
    erasing_is_confirmed_and_idempotent,
    nothing_more_is_recorded_of_them,
    what_the_catalog_took_over_stays_without_them,
    a_learner_asks_and_the_provider_sees_it,
);

async fn college(house: &House) -> (College, String) {
    let platform = house.with_samples().await;
    let college = College::create(&house.api, &platform, "riverside").await;
    (college, platform)
}

/// What is counted, and must stay.
async fn counts(db: &DatabaseConnection) -> [u64; 5] {
    let told = "they can be counted";
    [
        assessment::Entity::find().count(db).await.expect(told),
        observation::Entity::find().count(db).await.expect(told),
        decision::Entity::find().count(db).await.expect(told),
        demonstration::Entity::find().count(db).await.expect(told),
        credential::Entity::find().count(db).await.expect(told),
    ]
}

async fn no_row_tells_of_an_erased_learner(house: House) {
    let (college, _) = college(&house).await;
    let browser = Browser::at(&house.app);
    let traced = ways::enter(&house.api, &browser, &college).await;
    let traces = ways::traces();
    let before = scan::rows(house.db()).await;
    assert_eq!(scan::found(&traces, &before).len(), traces.len());
    let ratings = async || {
        let rows = observation::Entity::find().all(house.db()).await;
        let rows = rows.expect("they can be read").into_iter();
        rows.map(|row| (row.id, row.rating)).collect::<Vec<_>>()
    };
    let (counted, rated) = (counts(house.db()).await, ratings().await);
    let erased = college.erase(&traced.id, ways::ROLL).await;
    erased.text("/eraseLearner/learner/erasedAt");
    let after = scan::rows(house.db()).await;
    assert_eq!(scan::found(&traces, &after), Vec::<&str>::new());
    // The scan sees what is there: another learner is as they were.
    assert!(scan::Trace::of("learner@riverside.example").is_in(&after));
    assert_eq!(counts(house.db()).await, counted);
    assert_eq!(ratings().await, rated);
    check_chains(&house.app.db).await;
    // Their key opens nothing any more.
    let me = ask(&house.api, &traced.key, "{ me { id } }", json!({})).await;
    assert_eq!(me.code(), Some("UNAUTHENTICATED"));
    let page = browser.submit("/learner", &[("key", &traced.key)]).await;
    assert_eq!(page.status, 401);
}

async fn what_the_catalog_took_over_stays_without_them(house: House) {
    let (college, platform) = college(&house).await;
    let browser = Browser::at(&house.app);
    let traced = ways::enter(&house.api, &browser, &college).await;
    // Accepted: what it says is the catalog's by now.
    let find = async || entity::correction::Entity::find().all(house.db()).await;
    let rows = find().await.expect("they can be read");
    assert_eq!(rows.len(), 1);
    let id = attestry::kernel::ids::global("Correction", rows[0].id);
    let input = json!({"correctionId": id});
    let fields = "correction { state }";
    let api = &house.api;
    let done = api
        .mutate(&platform, "acceptCorrection", fields, input)
        .await;
    assert_eq!(done.text("/acceptCorrection/correction/state"), "ACCEPTED");
    college.erase(&traced.id, ways::ROLL).await;
    let rows = find().await.expect("they can be read");
    assert_eq!((rows.len(), rows[0].state.as_str()), (1, "ACCEPTED"));
    assert_eq!(
        (rows[0].suggested_by.as_str(), rows[0].reason.as_str()),
        ("erased", "")
    );
    check_chains(&house.app.db).await;
}

/// The outcome of judging a record, and the reason of its status check.
async fn judged(house: &House, record: &str) -> (String, String) {
    let verdict = house.api.verdict(record).await;
    let checks = verdict.at("/verifyCredential/checks").as_array();
    let status = checks.into_iter().flatten().find(|c| c["name"] == "status");
    let reason = status
        .and_then(|c| c["reason"].as_str())
        .unwrap_or_default();
    (verdict.text("/verifyCredential/outcome"), reason.to_owned())
}

async fn what_was_issued_is_withdrawn(house: House) {
    let (college, _) = college(&house).await;
    let browser = Browser::at(&house.app);
    // Somebody else's record, in the same status list.
    let other = college.tenant.issue(&college.demonstration, "other").await;
    let other = other.text("/issueCredential/credential/secured");
    let traced = ways::enter(&house.api, &browser, &college).await;
    for record in &traced.records {
        assert_eq!(judged(&house, record).await.0, "VALID");
    }
    college.erase(&traced.id, ways::ROLL).await;
    for record in &traced.records {
        let (outcome, reason) = judged(&house, record).await;
        assert_eq!(outcome, "INVALID");
        assert!(reason.contains("withdrawn"), "{reason}");
    }
    assert_eq!(judged(&house, &other).await.0, "VALID");
    let rows = credential::Entity::find().all(house.db()).await;
    let gone: Vec<_> = rows
        .expect("they can be read")
        .into_iter()
        .filter(|row| row.state == "WITHDRAWN")
        .collect();
    assert_eq!(gone.len(), traced.records.len() + 1);
    for row in gone {
        assert!(row.status_set && row.secured.is_none() && row.signing_input.is_empty());
        assert_eq!(row.secured_digest.map(|digest| digest.len()), Some(32));
        let id = attestry::kernel::ids::global("Credential", row.id);
        for change in [
            "revokeCredential",
            "suspendCredential",
            "reinstateCredential",
        ] {
            let refused = college.tenant.change(change, &id).await;
            assert_eq!(refused.user_errors(), ["WITHDRAWN"]);
        }
    }
}

async fn erasing_is_confirmed_and_idempotent(house: House) {
    let (college, platform) = college(&house).await;
    let learner = &college.tenant.learner;
    let refused = college.erase(learner, "2026-002").await;
    assert_eq!(refused.user_errors(), ["NOT_CONFIRMED"]);
    let usual = &college.tenant.admin.token;
    let input = json!({"learnerId": learner, "confirm": "2026-001"});
    let fields = "learner { externalId name email did erasedAt }";
    let denied = house
        .api
        .mutate(usual, "eraseLearner", fields, input.clone())
        .await;
    assert_eq!(
        denied.code(),
        Some("FORBIDDEN"),
        "the scope is by name only"
    );
    let other = College::create(&house.api, &platform, "hillside").await;
    let hidden = other.erase(learner, "2026-001").await;
    assert_eq!(hidden.code(), Some("NOT_FOUND"));
    let erased = college.erase(learner, "2026-001").await;
    let row = erased.at("/eraseLearner/learner").clone();
    assert_eq!(row["name"], "");
    assert_eq!((&row["email"], &row["did"]), (&Value::Null, &Value::Null));
    let (_, id) = attestry::kernel::ids::parse_global(learner).expect("it is an id");
    assert_eq!(row["externalId"], format!("erased-{id}"));
    let chains = check_chains(&house.app.db).await;
    let again = college.erase(learner, "whatever").await;
    assert_eq!(again.at("/eraseLearner/learner"), &row);
    assert_eq!(
        check_chains(&house.app.db).await,
        chains,
        "it was recorded twice"
    );
    // The external id is free for whoever comes back.
    let input = json!({"externalId": "2026-001", "name": "New", "email": "new@riverside.example"});
    college.tenant.learner(input).await;
}

async fn nothing_more_is_recorded_of_them(house: House) {
    let (college, _) = college(&house).await;
    let tenant = &college.tenant;
    let statements = std::slice::from_ref(&college.statement);
    let plan = tenant.plan(statements, false).await;
    let open = tenant.open(&plan, &tenant.learner).await;
    college.erase(&tenant.learner, "2026-001").await;
    let issued = tenant.issue(&college.demonstration, "late").await;
    assert_eq!(issued.user_errors(), ["ERASED"]);
    let input = json!({"learnerId": tenant.learner});
    let invited = tenant.admin("inviteLearner", "url", input).await;
    assert_eq!(invited.user_errors(), ["ERASED"]);
    let input = json!({"planId": plan, "learnerId": tenant.learner});
    let opened = tenant
        .admin("openAssessment", "assessment { id }", input)
        .await;
    assert_eq!(opened.user_errors(), ["ERASED"]);
    let input = json!({
        "assessmentId": open, "statementId": college.statement, "rating": 4,
        "context": "who was that",
    });
    let assessor = &tenant.assessors[0].token;
    let seen = house
        .api
        .mutate(assessor, "recordObservation", "observation { id }", input)
        .await;
    assert_eq!(seen.user_errors(), ["ERASED"]);
}

async fn a_learner_asks_and_the_provider_sees_it(house: House) {
    let (college, _) = college(&house).await;
    let key = college.welcome(&college.tenant.learner).await;
    let listed = async || {
        let query = "{ learners(toErase: true) { nodes { id erasureRequestedAt erasedAt } } }";
        let listed = ask(&house.api, &college.tenant.admin.token, query, json!({})).await;
        listed
            .at("/learners/nodes")
            .as_array()
            .expect("a list")
            .clone()
    };
    assert_eq!(listed().await, Vec::<Value>::new());
    let ask_for_it =
        "mutation { requestErasure { learner { erasureRequestedAt } userErrors { code } } }";
    let first = ask(&house.api, &key, ask_for_it, json!({})).await;
    let at = first.text("/requestErasure/learner/erasureRequestedAt");
    let again = ask(&house.api, &key, ask_for_it, json!({})).await;
    assert_eq!(again.text("/requestErasure/learner/erasureRequestedAt"), at);
    let staff = ask(
        &house.api,
        &college.tenant.admin.token,
        ask_for_it,
        json!({}),
    )
    .await;
    assert_eq!(staff.code(), Some("FORBIDDEN"));
    let asked = listed().await;
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0]["id"], json!(college.tenant.learner));
    college.erase(&college.tenant.learner, "2026-001").await;
    assert_eq!(listed().await, Vec::<Value>::new());
}

/// Everything that an installation has on disk but the master key, and its log.
fn on_disk(data: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = scan::files(data);
    all.retain(|(path, _)| !path.ends_with("master.key"));
    let log = data.with_extension("log");
    let bytes = std::fs::read(&log).expect("it logged");
    all.push((log.display().to_string(), bytes));
    all
}

/// Which files hold which traces.
fn traced(data: &Path) -> Vec<(String, Vec<String>)> {
    let mut traces = ways::traces();
    traces.push(scan::Trace::of(ways::FILE_TEXT));
    let files = on_disk(data).into_iter();
    let found = files.map(|(path, bytes)| {
        let found = scan::found(&traces, &bytes).into_iter();
        (path, found.map(str::to_owned).collect::<Vec<_>>())
    });
    found.filter(|(_, found)| !found.is_empty()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_file_holds_a_trace_of_an_erased_learner() {
    let folder = tempfile::tempdir().expect("there is room");
    let data = folder.path().join("data");
    let server = Server::start(&data);
    let platform = server
        .bootstrap
        .clone()
        .expect("a new database has a token");
    let api = server.api();
    let document = std::str::from_utf8(SAMPLES[0].bytes).expect("samples are UTF-8");
    api.import(&platform, document).await;
    let college = College::create(&api, &platform, "riverside").await;
    // Others before and after, so that pages of the file are split between them.
    let crowd = async |of: &str| {
        for n in 0..60 {
            let roll = (n * 7_919 + 13) % 100_000;
            let input = json!({
                "externalId": format!("ROLL-{roll:05}-{of}"), "name": format!("{of} {n}"),
                "email": format!("{of}{n}@riverside.example"),
            });
            college.tenant.learner(input).await;
        }
    };
    crowd("early").await;
    let browser = Browser::At(server.address);
    let learner = ways::enter(&api, &browser, &college).await;
    crowd("late").await;
    let before = traced(&data);
    let told: Vec<_> = before.iter().flat_map(|(_, found)| found).collect();
    for trace in [ways::NAME, ways::ROLL, ways::FILE_TEXT] {
        assert!(
            told.iter().any(|t| *t == trace),
            "the scan sees nothing: {before:?}"
        );
    }
    assert!(
        before.iter().all(|(path, _)| !path.ends_with(".log")),
        "the log names the learner: {before:?}"
    );
    let erased = college.erase(&learner.id, ways::ROLL).await;
    erased.text("/eraseLearner/learner/erasedAt");
    let backup = data.join("backup.db");
    let backed_up = Command::new(env!("CARGO_BIN_EXE_attestry"))
        .arg("backup")
        .arg(&backup)
        .arg("--data-dir")
        .arg(&data)
        .env_remove("ATTESTRY_DATABASE_URL")
        .output()
        .expect("the binary starts");
    assert!(backed_up.status.success(), "{backed_up:?}");
    assert_eq!(traced(&data), [], "while it runs");
    let other = scan::Trace::of("late59@riverside.example");
    assert!(other.is_in(&std::fs::read(&backup).expect("it was made")));
    server.terminate();
    assert!(server.wait(Duration::from_secs(20)).success());
    assert_eq!(traced(&data), [], "after it has ended");
}
