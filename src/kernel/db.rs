//! The database: SQLite by default, PostgreSQL by URL, and the one way to write.

mod connect;
#[cfg(test)]
mod tests;
mod upkeep;

use std::{
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::FutureExt;
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DatabaseExecutor, DatabaseTransaction,
    DbBackend, SqlErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};
use uuid::Uuid;

use self::connect::{
    CONNECTIONS, PAGES, WRITTEN_PAGES, connected, is_clean, options, readers, sqlite_options,
};
use super::{
    errors::{Error, Result},
    urls::redact,
};

pub use upkeep::sqlite_file;

/// Rows in one INSERT at most, so that the parameters stay below what either
/// database allows (SQLite 32,766, PostgreSQL 65,535).
pub const INSERT_CHUNK: usize = 1_000;

/// Held until its transaction ends; the number is ours, of no further meaning.
const MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(6220941734553097331)";

/// Whose rows a connection may touch: on PostgreSQL the database itself holds it to that, as a
/// second wall behind the permission table and the stores' own filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// What belongs to no tenant.
    Nobody,
    /// What platform administrators look after besides: members, keys, the audit log.
    Platform,
    /// One provider's.
    One(Uuid),
    /// Everyone's: for public documents, and for what the program does on nobody's behalf.
    System,
}

impl Reach {
    /// The statement that holds a transaction to it.
    fn set(self) -> String {
        let tenant = match self {
            Self::Nobody => String::new(),
            Self::Platform => "platform".to_owned(),
            Self::One(provider) => provider.to_string(),
            Self::System => "system".to_owned(),
        };
        format!("SET LOCAL attestry.tenant = '{tenant}'")
    }
}

/// An open database.
#[derive(Clone, Debug)]
pub struct Db {
    url: Arc<str>,
    /// Where reads go.
    pool: DatabaseConnection,
    /// Where transactions go: on a SQLite file a connection of their own, so that reads need
    /// none of the care that a failed commit asks for.
    writes: DatabaseConnection,
    /// SQLite has one writer: those who wait do so here, in order, instead of
    /// polling the file's lock.
    writer: Option<Arc<Mutex<()>>>,
    /// Told of each commit.
    commits: watch::Sender<()>,
    /// How many statements were put to it.
    statements: Arc<AtomicU64>,
}

impl Db {
    /// Opens the database at `url` (`sqlite:` or `postgres:`) without changing
    /// its schema. A missing SQLite file is created.
    pub async fn open(url: &str) -> Result<Self> {
        let sqlite = url.starts_with("sqlite:");
        let statements = Arc::<AtomicU64>::default();
        let connect = async |options| {
            let opened = connected(options).await;
            let told =
                |e| Error::internal(format!("cannot open the database {}: {e}", redact(url)));
            let mut opened = opened.map_err(told)?;
            let counted = Arc::clone(&statements);
            opened.set_metric_callback(move |put| {
                counted.fetch_add(1, Ordering::Relaxed);
                // Without the values: these may be anybody's.
                tracing::trace!(target: "attestry::sql", sql = put.statement.sql, failed = put.failed);
            });
            Ok::<_, Error>(opened)
        };
        if !sqlite {
            let mut options = options(url, CONNECTIONS);
            // Pinging before each use would double every look-up; a restarted server is noticed
            // by those that were idle meanwhile.
            options.test_before_acquire_if_idle_for(Duration::from_secs(10));
            let pool = connect(options).await?;
            return Ok(Self {
                url: url.into(),
                writes: pool.clone(),
                pool,
                writer: None,
                commits: watch::Sender::default(),
                statements,
            });
        }
        let memory = url.contains(":memory:");
        let (pool, writes) = if memory {
            // The database lives as long as its one connection, which all share.
            let mut options = sqlite_options(url, 1, memory, PAGES);
            options
                .min_connections(1)
                .idle_timeout(None::<Duration>)
                .max_lifetime(None::<Duration>);
            let pool = connect(options).await?;
            (pool.clone(), pool)
        } else {
            let mut options = sqlite_options(url, 1, memory, WRITTEN_PAGES);
            options.map_sqlx_sqlite_pool_opts(|o| o.after_release(|c, _| is_clean(c).boxed()));
            let writes = connect(options).await?;
            (
                connect(sqlite_options(url, readers(), memory, PAGES)).await?,
                writes,
            )
        };
        Ok(Self {
            url: url.into(),
            pool,
            writes,
            writer: Some(Arc::default()),
            commits: watch::Sender::default(),
            statements,
        })
    }

    /// Brings the schema to the newest version. Processes that start at once do so one after
    /// another.
    pub async fn migrate(&self) -> Result<()> {
        if !self.is_postgres() {
            // Who has nothing to do need not wait for who writes.
            let pending = Migrator::get_pending_migrations(&self.writes).await?;
            if pending.is_empty() {
                return Ok(());
            }
            let turn = self.write_tx(Reach::System).await?;
            Migrator::up(&*turn, None).await?;
            return turn.commit().await;
        }
        let turn = self.writes.begin().await?;
        turn.execute_unprepared(MIGRATION_LOCK).await?;
        let migrating = self.everyones().await?;
        Migrator::up(&migrating, None).await?;
        migrating.close().await?;
        Ok(turn.commit().await?)
    }

