//! What it costs to fill a catalog: a thousand documents, read and frozen, then stored in SQLite.
#![expect(
    clippy::disallowed_methods,
    reason = "a bench reads its own environment"
)]

use std::hint::black_box;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use attestry::app::App;
use attestry::catalog::ops::import::{Document, import_documents, read_document};
use attestry::catalog::samples::SAMPLES;
use attestry::config::{CommonArgs, Config, ServeArgs};
use attestry::credential::custody::MasterKey;
use attestry::kernel::{clock::SystemClock, db::Db, rng::SystemRng};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use tempfile::{TempDir, tempdir};
use tokio::runtime::Runtime;

/// Documents in a transaction, as the command has them.
const TOGETHER: usize = 32;

/// Exports of the whole O*NET where the shared data are at hand, otherwise the project's samples
/// under a thousand codes.
fn documents() -> Vec<Vec<u8>> {
    let Some(shared) = std::env::var_os("ATTESTRY_SHARED_DIR").map(PathBuf::from) else {
        let samples = SAMPLES.iter().cycle().zip(0..1_000);
        let numbered = samples.map(|(sample, n)| {
            let soc = format!("{:02}-{n:04}.00", 10 + n / 100);
            let text = String::from_utf8_lossy(sample.bytes).replacen(sample.soc, &soc, 1);
            text.into_bytes()
        });
        return numbered.collect();
    };
    let folder = tempdir().expect("there is room for a folder");
    let made = Command::new("python3")
        .arg(shared.join("tools/make-exports.py"))
        .arg(folder.path())
        .output()
        .expect("Python is installed");
    assert!(made.status.success());
    let entries = std::fs::read_dir(folder.path()).expect("it is there");
    let read = |path: PathBuf| std::fs::read(path).expect("it was just written");
    entries
        .map(|entry| read(entry.expect("it is there").path()))
        .collect()
}

fn read_all(documents: &[Vec<u8>]) -> Vec<Document> {
    let read = |bytes: &Vec<u8>| read_document(bytes).expect("it is a sound document");
    documents.iter().map(read).collect()
}

/// A fresh installation, and the folder that it lives in.
async fn installation() -> (TempDir, Arc<App>) {
    let folder = tempdir().expect("there is room for a folder");
    let common = CommonArgs {
        data_dir: Some(folder.path().to_owned()),
        ..CommonArgs::default()
    };
    let config = Config::load(&common, &ServeArgs::default()).expect("sound settings");
    let db = Db::open(&config.database_url).await.expect("a database");
    db.migrate().await.expect("the schema");
    let key = MasterKey::from_bytes([7; 32]);
    let app = App::new(db, Arc::new(SystemClock), Arc::new(SystemRng), key, config);
    (folder, app)
}

async fn store_all(app: &Arc<App>, mut documents: Vec<Document>) {
    while !documents.is_empty() {
        let rest = documents.split_off(documents.len().min(TOGETHER));
        let told = import_documents(&app.operator(), documents).await;
        let told = told.expect("the database works");
        assert!(told.iter().all(Result::is_ok));
        documents = rest;
    }
}

fn import(criterion: &mut Criterion) {
    let bytes = documents();
    let runtime = Runtime::new().expect("threads");
    let mut group = criterion.benchmark_group("import");
    group.sample_size(10);
    group.bench_function("read_and_freeze", |bencher| {
        bencher.iter(|| read_all(black_box(&bytes)));
    });
    let read = read_all(&bytes);
    group.bench_function("store_in_sqlite", |bencher| {
        bencher.iter_batched(
            || (runtime.block_on(installation()), read.clone()),
            |((folder, app), read)| {
                runtime.block_on(store_all(&app, read));
                folder
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, import);
criterion_main!(benches);
