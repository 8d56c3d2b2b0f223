//! Who may send a table now: nobody sends one for nothing, nor more than there is room for.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use attestry::web::router::router;
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{Request, StatusCode, header},
};
use entity::bulk_job;
use futures_util::stream::{self, StreamExt};
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use tokio::{sync::oneshot, task::JoinHandle};
use tower::ServiceExt;

use super::scene::{Scene, row_id};
use crate::support::{House, Tenant, on_each_database};

on_each_database!(
    who_has_too_many_jobs_sends_nothing,
    an_unknown_plan_is_told_before_the_table_is_read,
    waiting_ends_no_job_where_one_server_knows_them_all,
    uploads_under_way_are_bounded,
);

const PEOPLE: &str = "external_id,name,email\nL-1,Ada,ada@people.example\n";

/// The status, the header `retry-after`, and what is told.
type Told = (StatusCode, Option<String>, Value);

async fn send(router: &Router, path: &str, by: &Tenant, body: Body) -> Told {
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "text/csv")
        .header(header::AUTHORIZATION, format!("Bearer {}", by.admin.token))
        .body(body)
        .expect("it is well-formed");
    let Ok(response) = router.clone().oneshot(request).await;
    let status = response.status();
    let after = response.headers().get(header::RETRY_AFTER);
    let after = after.map(|value| value.to_str().expect("it is ASCII").to_owned());
    let bytes = to_bytes(response.into_body(), usize::MAX).await;
    let told = serde_json::from_slice(&bytes.expect("it is in memory"));
    (status, after, told.expect("it is JSON"))
}

/// A body, and whether anything of it was taken.
fn watched() -> (Body, Arc<AtomicBool>) {
    let taken = Arc::new(AtomicBool::new(false));
    let note = Arc::clone(&taken);
    let parts = stream::once(async move {
        note.store(true, Ordering::SeqCst);
        Ok::<_, std::io::Error>(PEOPLE)
    });
    (Body::from_stream(parts), taken)
}

/// As many jobs as a provider may have that wait or run; the first one's global id.
async fn ten_jobs(house: &House, tenant: &Tenant) -> String {
    let op = house.app.operator();
    let ids = op.new_ids(10);
    let jobs = ids.iter().map(|id| {
        let job = bulk_job::Model {
            id: *id,
            provider_id: row_id(&tenant.provider),
            kind: "LEARNERS".to_owned(),
            plan_id: None,
            skip_bad_lines: false,
            dry_run: false,
            state: "WAITING".to_owned(),
            total_rows: 1,
            accepted_rows: 0,
            refused_rows: 0,
            created_by: "nobody".to_owned(),
            created_at: op.now.as_millisecond(),
            finished_at: None,
        };
        job.into_active_model()
    });
    let inserted = bulk_job::Entity::insert_many(jobs).exec_without_returning(house.db());
    inserted.await.expect("they can be inserted");
    attestry::kernel::ids::global("BulkJob", ids[0])
}

async fn who_has_too_many_jobs_sends_nothing(house: House) {
    let scene = Scene::set(house).await;
    ten_jobs(&scene.house, &scene.college).await;
    let router = router(&scene.house.app);
    let (body, taken) = watched();
    let (status, _, told) = send(&router, "/bulk/learners", &scene.college, body).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{told}");
    assert_eq!(told["error"]["code"], "TOO_MANY_JOBS");
    assert!(!taken.load(Ordering::SeqCst), "the table was read");
    let (body, taken) = watched();
    let (status, _, told) = send(&router, "/bulk/learners", &scene.other, body).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{told}");
    assert!(taken.load(Ordering::SeqCst));
}

async fn an_unknown_plan_is_told_before_the_table_is_read(house: House) {
    let scene = Scene::set(house).await;
    let router = router(&scene.house.app);
    let (body, taken) = watched();
    let path = format!("/bulk/results?plan={}", scene.plan);
    let (status, _, told) = send(&router, &path, &scene.other, body).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{told}");
    assert!(!taken.load(Ordering::SeqCst), "the table was read");
}

/// Replicas over one database cannot ask each other, and go by the time since the order.
async fn waiting_ends_no_job_where_one_server_knows_them_all(house: House) {
    let scene = Scene::set(house).await;
    let job = ten_jobs(&scene.house, &scene.college).await;
    scene.house.clock.pass_seconds(61 * 60);
    let query = "query J($id: ID!) { bulkJob(id: $id) { state } }";
    let token = Some(scene.college.admin.token.as_str());
    let seen = scene.house.api.send(token, query, json!({"id": job})).await;
    let is_over = scene.house.app.db.is_postgres();
    let expected = if is_over { "FAILED" } else { "WAITING" };
    assert_eq!(seen.text("/bulkJob/state"), expected);
    let router = router(&scene.house.app);
    let sent = send(&router, "/bulk/learners", &scene.college, PEOPLE.into()).await;
    assert_eq!(sent.0 == StatusCode::ACCEPTED, is_over, "{sent:?}");
}

/// An upload that has begun and does not end before it is told to.
struct Slow {
    task: JoinHandle<Told>,
    end: oneshot::Sender<()>,
}

impl Slow {
    async fn begin(router: &Router, by: &Tenant) -> Self {
        let (begun, wait_for_it) = oneshot::channel();
        let (end, told_to_end) = oneshot::channel::<()>();
        let first = stream::once(async move {
            begun.send(()).expect("the test waits for it");
            Ok::<_, std::io::Error>(Bytes::from_static(PEOPLE.as_bytes()))
        });
        let last = stream::once(async move {
            told_to_end.await.expect("the test tells it");
            Ok(Bytes::new())
        });
        let (router, by) = (router.clone(), by.clone());
        let body = Body::from_stream(first.chain(last));
        let task = tokio::spawn(async move { send(&router, "/bulk/learners", &by, body).await });
        wait_for_it.await.expect("the body is read");
        Self { task, end }
    }
}

async fn uploads_under_way_are_bounded(house: House) {
    let scene = Scene::set(house).await;
    let router = router(&scene.house.app);
    let upload = async |by: &Tenant| send(&router, "/bulk/learners", by, Body::from(PEOPLE)).await;
    let first = Slow::begin(&router, &scene.college).await;
    let second = Slow::begin(&router, &scene.college).await;
    let (body, taken) = watched();
    let (status, after, told) = send(&router, "/bulk/learners", &scene.college, body).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{told}");
    assert_eq!(told["error"]["code"], "TOO_MANY_UPLOADS");
    let after = after.expect("it says when to come again");
    assert!(after.parse::<u32>().is_ok_and(|s| s > 0), "{after}");
    assert!(!taken.load(Ordering::SeqCst), "the table was read");
    let (status, _, told) = upload(&scene.other).await;
    assert_eq!(status, StatusCode::ACCEPTED, "others have places: {told}");
    // A client that goes away gives its place back.
    first.task.abort();
    assert!(first.task.await.is_err_and(|e| e.is_cancelled()));
    let (status, _, told) = upload(&scene.college).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{told}");
    // So does one whose table is here.
    let third = Slow::begin(&router, &scene.college).await;
    assert_eq!(
        upload(&scene.college).await.2["error"]["code"],
        "TOO_MANY_UPLOADS"
    );
    for slow in [second, third] {
        slow.end.send(()).expect("it waits");
        let (status, _, told) = slow.task.await.expect("it does not panic");
        assert_eq!(status, StatusCode::ACCEPTED, "{told}");
    }
    assert_eq!(upload(&scene.college).await.0, StatusCode::ACCEPTED);
}
