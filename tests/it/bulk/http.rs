//! Tables over HTTP.

use std::{sync::Arc, time::Duration};

use attestry::web::router::router;
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::scene::{RESULTS, Scene};
use crate::support::{Answer, House, audit::check_chains, cast, on_each_database};

on_each_database!(
    a_table_becomes_a_job,
    bad_rows_are_told_by_the_job,
    exports_are_for_those_who_may,
    who_may_not_import_is_refused,
    another_tenants_job_is_not_found,
);

const PEOPLE: &str = "external_id,name,email\nL-1,Ada,ada@people.example\n";

async fn send(
    scene: &Scene,
    method: &str,
    path: &str,
    token: Option<&str>,
    kind: &str,
    body: &str,
) -> (StatusCode, String) {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::CONTENT_TYPE, kind);
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let request = request
        .body(Body::from(body.to_owned()))
        .expect("it is well-formed");
    let router = router(&Arc::clone(&scene.house.app));
    let Ok(response) = router.oneshot(request).await;
    let status = response.status();
    let bytes = to_bytes(response.into_body(), usize::MAX)
        .await
        .expect("it is in memory");
    (
        status,
        String::from_utf8(bytes.to_vec()).expect("it is text"),
    )
}

async fn post(scene: &Scene, path: &str, body: &str) -> (StatusCode, Value) {
    let token = Some(scene.college.admin.token.as_str());
    let (status, text) = send(scene, "POST", path, token, "text/csv; charset=utf-8", body).await;
    (status, serde_json::from_str(&text).expect("it is JSON"))
}

const JOB: &str = "query J($id: ID!) { bulkJob(id: $id) { id kind planId state dryRun skipBadLines
    rows accepted refused problems(first: 1) { nodes { line column code message }
    pageInfo { hasNextPage } } createdAt finishedAt } }";

