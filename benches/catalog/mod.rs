//! A catalog to measure with, in an installation of its own: on the embedded database, or, where
//! `ATTESTRY_BENCH_POSTGRES_URL` names a PostgreSQL server on which databases may be made, there.
//!
//! A bench uses a part of this only, so nothing here may be private to one of them.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use attestry::{
    app::App,
    catalog::ops::import::{Document, import_documents, read_document},
    config::{CommonArgs, Config, ServeArgs},
    credential::custody::MasterKey,
    kernel::{clock::SystemClock, db::Db, rng::SystemRng},
};
use sea_orm::{ConnectionTrait, Database};
use tempfile::TempDir;

/// Names a PostgreSQL server.
const SERVER: &str = "ATTESTRY_BENCH_POSTGRES_URL";

/// Documents in a transaction, as the command has them.
pub(crate) const TOGETHER: usize = 64;

/// Documents, read and frozen.
pub(crate) fn read_all(exports: &[Vec<u8>]) -> Vec<Document> {
    let read = |bytes: &Vec<u8>| read_document(bytes).expect("it is a sound document");
    exports.iter().map(read).collect()
}

/// A fresh installation.
pub(crate) struct Installation {
    pub(crate) app: Arc<App>,
    _folder: TempDir,
    database: Option<Made>,
}

/// A database that was made on a server.
struct Made {
    server: String,
    name: String,
}

impl Made {
    async fn run(&self, sql: &str) {
        let server = Database::connect(&self.server).await.expect("a server");
        let sql = format!("{sql} DATABASE {}", self.name);
        let done = server.execute_unprepared(&sql).await;
        done.expect("databases may be made and dropped");
        server.close().await.expect("it closes");
    }
}

impl Installation {
    pub(crate) async fn fresh() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let config = Config::load(&CommonArgs::default(), &ServeArgs::default());
        let mut config = config.expect("defaults").throw_away(folder.path());
        let mut database = None;
        if let Ok(server) = std::env::var(SERVER) {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let name = format!("attestry_bench_{}_{count}", std::process::id());
            let mut url = url::Url::parse(&server).expect("a URL");
            url.set_path(&name);
            config.database_url = url.to_string();
            let made = Made { server, name };
            made.run("CREATE").await;
            database = Some(made);
        }
        let db = Db::open(&config.database_url).await.expect("a database");
        db.migrate().await.expect("the newest schema");
        let key = MasterKey::from_bytes([1; 32]);
        Self {
            app: App::new(db, Arc::new(SystemClock), Arc::new(SystemRng), key, config),
            _folder: folder,
            database,
        }
    }

    /// Imports documents as the command does.
    pub(crate) async fn store(&self, mut documents: Vec<Document>) {
        while !documents.is_empty() {
            let rest = documents.split_off(documents.len().min(TOGETHER));
            let told = import_documents(&self.app.operator(), documents).await;
            assert!(told.expect("the database works").iter().all(Result::is_ok));
            documents = rest;
        }
    }

    /// Removes the database; one in a file goes with its folder.
    pub(crate) async fn remove(self) {
        self.app.db.clone().close().await.expect("it closes");
        if let Some(made) = self.database {
            made.run("DROP").await;
        }
    }
}
