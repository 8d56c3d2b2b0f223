//! Who hears of what happens, and for how long.

mod crowd;

use attestry::{
    events::{
        model::EventKind,
        progress::{JobState, Progress},
    },
    kernel::ids,
};
use entity::{api_key, bulk_job};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use serde_json::{Value, json};

use super::{college, decide, happen, row, until};
use crate::support::{
    House, Tenant, cast, on_each_database,
    socket::{Said, Socket, serve},
};

on_each_database!(
    staff_hear_of_decisions_in_their_own_provider,
    a_learner_hears_of_their_own,
    a_key_that_ends_ends_what_it_opened,
    what_commits_later_is_told_all_the_same,
    a_bulk_job_tells_how_far_it_is,
);

const DECISIONS: &str = "subscription D($learner: ID) { assessmentDecided(learnerId: $learner) {
    kind at learnerId } }";

/// A connection that listens; what it asked for is under way when this returns.
async fn listening(house: &House, token: &str, query: &str, variables: Value) -> Socket {
    let address = serve(&house.app).await;
    let before = house.app.hub.listeners();
    let mut socket = Socket::connect(address, Some(token)).await;
    socket.subscribe("1", query, variables).await;
    let hub = &house.app.hub;
    until("it listens", || {
        hub.listeners() > before && hub.lookers() == 1
    })
    .await;
    socket
}

/// The data of the next result.
async fn next(socket: &mut Socket) -> Value {
    let message = socket.hear().await.message();
    assert_eq!(message["type"], "next", "{message}");
    assert!(message["payload"]["errors"].is_null(), "{message}");
    message["payload"]["data"].clone()
}

/// The code that the operation ended in.
async fn error(socket: &mut Socket) -> String {
    let message = socket.hear().await.message();
    assert_eq!(message["type"], "error", "{message}");
    let code = message["payload"][0]["extensions"]["code"].as_str();
    code.unwrap_or_else(|| panic!("no code: {message}"))
        .to_owned()
}

async fn staff_hear_of_decisions_in_their_own_provider(house: House) {
    let platform = house.bootstrap().await;
    let a = college(&house, &platform, "riverside").await;
    let b = college(&house, &platform, "hillside").await;
    decide(&house.app, &a, &a.learner).await;
    let mut all = listening(&house, &a.admin.token, DECISIONS, json!({})).await;
    let one = json!({"learner": a.learner});
    let mut one = listening(&house, &a.assessors[0].token, DECISIONS, one).await;
    let other = a.learner(json!({
        "externalId": "2026-002", "name": "Another", "email": "another@riverside.example",
    }));
    let other = other.await;
    decide(&house.app, &b, &b.learner).await;
    happen(
        &house.app,
        &a,
        EventKind::AssessmentOpened,
        json!({"learnerId": other}),
    )
    .await;
    decide(&house.app, &a, &other).await;
    decide(&house.app, &a, &a.learner).await;
    for learner in [&other, &a.learner] {
        let told = next(&mut all).await;
        assert_eq!(told["assessmentDecided"]["learnerId"], json!(learner));
        assert_eq!(told["assessmentDecided"]["kind"], "ASSESSMENT_DECIDED");
    }
    assert_eq!(
        next(&mut one).await["assessmentDecided"]["learnerId"],
        json!(a.learner)
    );
    assert!(all.hears_nothing().await && one.hears_nothing().await);
    // A learner of another provider is as unknown as one that never was.
    for learner in [
        b.learner.clone(),
        ids::global("Learner", uuid::Uuid::from_u128(1)),
    ] {
        all.subscribe("2", DECISIONS, json!({"learner": learner}))
            .await;
        assert_eq!(error(&mut all).await, "NOT_FOUND");
    }
    let address = serve(&house.app).await;
    let mut keeper = Socket::connect(address, Some(&platform)).await;
    keeper.subscribe("1", DECISIONS, json!({})).await;
    assert_eq!(error(&mut keeper).await, "FORBIDDEN");
}

/// The token of a key that a learner holds.
async fn learners_key(house: &House, tenant: &Tenant) -> String {
    let input = json!({"memberId": tenant.admin.id, "name": "to be the learner's"});
    let fields = "apiKey { id } token";
    let made = house
        .api
        .mutate(&tenant.admin.token, "createApiKey", fields, input)
        .await;
    let key = row(&made.text("/createApiKey/apiKey/id"));
    let found = api_key::Entity::find_by_id(key)
        .one(house.db())
        .await
        .unwrap();
    let mut key = found.unwrap().into_active_model();
    key.member_id = Set(None);
    key.learner_id = Set(Some(row(&tenant.learner)));
    key.scopes = Set("events:read assessments:read".to_owned());
    key.update(house.db()).await.unwrap();
    made.text("/createApiKey/token")
}

