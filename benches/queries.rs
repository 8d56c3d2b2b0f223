//! Read queries over a catalog of 1,016 occupations with 40 statements each,
//! through the whole HTTP stack in one process, on the embedded database:
//! processor time for each request, server and database together.

#![expect(
    clippy::indexing_slicing,
    reason = "the samples have the members that are named here"
)]

mod cpu;

use std::sync::Arc;

use attestry::{
    app::App,
    catalog::{ops::import::import_framework, samples::SAMPLES},
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
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::{Value, json};
use tower::ServiceExt;

const OCCUPATIONS: usize = 1_016;

/// The sample's export as another occupation's, with ten statements a level.
fn export(n: usize) -> Vec<u8> {
    let sample = &SAMPLES[n % SAMPLES.len()];
    let mut export: Value = serde_json::from_slice(sample.bytes).expect("a sample is JSON");
    let soc = format!("{:02}-{:04}.00", 11 + n % 43, 1_000 + n);
    export["occupation"]["soc"] = json!(soc);
    let title = format!(
        "{} {n}",
        export["occupation"]["title"].as_str().expect("a title")
    );
    export["occupation"]["title"] = json!(title);
    let levels = export["framework"]["levels"]
        .as_object_mut()
        .expect("levels");
    for level in levels.values_mut() {
        let statements = level["statements"].as_array_mut().expect("statements");
        let own = statements.clone();
        let more = own.iter().cycle().take(10 - own.len()).cloned();
        statements.extend(more.collect::<Vec<_>>());
    }
    export.to_string().into_bytes()
}

async fn catalog(directory: &std::path::Path) -> Arc<App> {
    let config = Config::load(&CommonArgs::default(), &ServeArgs::default()).expect("defaults");
    let config = config.throw_away(directory);
    let db = Db::open(&config.database_url).await.expect("a database");
    db.migrate().await.expect("the newest schema");
    let key = MasterKey::from_bytes([1; 32]);
    let app = App::new(db, Arc::new(SystemClock), Arc::new(SystemRng), key, config);
    for n in 0..OCCUPATIONS {
        import_framework(&app.operator(), &export(n))
            .await
            .expect("imported");
    }
    app
}

async fn ask(router: &Router, query: &str) -> usize {
    let request = Request::post("/graphql")
        .header("content-type", "application/json")
        .body(Body::from(json!({"query": query}).to_string()))
        .expect("a request");
    let response = router.clone().oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), 200);
    let body = to_bytes(response.into_body(), usize::MAX)
        .await
        .expect("a body");
    assert!(
        body.starts_with(b"{\"data\":{"),
        "{}",
        String::from_utf8_lossy(&body)
    );
    body.len()
}

fn queries(c: &mut Criterion<CpuTime>) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let directory = tempfile::tempdir().expect("a directory");
    let app = runtime.block_on(catalog(directory.path()));
    let router = router(&app);
    let soc = format!("{:02}-{:04}.00", 11 + 500 % 43, 1_500);
    let inner =
        "soc title jobZone frameworkVersions { label levels { label statements { code text } } }";
    let one = format!("{{ occupation(soc: \"{soc}\") {{ {inner} }} }}");
    let fifty =
        format!("{{ occupations(first: 50) {{ nodes {{ {inner} }} pageInfo {{ endCursor }} }} }}");
    let search = "{ occupations(filter: {titleWords: \"bicycle\"}, first: 20, orderBy: TITLE) { nodes { soc title } pageInfo { endCursor } } }".to_owned();
    let mut group = c.benchmark_group("graphql");
    group.throughput(cpu::each(1));
    for (name, query) in [
        ("one occupation with 40 statements", one),
        ("50 occupations with 2,000 statements", fifty),
        ("20 occupations by title word", search),
    ] {
        let size = runtime.block_on(ask(&router, &query));
        println!("{name}: {size} bytes");
        group.bench_function(name, |b| {
            b.iter(|| runtime.block_on(ask(&router, &query)));
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime).sample_size(50);
    targets = queries
}
criterion_main!(benches);
