//! Several processes over one database, and clocks that differ.

use std::sync::Arc;

use attestry::{
    catalog::{ops::import::import_framework, samples::SAMPLES},
    credential::{
        ops::{installation, lists, verify::verify_credential},
        verify::{Materials, Outcome, inspect},
    },
    kernel::db::Db,
};
use jiff::SignedDuration;

use crate::support::{House, Tenant, cast, database::Postgres, on_each_database};

on_each_database!(
    a_list_signed_after_the_question_still_answers_it,
    a_decision_is_made_once,
    one_master_key_is_bound,
);

#[tokio::test(flavor = "multi_thread")]
async fn two_first_starts_at_once_both_start() {
    let name = "two_first_starts_at_once_both_start";
    let Some(database) = Postgres::create(name).await else {
        return;
    };
    let start = || async {
        let db = Db::open(database.url()).await.expect("it opens");
        db.migrate().await.expect("it migrates, or finds it done");
        db.close().await.expect("it closes");
    };
    tokio::join!(start(), start(), start());
    database.drop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_imports_of_one_document_agree() {
    let name = "two_imports_of_one_document_agree";
    let Some(database) = Postgres::create(name).await else {
        return;
    };
    let house = House::open(database.url()).await;
    let other = house.replica().await;
    for sample in &SAMPLES {
        let (a, b) = (house.app.operator(), other.operator());
        let (a, b) = tokio::join!(
            import_framework(&a, sample.bytes),
            import_framework(&b, sample.bytes)
        );
        let (a, b) = (a.expect("it is imported"), b.expect("it is imported"));
        assert_eq!(a.version, b.version);
        assert!(
            a.unchanged != b.unchanged,
            "one publishes, the other finds it"
        );
    }
    drop((house, other));
    database.drop().await;
}

async fn one_master_key_is_bound(house: House) {
    let (db, op) = (&house.app.db, house.app.operator());
    assert_eq!(installation::master_key_id(db).await.unwrap(), None);
    assert_eq!(
        installation::bind_master_key(&op, "first").await.unwrap(),
        "first"
    );
    assert_eq!(
        installation::bind_master_key(&op, "second").await.unwrap(),
        "first"
    );
}

async fn a_list_signed_after_the_question_still_answers_it(house: House) {
    let platform = house.with_samples().await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let statement = &cast::statements(&house.api, SAMPLES[0].soc, 1).await[0];
    let demonstration = college.demonstration(statement, false).await;
    let issued = college.issue(&demonstration, "first").await;
    let record = issued.text("/issueCredential/credential/jwt");
    let list = issued.text("/issueCredential/credential/statusEntry/listUrl");
    let list = list
        .rsplit('/')
        .next()
        .and_then(|id| id.parse().ok())
        .expect("an id");
    // The question came in, then the list was signed, a second later.
    let asked_at = house.app.clock.now() + SignedDuration::from_secs(1);
    house.clock.pass_days(1);
    let signed = lists::signed_list(&house.app, list)
        .await
        .expect("it is signed");
    let signed = Arc::clone(&signed.expect("it is there"));
    let asked_at = asked_at + SignedDuration::from_hours(24) - SignedDuration::from_secs(3);
    assert!(asked_at < signed.signed_at);
    let inspected = Arc::new(inspect(record.as_bytes()).expect("a credential"));
    let report = verify_credential(&house.app, inspected, Materials::new(), asked_at).await;
    assert_eq!(report.expect("it is judged").outcome, Outcome::Valid);
}

async fn a_decision_is_made_once(house: House) {
    let platform = house.with_samples().await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let statements = cast::statements(&house.api, SAMPLES[0].soc, 1).await;
    let plan = college.plan(&statements, false).await;
    let assessment = college.open(&plan, &college.learner).await;
    let first = college.decide(&assessment, "decision { complete }").await;
    assert_eq!(first.at("/decideAssessment/decision/complete"), false);
    let input = serde_json::json!({"assessmentId": assessment});
    let again = college
        .admin("decideAssessment", "decision { id }", input)
        .await;
    assert_eq!(again.user_errors(), ["ASSESSMENT_DECIDED"]);
}
