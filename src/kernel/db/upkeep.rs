//! What rids a database of what was erased, and copies it.

use std::path::{Path, PathBuf};

use sea_orm::{ConnectionTrait, DbBackend, Statement, sqlx::sqlite::SqliteConnectOptions};

use super::Db;
use crate::kernel::errors::{Error, Result};

/// How often the log is asked to be folded into the file; each time it waits for readers as long
/// as a connection waits for anything.
const FOLDING_ATTEMPTS: usize = 3;

impl Db {
    /// Leaves nothing of what was deleted or overwritten before: after a commit, called once more
    /// whenever it failed.
    ///
    /// On SQLite the whole file is written anew and its write-ahead log is emptied, because
    /// `secure_delete` alone does not reach the copies of rows that splitting a page leaves in the
    /// unused part of the old one. On PostgreSQL the dead rows of `tables` are given up for reuse
    /// (VACUUM); what their bytes were may stay in the files until something is written over them.
    ///
    /// # Errors
    /// When readers hold on to an older state for longer than a connection waits, or the disk is
    /// full. What was committed stays so.
    pub async fn scrub(&self, tables: &[&str]) -> Result<()> {
        let Some(writer) = &self.writer else {
            for table in tables {
                let sql = format!("VACUUM \"{table}\"");
                self.writes.execute_unprepared(&sql).await?;
            }
            return Ok(());
        };
        let _turn = writer.lock().await;
        self.writes.execute_unprepared("VACUUM").await?;
        for _ in 0..FOLDING_ATTEMPTS {
            let ask = "PRAGMA wal_checkpoint(TRUNCATE)";
            let asked = Statement::from_string(DbBackend::Sqlite, ask);
            let row = self.writes.query_one_raw(asked).await?;
            let busy: Option<i32> = row.map(|r| r.try_get("", "busy")).transpose()?;
            if busy == Some(0) {
                return Ok(());
            }
        }
        Err(Error::internal(
            "the write-ahead log could not be emptied: something still reads an older state of the database",
        ))
    }

    /// Writes a SQLite database as it stands to a new file at `path`, while others read and write.
    ///
    /// # Errors
    /// When there is a file already, or it cannot be written; on PostgreSQL, which has its own way.
    pub async fn copy_to(&self, path: &Path) -> Result<()> {
        if self.is_postgres() {
            return Err(Error::internal("PostgreSQL is copied with pg_dump"));
        }
        let Some(text) = path.to_str() else {
            return Err(Error::internal("the path is no text"));
        };
        let copy = "VACUUM INTO ?";
        let copy = Statement::from_sql_and_values(DbBackend::Sqlite, copy, [text.into()]);
        self.pool.execute_raw(copy).await?;
        Ok(())
    }
}

/// The file of a SQLite database by its URL; `None` where the URL is another's, or the database is
/// in memory.
#[must_use]
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    if !url.starts_with("sqlite:") || url.contains(":memory:") || url.contains("mode=memory") {
        return None;
    }
    let options: SqliteConnectOptions = url.parse().ok()?;
    Some(options.get_filename().to_path_buf())
}

#[cfg(test)]
mod tests {
    use sea_orm::{ActiveModelTrait, EntityTrait, Set};

    use super::*;

    /// Rows whose index splits its pages often, every seventh with a name that is to go.
    async fn fill(db: &Db) {
        for n in 0..600_u32 {
            let spread = n.wrapping_mul(2_654_435_761) % 1_000_000;
            let who = if n % 7 == 0 { "SENTINEL" } else { "somebody" };
            let row = entity::setting::ActiveModel {
                name: Set(format!("{spread:06}-{who}-{n}")),
                value: Set(who.repeat(1 + usize::try_from(spread % 60).unwrap())),
            };
            row.insert(&db.writes).await.unwrap();
        }
    }

    #[tokio::test]
    async fn nothing_of_what_was_deleted_stays_in_the_files() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.db");
        let db = Db::open(&format!("sqlite:{}", file.display()))
            .await
            .unwrap();
        db.migrate().await.unwrap();
        fill(&db).await;
        let holds = || {
            let mut all = Vec::new();
            for entry in std::fs::read_dir(folder.path()).unwrap() {
                all.extend(std::fs::read(entry.unwrap().path()).unwrap());
            }
            all.windows(8).any(|w| w == b"SENTINEL")
        };
        assert!(holds());
        for row in entity::setting::Entity::find().all(&db.pool).await.unwrap() {
            if row.value.contains("SENTINEL") {
                let gone = entity::setting::Entity::delete_by_id(row.name);
                gone.exec(&db.writes).await.unwrap();
            }
        }
        // The log still has them.
        assert!(holds());
        db.scrub(&[]).await.unwrap();
        assert!(!holds());
        let copy = folder.path().join("b.db");
        db.copy_to(&copy).await.unwrap();
        assert!(!holds());
        assert!(db.copy_to(&copy).await.is_err(), "it wrote over a file");
        db.close().await.unwrap();
        let copy = Db::open(&format!("sqlite:{}", copy.display()))
            .await
            .unwrap();
        let rows = entity::setting::Entity::find()
            .all(&copy.pool)
            .await
            .unwrap();
        assert_eq!(rows.len(), 600 - 86);
    }

    #[test]
    fn urls_name_files() {
        let of = |url| sqlite_file(url).map(|path| path.display().to_string());
        assert_eq!(of("sqlite:a/b.db").as_deref(), Some("a/b.db"));
        assert_eq!(
            of("sqlite:///srv/b.db?mode=rwc").as_deref(),
            Some("/srv/b.db")
        );
        for other in [
            "sqlite::memory:",
            "postgres://h/d",
            "sqlite://x?mode=memory",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