/// What the API tells of a job once it has ended.
async fn ended(scene: &Scene, job: &str) -> Answer {
    for _ in 0..600 {
        let token = Some(scene.college.admin.token.as_str());
        let told = scene.house.api.send(token, JOB, json!({"id": job})).await;
        if told.at("/bulkJob/finishedAt").is_string() {
            return told;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the job does not end");
}

async fn a_table_becomes_a_job(house: House) {
    let scene = Scene::set(house).await;
    let (status, told) = post(&scene, "/bulk/learners", PEOPLE).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{told}");
    let job = ended(&scene, told["job"].as_str().unwrap()).await;
    assert_eq!(job.text("/bulkJob/state"), "DONE");
    assert_eq!(job.text("/bulkJob/kind"), "LEARNERS");
    assert_eq!(
        (job.at("/bulkJob/rows"), job.at("/bulkJob/accepted")),
        (&json!(1), &json!(1))
    );
    let table = format!(
        "{RESULTS}{}",
        scene.row(0, "3", "2026-01-02").replace("2026-001", "L-1")
    );
    let path = format!("/bulk/results?plan={}&dryRun=true", scene.plan);
    let before = scene.counts().await;
    let (_, told) = post(&scene, &path, &table).await;
    let job = ended(&scene, told["job"].as_str().unwrap()).await;
    assert_eq!(job.text("/bulkJob/state"), "DONE");
    assert_eq!(job.at("/bulkJob/dryRun"), &json!(true));
    assert_eq!(job.at("/bulkJob/planId"), &json!(scene.plan));
    assert_eq!(scene.counts().await[..4], before[..4]);
    let jobs = "{ bulkJobs { nodes { id state } } events: viewer { kind } }";
    let token = Some(scene.college.admin.token.as_str());
    let jobs = scene.house.api.send(token, jobs, json!({})).await;
    assert_eq!(jobs.at("/bulkJobs/nodes").as_array().map(Vec::len), Some(2));
    let node = "query N($id: ID!) { node(id: $id) { ... on BulkJob { state } } }";
    let id = jobs.text("/bulkJobs/nodes/0/id");
    let node = scene.house.api.send(token, node, json!({"id": id})).await;
    assert_eq!(node.text("/node/state"), "DONE");
    check_chains(&scene.house.app.db).await;
}

async fn bad_rows_are_told_by_the_job(house: House) {
    let scene = Scene::set(house).await;
    let bad = format!("{PEOPLE}L-2,,\nL-3,,\n");
    let before = scene.counts().await;
    let (_, told) = post(&scene, "/bulk/learners", &bad).await;
    let job = ended(&scene, told["job"].as_str().unwrap()).await;
    assert_eq!(job.text("/bulkJob/state"), "REFUSED");
    assert_eq!(job.at("/bulkJob/refused"), &json!(2));
    assert_eq!(job.at("/bulkJob/problems/nodes/0/line"), &json!(3));
    assert_eq!(job.text("/bulkJob/problems/nodes/0/column"), "name");
    assert_eq!(
        job.at("/bulkJob/problems/pageInfo/hasNextPage"),
        &json!(true)
    );
    assert_eq!(scene.counts().await[0], before[0]);
    let (_, told) = post(&scene, "/bulk/learners?skipBadLines=true", &bad).await;
    let job = ended(&scene, told["job"].as_str().unwrap()).await;
    assert_eq!(job.text("/bulkJob/state"), "DONE");
    assert_eq!(scene.counts().await[0], before[0] + 1);
}

async fn exports_are_for_those_who_may(house: House) {
    let scene = Scene::set(house).await;
    let get = async |path: &str, token: Option<&str>| {
        send(&scene, "GET", path, token, "text/plain", "").await
    };
    let admin = Some(scene.college.admin.token.as_str());
    let (status, roster) = get("/bulk/learners.csv", admin).await;
    assert_eq!(status, StatusCode::OK, "{roster}");
    assert_eq!(
        roster,
        "external_id,name,email,did\r\n2026-001,Learner of riverside,learner@riverside.example,\r\n"
    );
    let path = format!("/bulk/results.csv?plan={}", scene.plan);
    let (status, results) = get(&path, admin).await;
    assert_eq!(
        (status, results.lines().count()),
        (StatusCode::OK, 1),
        "{results}"
    );
    for (path, token, expected) in [
        ("/bulk/learners.csv", None, 401),
        ("/bulk/learners.csv", Some("attestry_x"), 401),
        (
            "/bulk/learners.csv",
            Some(scene.college.assessors[0].token.as_str()),
            403,
        ),
        ("/bulk/learners.csv", Some(scene.platform.as_str()), 403),
        (path.as_str(), Some(scene.other.admin.token.as_str()), 404),
        ("/bulk/results.csv?plan=x", admin, 400),
        ("/bulk/results.csv?page=1", admin, 400),
    ] {
        assert_eq!(get(path, token).await.0.as_u16(), expected, "{path}");
    }
}

async fn who_may_not_import_is_refused(house: House) {
    let scene = Scene::set(house).await;
    let input = json!({
        "name": "Registrar", "email": "registrar@riverside.example", "roles": ["REGISTRAR"],
    });
    let made = scene
        .college
        .admin("createMember", "member { id }", input)
        .await;
    let member = made.text("/createMember/member/id");
    let input = json!({"memberId": member, "name": "work"});
    let registrar = cast::key(&scene.house.api, &scene.college.admin.token, input).await;
    let results = format!("/bulk/results?plan={}", scene.plan);
    let admin = scene.college.admin.token.as_str();
    let assessor = scene.college.assessors[0].token.as_str();
    let before = scene.counts().await;
    for (path, token, kind, expected) in [
        ("/bulk/learners", None, "text/csv", 401),
        ("/bulk/learners", Some(assessor), "text/csv", 403),
        (
            "/bulk/learners",
            Some(scene.platform.as_str()),
            "text/csv",
            403,
        ),
        (results.as_str(), Some(registrar.as_str()), "text/csv", 403),
        (
            results.as_str(),
            Some(scene.other.admin.token.as_str()),
            "text/csv",
            404,
        ),
        ("/bulk/learners", Some(admin), "application/json", 415),
        (
            "/bulk/learners",
            Some(admin),
            "text/csv; charset=latin1",
            415,
        ),
        ("/bulk/learners?plan=x", Some(admin), "text/csv", 400),
        (
            "/bulk/learners?dryRun=perhaps",
            Some(admin),
            "text/csv",
            400,
        ),
        ("/bulk/results", Some(admin), "text/csv", 400),
    ] {
        let (status, told) = send(&scene, "POST", path, token, kind, PEOPLE).await;
        assert_eq!(status.as_u16(), expected, "{path} {told}");
    }
    assert_eq!(scene.counts().await, before);
    let (status, told) = send(
        &scene,
        "POST",
        "/bulk/learners",
        Some(&registrar),
        "text/csv",
        PEOPLE,
    )
    .await;
    assert_eq!(status, StatusCode::ACCEPTED, "{told}");
    let told: Value = serde_json::from_str(&told).unwrap();
    ended(&scene, told["job"].as_str().unwrap()).await;
}

async fn another_tenants_job_is_not_found(house: House) {
    let scene = Scene::set(house).await;
    let (_, told) = post(&scene, "/bulk/learners", PEOPLE).await;
    let job = told["job"].as_str().unwrap();
    ended(&scene, job).await;
    let theirs = Some(scene.other.admin.token.as_str());
    let told = scene.house.api.send(theirs, JOB, json!({"id": job})).await;
    assert_eq!(told.code(), Some("NOT_FOUND"), "{told:?}");
}
