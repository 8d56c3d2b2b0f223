//! Searching a catalog of 1,016 occupations with 40 statements each, through the whole HTTP stack in
//! one process, on either database: processor time for each request of 20 hits, server and database
//! together. Beside it, as a floor, the bare statement that finds 20 statements by the same
//! words and reads their texts, and what it costs to make the index of that catalog.

#![expect(
    clippy::disallowed_methods,
    reason = "a bench reads its own environment"
)]

mod catalog;
mod cpu;
mod exports;
mod serving;

use std::sync::Arc;

use attestry::{app::App, catalog::ops::search::catch_up};
use catalog::{Installation, read_all};
use cpu::CpuTime;
use criterion::{BatchSize, Criterion, SamplingMode, criterion_group, criterion_main};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use serving::{Server, under_load};
use tokio::runtime::Runtime;

fn request(text: &str) -> Value {
    let query = "query S($text: String!) { search(text: $text, first: 20) {
        totalCount isCapped corrected edges { cursor snippet { text highlighted } node {
            ... on Occupation { id soc title } ... on Statement { id code text } } }
        pageInfo { endCursor hasNextPage } } }";
    json!({"query": query, "variables": {"text": text}})
}

/// The least that a search for two words can do.
const SQLITE_FLOOR: &str = "SELECT s.id, s.code, s.text FROM search_fts f
    CROSS JOIN search_doc d ON d.id = f.rowid JOIN statement s ON s.id = d.ref_id
    WHERE search_fts MATCH ? LIMIT 20";
const POSTGRES_FLOOR: &str = "SELECT s.id, s.code, s.text FROM search_doc d
    JOIN statement s ON s.id = d.ref_id
    WHERE d.stems @@ $1::text::tsquery LIMIT 20";

async fn floor(app: Arc<App>, sql: &str, words: &str) -> usize {
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
    let installation = runtime.block_on(Installation::fresh());
    let app = &installation.app;
    runtime.block_on(installation.store(read_all(&exports::exports())));
    let server = Server::new(app, &runtime, None);
    let mut group = c.benchmark_group("search");
    group.throughput(cpu::each(1));
    group.sampling_mode(SamplingMode::Flat);
    for text in [
        "patient assessment",
        "massage",
        "patients",
        "29-11",
        "masage therapsit",
        "work",
    ] {
        let request = request(text);
        let answer = server.ask(&request);
        let told = String::from_utf8_lossy(&answer);
        let start: String = told.chars().take(90).collect();
        println!("{text}: {} bytes: {start}", answer.len());
        group.bench_function(text, |b| server.under_load(b, &request));
    }
    let (words, sql) = match app.db.public().get_database_backend() {
        DbBackend::Postgres => ("patient & assess", POSTGRES_FLOOR),
        _ => ("\"patient\" AND \"assess\"", SQLITE_FLOOR),
    };
    group.bench_function("floor: patient assessment", |b| {
        under_load(b, &runtime, || floor(Arc::clone(app), sql, words));
    });
    group.finish();
    let mut group = c.benchmark_group("index");
    group.sample_size(10);
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
    runtime.block_on(installation.remove());
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime).sample_size(50);
    targets = search
}
criterion_main!(benches);
