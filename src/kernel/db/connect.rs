//! How connections are opened.

use std::time::{Duration, Instant};

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DbErr, RuntimeErr,
    sqlx::{self, Connection, SqliteConnection},
};

/// Connections in the pool at most.
pub(super) const CONNECTIONS: u32 = 16;
/// Of those to a SQLite file at least, so that a few long reads leave room for others.
const READERS: u32 = 4;

/// Kibibytes of pages that a connection to SQLite keeps in memory at most.
pub(super) const PAGES: &str = "2048";
/// The same for the one that writes: pages that do not fit are written before the transaction ends,
/// and read and written again.
pub(super) const WRITTEN_PAGES: &str = "16384";

/// How long SQLite is waited for while others have it locked, and how soon it is asked again where
/// it does not wait itself.
const PATIENCE: Duration = Duration::from_secs(10);
const AGAIN: Duration = Duration::from_millis(20);

/// How many read a SQLite file at once. Each is a thread of its own with pages of its own, and all
/// that it does is computing: more than there are processors make it slower and larger.
pub(super) fn readers() -> u32 {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    u32::try_from(processors).map_or(CONNECTIONS, |n| n.clamp(READERS, CONNECTIONS))
}

pub(super) fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .sqlx_logging(false)
        .acquire_timeout(Duration::from_secs(30))
        .max_connections(connections);
    options
}

/// Connects. Of those who open a new SQLite file at once only one can say that it has a log; the
/// others are told at once that it is locked, however long they would wait for it.
pub(super) async fn connected(
    options: ConnectOptions,
) -> std::result::Result<DatabaseConnection, DbErr> {
    let until = Instant::now() + PATIENCE;
    loop {
        match Database::connect(options.clone()).await {
            Err(e) if is_locked(&e) && Instant::now() < until => {
                tokio::time::sleep(AGAIN).await;
            }
            outcome => return outcome,
        }
    }
}

fn is_locked(e: &DbErr) -> bool {
    let (DbErr::Conn(inner) | DbErr::Exec(inner) | DbErr::Query(inner)) = e else {
        return false;
    };
    let RuntimeErr::SqlxError(error) = inner else {
        return false;
    };
    let code = error.as_database_error().and_then(|e| e.code());
    // SQLITE_BUSY (<https://www.sqlite.org/rescode.html#busy>), alone or in the low byte.
    let code = code.and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xff == 5)
}

pub(super) fn sqlite_options(
    url: &str,
    connections: u32,
    memory: bool,
    pages: &str,
) -> ConnectOptions {
    let mut options = options(url, connections);
    let cache = format!("-{pages}");
    options.test_before_acquire(false);
    options.map_sqlx_sqlite_opts(move |o| {
        let o = o
            .pragma("cache_size", cache.clone())
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("synchronous", "FULL")
            // What is deleted is overwritten; `Db::scrub` sees to what that leaves.
            .pragma("secure_delete", "ON");
        if memory {
            o
        } else {
            o.pragma("journal_mode", "WAL")
        }
    });
    options
}

/// Whether a connection that comes back to the pool has left its transaction; one that has
/// not is closed.
///
/// When the disk is full, SQLite rolls a failed COMMIT back by itself, and the ROLLBACK that
/// follows fails. The driver then takes the next transaction for a nested one, whose COMMIT
/// keeps nothing.
pub(super) async fn is_clean(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // Waits until a rollback that was queued is done.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}