async fn a_learner_hears_of_their_own(house: House) {
    let platform = house.bootstrap().await;
    let a = college(&house, &platform, "riverside").await;
    let other = a.learner(json!({
        "externalId": "2026-002", "name": "Another", "email": "another@riverside.example",
    }));
    let other = other.await;
    let token = learners_key(&house, &a).await;
    let mut decisions = listening(&house, &token, DECISIONS, json!({})).await;
    let everything = "subscription { events { kind } }";
    let mut everything = listening(&house, &token, everything, json!({})).await;
    decide(&house.app, &a, &other).await;
    happen(
        &house.app,
        &a,
        EventKind::BulkFinished,
        json!({"jobId": "x"}),
    )
    .await;
    decide(&house.app, &a, &a.learner).await;
    assert_eq!(
        next(&mut decisions).await["assessmentDecided"]["learnerId"],
        json!(a.learner)
    );
    assert_eq!(
        next(&mut everything).await,
        json!({"events": {"kind": "ASSESSMENT_DECIDED"}})
    );
    assert!(decisions.hears_nothing().await && everything.hears_nothing().await);
    decisions
        .subscribe("2", DECISIONS, json!({"learner": other}))
        .await;
    assert_eq!(error(&mut decisions).await, "NOT_FOUND");
}

async fn a_key_that_ends_ends_what_it_opened(house: House) {
    let platform = house.bootstrap().await;
    let a = college(&house, &platform, "riverside").await;
    let fields = "apiKey { id } token";
    let make = async || {
        let input = json!({"memberId": a.admin.id, "name": "short-lived"});
        let made = house
            .api
            .mutate(&a.admin.token, "createApiKey", fields, input)
            .await;
        (
            made.text("/createApiKey/apiKey/id"),
            made.text("/createApiKey/token"),
        )
    };
    let (revoked, token) = make().await;
    let mut first = listening(&house, &token, DECISIONS, json!({})).await;
    let (narrowed, token) = make().await;
    let mut second = listening(&house, &token, DECISIONS, json!({})).await;
    let mut third = listening(&house, &a.admin.token, DECISIONS, json!({})).await;
    decide(&house.app, &a, &a.learner).await;
    for socket in [&mut first, &mut second, &mut third] {
        next(socket).await;
    }
    a.admin(
        "revokeApiKey",
        "apiKey { id }",
        json!({"apiKeyId": revoked}),
    )
    .await;
    let key = api_key::Entity::find_by_id(row(&narrowed))
        .one(house.db())
        .await
        .unwrap();
    let mut key = key.unwrap().into_active_model();
    key.scopes = Set("members:read".to_owned());
    key.update(house.db()).await.unwrap();
    decide(&house.app, &a, &a.learner).await;
    assert_eq!(error(&mut first).await, "UNAUTHENTICATED");
    assert_eq!(first.hear().await, Said::Closed(4403));
    assert_eq!(error(&mut second).await, "FORBIDDEN");
    assert!(
        second.hears_nothing().await,
        "the key opens something else still"
    );
    next(&mut third).await;
    assert!(third.hears_nothing().await);
}

async fn what_commits_later_is_told_all_the_same(house: House) {
    use attestry::{
        events::{model::NewEvent, outbox::append},
        kernel::db::Reach,
    };
    let platform = house.bootstrap().await;
    let a = college(&house, &platform, "riverside").await;
    let query = "subscription { events { payload } }";
    let mut socket = listening(&house, &a.admin.token, query, json!({})).await;
    let new = |n: i32| NewEvent {
        kind: EventKind::BulkFinished,
        payload: json!({"number": n}),
    };
    let (provider, op) = (row(&a.provider), house.app.operator());
    if house.app.db.is_postgres() {
        // The earlier of two events is committed last.
        let early = house.app.db.write_tx(Reach::One(provider)).await.unwrap();
        append(&*early, &op, provider, new(1)).await.unwrap();
        let late = house.app.db.write_tx(Reach::One(provider)).await.unwrap();
        append(&*late, &op, provider, new(2)).await.unwrap();
        late.commit().await.unwrap();
        assert_eq!(
            next(&mut socket).await["events"]["payload"],
            "{\"number\":2}"
        );
        early.commit().await.unwrap();
        assert_eq!(
            next(&mut socket).await["events"]["payload"],
            "{\"number\":1}"
        );
    } else {
        for n in [1, 2] {
            let tx = house.app.db.write_tx(Reach::One(provider)).await.unwrap();
            append(&*tx, &op, provider, new(n)).await.unwrap();
            tx.commit().await.unwrap();
            let told = next(&mut socket).await;
            assert_eq!(told["events"]["payload"], json!({"number": n}).to_string());
        }
    }
    assert!(socket.hears_nothing().await, "each is told once");
}

