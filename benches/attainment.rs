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
mod serving;

use std::sync::Arc;

use attestry::{
    app::App,
    config::{CommonArgs, Config, ServeArgs},
    credential::custody::MasterKey,
    identity::ops::keys,
    kernel::{clock::SystemClock, db::Db, ids, rng::SystemRng},
};
use college::{College, FRAMEWORKS, MANY};
use cpu::CpuTime;
use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use serving::{Server, under_load};
use tokio::runtime::Runtime;
use uuid::Uuid;

async fn installation(directory: &std::path::Path) -> Arc<App> {
    let config = Config::load(&CommonArgs::default(), &ServeArgs::default()).expect("defaults");
    let config = config.throw_away(directory);
    let db = Db::open(&config.database_url).await.expect("a database");
    db.migrate().await.expect("the newest schema");
    let key = MasterKey::from_bytes([1; 32]);
    App::new(db, Arc::new(SystemClock), Arc::new(SystemRng), key, config)
}

/// A provider with its administrator: the row's id, the member's, and the text of a key.
fn provider(app: &Arc<App>, runtime: &Runtime) -> (Uuid, Uuid, String) {
    let platform = runtime.block_on(keys::bootstrap(&app.operator()));
    let platform = platform.expect("it works").expect("no key was made");
    let server = Server::new(app, runtime, Some(platform.as_str()));
    let make = |mutation: &str, pointer: &str| {
        let answer: Value =
            serde_json::from_slice(&server.ask(&json!({"query": mutation}))).expect("JSON");
        let made = answer.pointer(pointer).and_then(Value::as_str);
        made.expect("the answer has it").to_owned()
    };
    let create = "mutation { createProvider(input: {slug: \"riverside\", name: \"Riverside\", url: \"https://r.example\"}) { provider { id } } }";
    let provider = make(create, "/data/createProvider/provider/id");
    let create = format!(
        "mutation {{ createMember(input: {{providerId: \"{provider}\", name: \"Admin\", roles: [PROVIDER_ADMIN, ASSESSOR]}}) {{ member {{ id }} }} }}"
    );
    let member = make(&create, "/data/createMember/member/id");
    let create = format!(
        "mutation {{ createApiKey(input: {{memberId: \"{member}\", name: \"work\"}}) {{ token }} }}"
    );
    let token = make(&create, "/data/createApiKey/token");
    let row = |global: &str| ids::parse_global(global).expect("it is an id").1;
    (row(&provider), row(&member), token)
}

fn attainment(c: &mut Criterion<CpuTime>) {
    let runtime = Runtime::new().expect("a runtime");
    let directory = tempfile::tempdir().expect("a directory");
    let app = runtime.block_on(installation(directory.path()));
    let (owner, member, token) = provider(&app, &runtime);
    let server = Server::new(&app, &runtime, Some(&token));
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
    let hello = format!("{{ learner(id: \"{learner}\") {{ id }} }}");
    let mut group = c.benchmark_group("attainment");
    group.throughput(cpu::each(1));
    group.sampling_mode(SamplingMode::Flat);
    for (name, query) in [
        ("gap of the long record", one),
        ("gap of the long record, in the old version", old),
        ("all levels of the long record", all),
        ("levels of a page of 100 learners", page),
        ("the learner alone", hello),
    ] {
        let request = json!({"query": query});
        let answer = server.ask(&request);
        let start: String = String::from_utf8_lossy(&answer).chars().take(200).collect();
        println!("{name}: {} bytes: {start}", answer.len());
        group.bench_function(name, |b| server.under_load(b, &request));
    }
    let (owner, learner) = (college.provider, college.learner);
    group.bench_function("floor: the database counts the long record", |b| {
        under_load(b, &runtime, || counted(Arc::clone(&app), owner, learner));
    });
    group.finish();
}

/// Counts what the learner with the long record has demonstrated, level by level.
async fn counted(app: Arc<App>, provider: Uuid, learner: Uuid) {
    let sql = "SELECT s.level_id, COUNT(DISTINCT d.statement_id) AS n
        FROM demonstration d JOIN statement s ON s.id = d.statement_id
        WHERE d.provider_id = ? AND d.learner_id = ? AND d.withdrawn_at IS NULL
          AND (d.valid_until IS NULL OR d.valid_until > ?)
        GROUP BY s.level_id";
    let db = app.db.public();
    let values = [provider.into(), learner.into(), 0i64.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(statement).await.expect("it answers");
    assert_eq!(rows.len(), (FRAMEWORKS - 1) * 4);
    let count = |n: i64| usize::try_from(n).expect("it counts");
    let counts = rows
        .iter()
        .map(|r| count(r.try_get("", "n").expect("a number")));
    assert_eq!(counts.sum::<usize>(), MANY);
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(CpuTime).sample_size(50);
    targets = attainment
}
criterion_main!(benches);
