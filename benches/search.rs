//! Searching a catalog of 1,016 occupations with 40 statements each, through the whole HTTP stack in
//! one process, on the embedded database: processor time for each request of 20 hits, server and
//! database together. Beside it, as a floor, the bare statement that finds 20 statements by the same
//! words and reads their texts, and what it costs to make the index of that catalog.

#![expect(
    clippy::disallowed_methods,
    reason = "a bench reads its own environment"
)]

mod cpu;

use std::{path::PathBuf, process::Command, sync::Arc};

use attestry::{
    app::App,
    catalog::{
        ops::{
            import::{Document, import_documents, read_document},
            search::catch_up,
        },
        samples::SAMPLES,
    },
    config::{CommonArgs, Config, ServeArgs},
    credential::custody::MasterKey,
    kernel::{clock::SystemClock, db::Db, rng::SystemRng},
    web::router::router,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
};
use cpu::CpuTime;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Documents in a transaction, as the command has them.
const TOGETHER: usize = 32;

/// Exports of the whole O*NET where the shared data are at hand, otherwise the project's samples
/// under a thousand codes.
fn documents() -> Vec<Document> {
    let read = |bytes: &[u8]| read_document(bytes).expect("it is a sound document");
    let Some(shared) = std::env::var_os("ATTESTRY_SHARED_DIR").map(PathBuf::from) else {
        let samples = SAMPLES.iter().cycle().zip(0..1_016);
        let numbered = samples.map(|(sample, n)| {
            let soc = format!("{:02}-{n:04}.00", 10 + n / 100);
            let text = String::from_utf8_lossy(sample.bytes).replacen(sample.soc, &soc, 1);
            read(text.as_bytes())
        });
        return numbered.collect();
    };
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let made = Command::new("python3")
        .arg(shared.join("tools/make-exports.py"))
        .arg(folder.path())
        .output()
        .expect("Python is installed");
    assert!(made.status.success());
    let entries = std::fs::read_dir(folder.path()).expect("it is there");
    let paths = entries.map(|entry| entry.expect("it is there").path());
    paths
        .map(|path| read(&std::fs::read(path).expect("it was just written")))
        .collect()
}

/// A fresh installation in a folder.
async fn installation(folder: &std::path::Path) -> Arc<App> {
    let config = Config::load(&CommonArgs::default(), &ServeArgs::default()).expect("defaults");
    let config = config.throw_away(folder);
    let db = Db::open(&config.database_url).await.expect("a database");
    db.migrate().await.expect("the newest schema");
    let key = MasterKey::from_bytes([1; 32]);
    App::new(db, Arc::new(SystemClock), Arc::new(SystemRng), key, config)
}

async fn store_all(app: &Arc<App>, mut documents: Vec<Document>) {
    while !documents.is_empty() {
        let rest = documents.split_off(documents.len().min(TOGETHER));
        let told = import_documents(&app.operator(), documents).await;
        assert!(told.expect("the database works").iter().all(Result::is_ok));
        documents = rest;
    }
}

async fn ask(router: &Router, text: &str) -> Value {
    let query = "query S($text: String!) { search(text: $text, first: 20) {
        totalCount isCapped corrected edges { cursor snippet { text highlighted } node {
            ... on Occupation { id soc title } ... on Statement { id code text } } }
        pageInfo { endCursor hasNextPage } } }";
    let body = json!({"query": query, "variables": {"text": text}}).to_string();
    let request = Request::post("/graphql")
        .header("content-type", "application/json")
        .body(Body::from(body))
        .expect("a request");
    let response = router.clone().oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), 200);
    let body = to_bytes(response.into_body(), usize::MAX).await;
    let body = body.expect("a body");
    assert!(body.starts_with(b"{\"data\":{"), "{body:?}");
    Value::from(String::from_utf8_lossy(&body).into_owned())
}

/// The least that a search for two words can do.
async fn floor(app: &App, words: &str) -> usize {
    let sql = "SELECT s.id, s.code, s.text FROM search_fts f
        CROSS JOIN search_doc d ON d.id = f.rowid JOIN statement s ON s.id = d.ref_id
        WHERE search_fts MATCH ? LIMIT 20";
    let db = app.db.public();
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [words.into()]);
    let rows = db.query_all_raw(statement).await;
    let rows = rows.expect("the database works");
    let texts = rows.iter().map(|row| {
        let text: String = row.try_get("", "text").expect("a text");
        text.len()
    });
    texts.sum()
}

fn search(c: &mut Criterion<CpuTime>) {
    let runtime = Runtime::new().expect("threads");
    let folder = tempfile::tempdir().expect("a folder");
    let app = runtime.block_on(installation(folder.path()));
    let documents = documents();
    runtime.block_on(store_all(&app, documents.clone()));
    let router = router(&app);
    let mut group = c.benchmark_group("search");
    group.throughput(cpu::each(1));
    for text in [
        "patient assessment",
        "massage",
        "patients",
        "29-11",
        "masage therapsit",
        "work",
    ] {
        let answer = runtime.block_on(ask(&router, text)).to_string();
        let start = answer.chars().take(90).collect::<String>();
        println!("{text}: {} bytes: {start}", answer.len());
        group.bench_function(text, |b| b.iter(|| runtime.block_on(ask(&router, text))));
    }
    group.bench_function("floor: patient assessment", |b| {
        b.iter(|| runtime.block_on(floor(&app, "\"patient\" AND \"assess\"")));
    });
    group.finish();
    let mut group = c.benchmark_group("index");
    group.sample_size(10);
    group.bench_function("import of all", |b| {
        b.iter_batched(
            || {
                let folder = tempfile::tempdir().expect("a folder");
                let app = runtime.block_on(installation(folder.path()));
                (folder, app, documents.clone())
            },
            |(folder, app, documents)| {
                runtime.block_on(store_all(&app, documents));
                folder
            },
            BatchSize::PerIteration,
        );
    });
    group.bench_function("index of what is imported", |b| {
        b.iter_batched(
            || {
                let emptied = app.db.write_tx(attestry::kernel::db::Reach::System);
                runtime.block_on(async {
                    let tx = emptied.await.expect("it begins");
                    let done = tx.execute_unprepared("DELETE FROM search_doc").await;
                    done.expect("the database works");
                    tx.commit().await.expect("it commits");
                });
            },
            |()| runtime.block_on(catch_up(&app.operator())),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime).sample_size(50);
    targets = search
}
criterion_main!(benches);