    /// A connection of its own that reaches every tenant's rows, for the schema's changes.
    pub async fn everyones(&self) -> Result<DatabaseConnection> {
        if !self.is_postgres() {
            return Ok(self.writes.clone());
        }
        let mut options = options(&self.url, 1);
        options.map_sqlx_postgres_opts(|o| o.options([("attestry.tenant", "system")]));
        Ok(Database::connect(options).await?)
    }

    /// Whether the database holds connections to their [`Reach`]; `None` where it has no such
    /// wall (SQLite). It binds no superuser.
    pub async fn is_walled(&self) -> Result<Option<bool>> {
        if !self.is_postgres() {
            return Ok(None);
        }
        let sql = "SELECT NOT (rolsuper OR rolbypassrls) AS walled FROM pg_roles
            WHERE rolname = current_user";
        let statement = Statement::from_string(DbBackend::Postgres, sql);
        let row = self.pool.query_one_raw(statement).await?;
        let walled = row.map(|row| row.try_get("", "walled")).transpose()?;
        Ok(Some(walled.unwrap_or(false)))
    }

    /// For reads of what belongs to no tenant: the catalog, providers, settings.
    #[must_use]
    pub fn public(&self) -> &DatabaseConnection {
        &self.pool
    }

    /// For reads of what `reach` allows. On PostgreSQL it is a transaction that ends when it is
    /// dropped; while it is held, nothing may be asked of the pool.
    pub async fn read(&self, reach: Reach) -> Result<DatabaseExecutor<'_>> {
        if !self.is_postgres() {
            return Ok(DatabaseExecutor::Connection(&self.pool));
        }
        let tx = self.pool.begin().await?;
        tx.execute_unprepared(&reach.set()).await?;
        Ok(DatabaseExecutor::OwnedTransaction(tx))
    }

    /// Whether this is PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.pool.get_database_backend() == DbBackend::Postgres
    }

    /// Starts a transaction that will write what `reach` allows. It rolls back unless it is
    /// committed.
    ///
    /// On SQLite it takes the write lock at once: a deferred transaction that
    /// reads before it writes fails under load. While it is held, nothing may
    /// be asked of the pool.
    pub async fn write_tx(&self, reach: Reach) -> Result<WriteTx> {
        let permit = match &self.writer {
            Some(lock) => Some(Arc::clone(lock).lock_owned().await),
            None => None,
        };
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = self.writes.begin_with_options(options).await?;
        if self.is_postgres() {
            tx.execute_unprepared(&reach.set()).await?;
        }
        Ok(WriteTx {
            tx,
            _permit: permit,
            commits: self.commits.clone(),
        })
    }

    /// Changes with each change that this process commits.
    #[must_use]
    pub fn commits(&self) -> watch::Receiver<()> {
        self.commits.subscribe()
    }

    /// How many statements were put to the database through this and its clones; what begins, ends
    /// or sets up a transaction does not count.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Asks the database for an answer, to know that it is there.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.pool.ping().await?)
    }

    /// Closes every connection, so that SQLite folds its log into the file.
    pub async fn close(self) -> Result<()> {
        self.pool.close_by_ref().await?;
        Ok(self.writes.close().await?)
    }
}

/// A transaction that writes. Dropped without [`commit`](Self::commit), it rolls back.
#[derive(Debug)]
pub struct WriteTx {
    tx: DatabaseTransaction,
    _permit: Option<OwnedMutexGuard<()>>,
    commits: watch::Sender<()>,
}

impl WriteTx {
    /// Makes everything written durable: once this returns, it survives a crash.
    pub async fn commit(self) -> Result<()> {
        self.tx.commit().await?;
        self.commits.send_replace(());
        Ok(())
    }

    /// Starts a part that can be undone by itself, as SQL's SAVEPOINT does.
    pub async fn savepoint(&self) -> Result<Savepoint> {
        Ok(Savepoint(self.tx.begin().await?))
    }
}

/// A part of a [`WriteTx`]. What it wrote stays once it is [kept](Self::keep)
/// and the transaction commits; to undo it, call [`undo`](Self::undo).
#[derive(Debug)]
pub struct Savepoint(DatabaseTransaction);

impl Savepoint {
    /// Keeps what was written since, for the transaction to commit.
    pub async fn keep(self) -> Result<()> {
        Ok(self.0.commit().await?)
    }

    /// Undoes what was written since; the transaction goes on.
    pub async fn undo(self) -> Result<()> {
        Ok(self.0.rollback().await?)
    }
}

impl Deref for Savepoint {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.0
    }
}

impl Deref for WriteTx {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.tx
    }
}

/// Whether the database refused a row because one like it is there already.
#[must_use]
pub fn is_unique_violation(e: &sea_orm::DbErr) -> bool {
    matches!(e.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}
