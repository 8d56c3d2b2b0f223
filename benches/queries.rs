//! Read queries over a catalog of 1,016 occupations with 40 statements each, through the whole HTTP
//! stack in one process, on either database: processor time for each request, server and database
//! together.

#![expect(
    clippy::disallowed_methods,
    reason = "a bench reads its own environment"
)]
#![expect(
    clippy::indexing_slicing,
    reason = "the samples have the members that are named here"
)]

mod catalog;
mod cpu;
mod serving;

use attestry::catalog::samples::SAMPLES;
use catalog::{Installation, read_all};
use cpu::CpuTime;
use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use serde_json::{Value, json};
use serving::Server;

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

/// The cursor of the next page, if there is one.
fn page(server: &Server<'_>, query: &str) -> Option<String> {
    let body = server.ask(&json!({"query": query}));
    let answer: Value = serde_json::from_slice(&body).expect("JSON");
    let info = &answer["data"]["occupations"]["pageInfo"];
    let more = info["hasNextPage"].as_bool().expect("a truth value");
    more.then(|| info["endCursor"].as_str().expect("a cursor").to_owned())
}

fn queries(c: &mut Criterion<CpuTime>) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let installation = runtime.block_on(Installation::fresh());
    let exports: Vec<_> = (0..OCCUPATIONS).map(export).collect();
    runtime.block_on(installation.store(read_all(&exports)));
    drop(exports);
    println!("resident before queries: {}", resident());
    let server = Server::new(&installation.app, &runtime, None);
    let soc = format!("{:02}-{:04}.00", 11 + 500 % 43, 1_500);
    let inner =
        "soc title jobZone frameworkVersions { label levels { label statements { code text } } }";
    let one = format!("{{ occupation(soc: \"{soc}\") {{ {inner} }} }}");
    let fifty =
        format!("{{ occupations(first: 50) {{ nodes {{ {inner} }} pageInfo {{ endCursor }} }} }}");
    let search = "{ occupations(filter: {titleWords: \"bicycle\"}, first: 20, orderBy: TITLE) { nodes { soc title } pageInfo { endCursor } } }".to_owned();
    let mut group = c.benchmark_group("graphql");
    group.throughput(cpu::each(1));
    group.sampling_mode(SamplingMode::Flat);
    for (name, query) in [
        ("one occupation with 40 statements", one),
        ("50 occupations with 2,000 statements", fifty),
        ("20 occupations by title word", search),
    ] {
        let request = json!({"query": query});
        println!("{name}: {} bytes", server.ask(&request).len());
        group.bench_function(name, |b| server.under_load(b, &request));
    }
    group.finish();
    // All of the catalog through the cache, as it is while serving.
    let all = |after: &str| {
        format!(
            "{{ occupations(first: 100{after}) {{ nodes {{ {inner} }} pageInfo {{ endCursor hasNextPage }} }} }}"
        )
    };
    let mut after = String::new();
    while let Some(cursor) = page(&server, &all(&after)) {
        after = format!(", after: {cursor:?}");
    }
    println!("resident after all of it was read: {}", resident());
    runtime.block_on(installation.remove());
}

/// The memory of this process, as Linux tells it (proc_pid_status).
fn resident() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    line.unwrap_or("unknown here").to_owned()
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime).sample_size(50);
    targets = queries
}
criterion_main!(benches);
