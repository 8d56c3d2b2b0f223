//! An installation on a fresh database.

use std::{future::Future, path::Path, sync::Arc};

use attestry::{
    app::App,
    catalog::samples::SAMPLES,
    config::{CommonArgs, Config, ServeArgs},
    credential::{crypto, custody::MasterKey},
    identity::{oidc::Issuer, ops::keys},
    kernel::{db::Db, rng::SystemRng},
};

use sea_orm::DatabaseConnection;

use super::{
    Api,
    clock::TestClock,
    database::{MEMORY, Postgres},
};

/// The public URL of the installations: https, so that issuers are did:web.
pub(crate) const PUBLIC_URL: &str = "https://skills.example";
/// The bytes of their master key.
pub(crate) const MASTER_KEY: [u8; 32] = *b"a master key that only tests use";

/// An installation on a database of its own.
pub(crate) struct House {
    /// The application.
    pub(crate) app: Arc<App>,
    /// Its clock.
    pub(crate) clock: Arc<TestClock>,
    /// Its database.
    pub(crate) database_url: String,
    /// A client of it.
    pub(crate) api: Api,
    pub(crate) all: DatabaseConnection,
    /// Its data directory.
    pub(crate) data: Arc<tempfile::TempDir>,
}

impl House {
    /// Opens the database and brings its schema up.
    pub(crate) async fn open(database_url: &str) -> Self {
        let clock = Arc::<TestClock>::default();
        let data = tempfile::tempdir().expect("a folder can be made");
        let app = open(database_url, PUBLIC_URL, &clock, data.path()).await;
        Self {
            api: Api::of(&app),
            all: app.db.everyones().await.expect("the database answers"),
            app,
            clock,
            database_url: database_url.to_owned(),
            data: Arc::new(data),
        }
    }

    /// Its rows, whoever they belong to.
    pub(crate) fn db(&self) -> &DatabaseConnection {
        &self.all
    }

    /// A second process over the same database; not for one in memory.
    pub(crate) async fn replica(&self) -> Arc<App> {
        assert_ne!(self.database_url, MEMORY, "each process has its own memory");
        open(
            &self.database_url,
            PUBLIC_URL,
            &self.clock,
            self.data.path(),
        )
        .await
    }

    /// The same installation, started under another public URL.
    pub(crate) fn moved_to(&self, public_url: &str) -> Arc<App> {
        self.set_up(Config {
            public_url: public_url.to_owned(),
            ..self.app.config.clone()
        })
    }

    /// The same installation, whose status lists take `capacity` credentials each.
    pub(crate) fn with_lists_of(&self, capacity: u32) -> Arc<App> {
        self.set_up(Config {
            status_list_capacity: Some(capacity),
            ..self.app.config.clone()
        })
    }

    /// The same installation, whose settings trust these issuers.
    pub(crate) fn trusting(&self, issuers: &[Issuer]) -> Arc<App> {
        self.set_up(Config {
            oidc: issuers.to_vec(),
            ..self.app.config.clone()
        })
    }

    /// The same installation under other settings.
    pub(crate) fn set_up(&self, config: Config) -> Arc<App> {
        let clock = Arc::clone(&self.clock);
        let key = MasterKey::from_bytes(MASTER_KEY);
        App::new(self.app.db.clone(), clock, Arc::new(SystemRng), key, config)
    }

    /// The token that starts the installation.
    pub(crate) async fn bootstrap(&self) -> String {
        let token = keys::bootstrap(&self.app.operator()).await;
        let token = token.expect("the database works").expect("no key was made");
        token.as_str().to_owned()
    }

    /// The token that starts the installation, after all samples were imported with it.
    pub(crate) async fn with_samples(&self) -> String {
        let platform = self.bootstrap().await;
        for sample in SAMPLES {
            let document = std::str::from_utf8(sample.bytes).expect("samples are UTF-8");
            self.api.import(&platform, document).await;
        }
        platform
    }
}

/// An application over the database at `url`.
async fn open(url: &str, public_url: &str, clock: &Arc<TestClock>, data: &Path) -> Arc<App> {
    crypto::jwt::install().expect("no other provider was installed");
    let common = CommonArgs {
        database_url: Some(url.to_owned()),
        data_dir: Some(data.to_owned()),
        ..CommonArgs::default()
    };
    let serve = ServeArgs {
        public_url: Some(public_url.to_owned()),
        // Tests receive webhooks themselves.
        webhooks_allow_http_loopback: Some(true),
        ..ServeArgs::default()
    };
    let config = Config::load(&common, &serve).expect("these settings are good");
    let db = Db::open(url).await.expect("the database opens");
    db.migrate().await.expect("the schema comes up");
    let clock = Arc::clone(clock);
    let key = MasterKey::from_bytes(MASTER_KEY);
    App::new(db, clock, Arc::new(SystemRng), key, config)
}

/// Runs a test on SQLite in memory.
pub(crate) async fn on_sqlite<F>(test: impl FnOnce(House) -> F)
where
    F: Future<Output = ()>,
{
    test(House::open(MEMORY).await).await;
}

/// Runs a test on PostgreSQL, where there is a server, and removes its database.
pub(crate) async fn on_postgres<F>(name: &str, test: impl FnOnce(House) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let Some(database) = Postgres::create(name).await else {
        return;
    };
    let house = House::open(database.url()).await;
    // In a task, so that the database is removed when the test fails, too.
    let ended = tokio::spawn(test(house)).await;
    database.drop().await;
    if let Err(failure) = ended {
        std::panic::resume_unwind(failure.into_panic());
    }
}