async fn a_bulk_job_tells_how_far_it_is(house: House) {
    let platform = house.bootstrap().await;
    let a = college(&house, &platform, "riverside").await;
    let b = college(&house, &platform, "hillside").await;
    let job = job(&house, &a, "WAITING").await;
    let query = "subscription P($job: ID!) { bulkProgress(jobId: $job) { done total state } }";
    let address = serve(&house.app).await;
    let mut stranger = Socket::connect(address, Some(&b.admin.token)).await;
    stranger.subscribe("1", query, json!({"job": job})).await;
    assert_eq!(error(&mut stranger).await, "NOT_FOUND");
    let at = |done, state| Progress {
        done,
        total: 9,
        state,
    };
    house
        .app
        .progress
        .publish(row(&job), at(1, JobState::Running));
    let mut socket = Socket::connect(address, Some(&a.admin.token)).await;
    socket.subscribe("1", query, json!({"job": job})).await;
    let told =
        |done, state: &str| json!({"bulkProgress": {"done": done, "total": 9, "state": state}});
    assert_eq!(next(&mut socket).await, told(1, "RUNNING"));
    house
        .app
        .progress
        .publish(row(&job), at(5, JobState::Running));
    assert_eq!(next(&mut socket).await, told(5, "RUNNING"));
    // Its end is written down before it is told, for whoever looks later.
    let ended = bulk_job::ActiveModel {
        id: Set(row(&job)),
        state: Set("DONE".to_owned()),
        accepted_rows: Set(8),
        ..Default::default()
    };
    ended.update(house.db()).await.unwrap();
    house.app.progress.publish(row(&job), at(9, JobState::Done));
    assert_eq!(next(&mut socket).await, told(9, "DONE"));
    let complete = json!({"type": "complete", "id": "1"});
    assert_eq!(socket.hear().await, Said::Message(complete.clone()));
    // One that ended, or runs elsewhere, is told from its row.
    let ended = self::job(&house, &a, "REFUSED").await;
    socket.subscribe("1", query, json!({"job": ended})).await;
    assert_eq!(next(&mut socket).await, told(3, "REFUSED"));
    assert_eq!(socket.hear().await, Said::Message(complete));
}

/// A job of nine lines, of which three were looked at.
pub(crate) async fn job(house: &House, tenant: &Tenant, state: &str) -> String {
    let id = house.app.operator().new_id();
    let row = bulk_job::Model {
        id,
        provider_id: row(&tenant.provider),
        kind: "LEARNERS".to_owned(),
        plan_id: None,
        skip_bad_lines: false,
        dry_run: false,
        state: state.to_owned(),
        total_rows: 9,
        accepted_rows: 2,
        refused_rows: 1,
        created_by: "somebody".to_owned(),
        created_at: 0,
        finished_at: None,
    };
    row.into_active_model().insert(house.db()).await.unwrap();
    ids::global("BulkJob", id)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_leads_to_its_assessment() {
    let house = House::open(crate::support::database::MEMORY).await;
    let platform = house.with_samples().await;
    let a = college(&house, &platform, "riverside").await;
    let soc = attestry::catalog::samples::SAMPLES[0].soc;
    let statements = cast::statements(&house.api, soc, 1).await;
    let plan = a.plan(&statements, false).await;
    let assessment = a.open(&plan, &a.learner).await;
    let query = "subscription { assessmentDecided { assessment { id learner { name } } } }";
    let mut socket = listening(&house, &a.admin.token, query, json!({})).await;
    let payload = json!({"assessmentId": assessment, "learnerId": a.learner});
    happen(&house.app, &a, EventKind::AssessmentRedecided, payload).await;
    let told = next(&mut socket).await;
    let told = &told["assessmentDecided"]["assessment"];
    assert_eq!(
        told,
        &json!({"id": assessment, "learner": {"name": "Learner of riverside"}})
    );
}
