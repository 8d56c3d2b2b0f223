//! A database of a test's own, gone when the test ends.

use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};

/// Names the PostgreSQL server on which each test makes a database.
const SERVER: &str = "ATTESTRY_TEST_POSTGRES_URL";

/// The role that the service connects as, and its password: no superuser, whom row-level security
/// would not bind.
const SERVICE: &str = "attestry_service";

/// The URL of a fresh SQLite database in memory.
pub(crate) const MEMORY: &str = "sqlite::memory:";

/// A fresh PostgreSQL database, which [`drop`](Self::drop) removes.
pub(crate) struct Postgres {
    server: DatabaseConnection,
    server_url: url::Url,
    name: String,
    url: String,
}

impl Postgres {
    /// Creates one; without a server the test is skipped, aloud.
    pub(crate) async fn create(test: &str) -> Option<Self> {
        let Ok(server_url) = std::env::var(SERVER) else {
            let remedy = format!("Set {SERVER} to the URL of a PostgreSQL server.");
            super::skipped(test, &remedy);
            return None;
        };
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("attestry_test_{}_{count}", std::process::id());
        let server = Database::connect(&server_url)
            .await
            .unwrap_or_else(|e| panic!("{SERVER} does not answer: {e}"));
        // A run that was killed may have left one under a process id that is back.
        remove(&server, &name).await;
        create(&server, &name).await;
        let mut server_url = url::Url::parse(&server_url).expect("it connected");
        server_url.set_path(&name);
        let mut url = server_url.clone();
        url.set_username(SERVICE).expect("it has a host");
        url.set_password(Some(SERVICE)).expect("it has a host");
        Some(Self {
            server,
            server_url,
            url: url.to_string(),
            name,
        })
    }

    /// Its URL.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Its URL for the user of the server, a superuser, whom row-level security does not bind.
    pub(crate) fn superusers_url(&self) -> &str {
        self.server_url.as_str()
    }

    /// Removes it, whoever is still connected.
    pub(crate) async fn drop(self) {
        remove(&self.server, &self.name).await;
    }
}

/// Sorts text as people do, where the server can: an order that is right only by the
/// server's luck shows.
async fn create(server: &DatabaseConnection, name: &str) {
    let sorted = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'";
    // Several processes may be at it at once, so that it may be there already.
    let role = format!(
        "DO $$ BEGIN CREATE ROLE {SERVICE} LOGIN PASSWORD '{SERVICE}';
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
    );
    let made = server.execute_unprepared(&role).await;
    made.expect("the user of the server may create roles");
    let sorted = format!("CREATE DATABASE {name} OWNER {SERVICE} {sorted}");
    if let Err(e) = server.execute_unprepared(&sorted).await {
        super::say(&format!("this server sorts by its own locale only: {e}"));
        server
            .execute_unprepared(&format!("CREATE DATABASE {name} OWNER {SERVICE}"))
            .await
            .expect("the user of the server may create databases");
    }
}

async fn remove(server: &DatabaseConnection, name: &str) {
    server
        .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .await
        .expect("the user of the server may drop databases");
}
