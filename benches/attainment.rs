//! Where learners stand, over GraphQL through the whole HTTP stack in one process, on a SQLite
//! file: a learner with 5,000 observations and 600 demonstrations, among 10,000 others. Processor
//! time for each request, server and database together; beside it what the database takes to
//! count the same rows without any of the rules, which is the floor.

#![expect(
    clippy::indexing_slicing,
    reason = "what is indexed was made here with that length"
)]

mod college;
mod cpu;

use std::sync::Arc;

use attestry::{
    app::App,
    config::{CommonArgs, Config, ServeArgs},
    credential::custody::MasterKey,
    identity::ops::keys,
    kernel::{clock::SystemClock, db::Db, ids, rng::SystemRng},
    web::router::router,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
};
use college::{College, FRAMEWORKS, MANY};
use cpu::CpuTime;
use criterion::{Criterion, criterion_group, criterion_main};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tower::ServiceExt;

async fn installation(directory: &std::path::Path) -> Arc<App> {
    let config = Config::load(&CommonArgs::default(), &ServeArgs::default()).expect("defaults");
    let config = config.throw_away(directory);
    let db = Db::open(&config.database_url).await.expect("a database");
    db.migrate().await.expect("the newest schema");
    let key = MasterKey::from_bytes([1; 32]);
    App::new(db, Arc::new(SystemClock), Arc::new(SystemRng), key, config)
}

async fn ask(router: &Router, token: &str, query: &str) -> (usize, Value) {
    let request = Request::post("/graphql")
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"))
        .body(Body::from(json!({"query": query}).to_string()))
        .expect("a request");
    let response = router.clone().oneshot(request).await.expect("an answer");
    let body = to_bytes(response.into_body(), usize::MAX)
        .await
        .expect("a body");
    assert!(
        body.starts_with(b"{\"data\":{"),
        "{}",
        String::from_utf8_lossy(&body)
    );
    let answer = serde_json::from_slice(&body).expect("JSON");
    (body.len(), answer)
}

/// The same request, read no further than that it was answered.
async fn send(router: &Router, token: &str, query: &str) {
    let request = Request::post("/graphql")
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"))
        .body(Body::from(json!({"query": query}).to_string()))
        .expect("a request");
    let response = router.clone().oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), 200);
    to_bytes(response.into_body(), usize::MAX)
        .await
        .expect("a body");
}

/// A provider with its administrator: the row's id, the member's, and the text of a key.
async fn provider(app: &Arc<App>, router: &Router) -> (uuid::Uuid, uuid::Uuid, String) {
    let platform = keys::bootstrap(&app.operator()).await;
    let platform = platform.expect("it works").expect("no key was made");
    let make = async |mutation: String, pointer: &str| {
        let (_, answer) = ask(router, platform.as_str(), &mutation).await;
        let made = answer.pointer(pointer).and_then(Value::as_str);
        made.expect("the answer has it").to_owned()
    };
    let create = "mutation { createProvider(input: {slug: \"riverside\", name: \"Riverside\", url: \"https://r.example\"}) { provider { id } } }";
    let provider = make(create.to_owned(), "/data/createProvider/provider/id").await;
    let create = format!(
        "mutation {{ createMember(input: {{providerId: \"{provider}\", name: \"Admin\", roles: [PROVIDER_ADMIN, ASSESSOR]}}) {{ member {{ id }} }} }}"
    );
    let member = make(create, "/data/createMember/member/id").await;
    let create = format!(
        "mutation {{ createApiKey(input: {{memberId: \"{member}\", name: \"work\"}}) {{ token }} }}"
    );
    let token = make(create, "/data/createApiKey/token").await;
    let row = |global: &str| ids::parse_global(global).expect("it is an id").1;
    (row(&provider), row(&member), token)
}

fn attainment(c: &mut Criterion<CpuTime>) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let directory = tempfile::tempdir().expect("a directory");
    let app = runtime.block_on(installation(directory.path()));
    let router = router(&app);
    let (owner, member, token) = runtime.block_on(provider(&app, &router));
    let college = runtime.block_on(College::found(&app, owner, member));
    let learner = ids::global("Learner", college.learner);
    let soc = college::soc(3);
    let progress = "attained progress { needed found more text }";
    let gap = format!("gap(soc: \"{soc}\", family: MASTERY, ordinal: 2");
    let one = format!(
        "{{ learner(id: \"{learner}\") {{ {gap}) {{ {progress} statements {{ standing statement {{ code text }} }} }} }} }}"
    );
    let old = format!(
        "{{ learner(id: \"{learner}\") {{ {gap}, versionLabel: \"v.1\") {{ {progress} }} }} }}"
    );
    let level = "frameworkVersion { label } level { ordinal }";
    let all =
        format!("{{ learner(id: \"{learner}\") {{ attainments {{ {level} {progress} }} }} }}");
    let page = format!(
        "{{ learners(first: 100) {{ nodes {{ name attainments {{ {level} {progress} }} }} }} }}"
    );
    let mut group = c.benchmark_group("attainment");
    group.throughput(cpu::each(1));
    for (name, query) in [
        ("gap of the long record", one),
        ("gap of the long record, in the old version", old),
        ("all levels of the long record", all),
        ("levels of a page of 100 learners", page),
    ] {
        let (size, answer) = runtime.block_on(ask(&router, &token, &query));
        println!("{name}: {size} bytes: {}", excerpt(&answer));
        group.bench_function(name, |b| {
            b.iter(|| runtime.block_on(send(&router, &token, &query)));
        });
    }
    let hello = format!("{{ learner(id: \"{learner}\") {{ id }} }}");
    group.bench_function("the learner alone", |b| {
        b.iter(|| runtime.block_on(send(&router, &token, &hello)));
    });
    group.bench_function("floor: the database counts the long record", |b| {
        b.iter(|| assert_eq!(runtime.block_on(counted(&app, &college)), MANY));
    });
    group.finish();
}

fn excerpt(answer: &Value) -> String {
    answer.to_string().chars().take(200).collect()
}

/// How many statements the learner with the long record has demonstrated, level by level.
async fn counted(app: &Arc<App>, college: &College) -> usize {
    let sql = "SELECT s.level_id, COUNT(DISTINCT d.statement_id) AS n
        FROM demonstration d JOIN statement s ON s.id = d.statement_id
        WHERE d.provider_id = ? AND d.learner_id = ? AND d.withdrawn_at IS NULL
          AND (d.valid_until IS NULL OR d.valid_until > ?)
        GROUP BY s.level_id";
    let db = app.db.public();
    let values = [college.provider.into(), college.learner.into(), 0i64.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await.expect("it answers");
    assert_eq!(rows.len(), (FRAMEWORKS - 1) * 4);
    let count = |n: i64| usize::try_from(n).expect("it counts");
    let counts = rows
        .iter()
        .map(|r| count(r.try_get("", "n").expect("a number")));
    counts.sum()
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime).sample_size(50);
    targets = attainment
}
criterion_main!(benches);
