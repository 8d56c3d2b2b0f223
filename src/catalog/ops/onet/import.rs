//! Importing what others published: all tables of a release, or nothing of them.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use entity::{dataset, dataset_rows};
use sea_orm::ConnectionTrait;
use serde_json::json;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{
    occupations::settle,
    scan::{Published, Scanned, scan},
    titles,
};
use crate::{
    app::Op,
    catalog::{
        ids,
        onet::{Part, Problems, Source},
        store,
    },
    identity::{
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        clock,
        errors::{Error, Problem, Result},
    },
};

/// Bytes of rows that wait for the database together, about.
const BATCH_BYTES: usize = 512 * 1024;
/// Batches that wait at most.
const BATCHES: usize = 2;

/// Is told how many bytes were read since it was last told. Each file is read twice, once to check
/// it.
pub type Progress = Arc<dyn Fn(u64) + Send + Sync>;

/// What became of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedTable {
    /// Which one.
    pub part: Part,
    /// How many rows it has.
    pub rows: u64,
    /// How many occupations, or SOC codes, these are about.
    pub subjects: u64,
    /// Whether the catalog had it already.
    pub unchanged: bool,
}

/// What an import of tables did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedTables {
    /// The database with its release.
    pub title: String,
    /// The tables.
    pub tables: Vec<ImportedTable>,
    /// Occupations that the catalog did not have.
    pub added: usize,
    /// Occupations of which it says something else now.
    pub changed: usize,
}

impl ImportedTables {
    /// Whether the catalog had all of it already.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        self.tables.iter().all(|table| table.unchanged)
    }
}

/// Imports the tables of a release in one transaction: all of them, or, with any problem in any of
/// them, none. A table that the catalog has already is left as it is; another one in the place of
/// one that it has is refused. Memory holds a few hundred kilobytes of the files at a time.
///
/// # Errors
/// `BAD_TABLE` for what is wrong in a file, its field being `FILE:LINE:COLUMN`; `UNREADABLE` for a
/// file that cannot be read; `RELEASE_PUBLISHED` for other content under a release that is there.
pub async fn import_tables(
    op: &Op,
    published: Published,
    progress: Progress,
) -> Result<ImportedTables> {
    policy::permit(&op.actor, Action::ManageCatalog)?;
    let known = known_codes(op).await?;
    let published = Arc::new(published);
    let checked = check(&published, known.clone(), &progress).await?;
    let tx = op.write_tx().await?;
    // Two imports of one release at once: the second finds what the first stored.
    audit::lock_platform(&*tx).await?;
    let there: HashMap<Uuid, String> = store::datasets(&*tx)
        .await?
        .into_iter()
        .map(|row| (row.id, row.digest))
        .collect();
    let mut done = ImportedTables {
        title: title(&checked),
        tables: Vec::with_capacity(checked.len()),
        added: 0,
        changed: 0,
    };
    let (mut new, mut problems) = (Vec::new(), Vec::new());
    for table in &checked {
        let stored = there.get(&id(table));
        if stored.is_some_and(|digest| *digest != table.digest) {
            problems.push(Problem::new(
                table.path.display().to_string(),
                "RELEASE_PUBLISHED",
                format!(
                    "the catalog has another {} of release {}, and what is published never changes: import the file under the release that it belongs to",
                    table.part.title(),
                    table.release
                ),
            ));
        }
        if stored.is_none() {
            new.push(table.clone());
        }
        done.tables.push(ImportedTable {
            part: table.part,
            rows: table.rows,
            subjects: table.subjects,
            unchanged: stored.is_some(),
        });
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if new.is_empty() {
        return Ok(done);
    }
    for table in &new {
        store::insert_dataset(&*tx, row(op, table)).await?;
    }
    store_rows(&*tx, &published, known, progress, &new, &checked).await?;
    if new
        .iter()
        .any(|t| matches!(t.part, Part::Occupations | Part::JobZones))
    {
        (done.added, done.changed) = settle(&*tx, op).await?;
    }
    if new
        .iter()
        .any(|t| matches!(t.part, Part::Occupations | Part::AlternateTitles))
    {
        titles::index(&*tx).await?;
    }
    let parts: Vec<_> = new
        .iter()
        .map(|t| json!({"part": t.part.as_str(), "rows": t.rows, "sha256": t.digest}))
        .collect();
    let change = Change {
        provider: None,
        action: "dataset.import",
        target: done.title.clone(),
        before: None,
        after: Some(json!({"tables": parts})),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(done)
}

fn title(checked: &[Scanned]) -> String {
    let source = checked.first().map(|table| Source {
        part: table.part,
        release: table.release.clone(),
    });
    source.map(|s| s.database()).unwrap_or_default()
}

fn id(table: &Scanned) -> Uuid {
    ids::dataset(table.part.as_str(), &table.release)
}

fn row(op: &Op, table: &Scanned) -> dataset::Model {
    dataset::Model {
        id: id(table),
        part: table.part.as_str().to_owned(),
        release: table.release.clone(),
        columns: table.columns.join("\t"),
        row_count: i64::try_from(table.rows).unwrap_or(i64::MAX),
        digest: table.digest.clone(),
        imported_at: clock::to_millis(op.now),
    }
}

/// The codes of every list of occupations that the catalog has; `None` before the first.
async fn known_codes(op: &Op) -> Result<Option<Arc<HashSet<String>>>> {
    let c = op.app.db.public();
    let lists = store::datasets(c).await?.into_iter();
    let lists: Vec<_> = lists
        .filter(|row| row.part == Part::Occupations.as_str())
        .map(|row| row.id)
        .collect();
    if lists.is_empty() {
        return Ok(None);
    }
    let codes = store::dataset_subjects(c, &lists).await?;
    Ok(Some(Arc::new(codes.into_iter().collect())))
}

/// Reads every file once, so that nothing is stored of a release in which something is wrong.
async fn check(
    published: &Arc<Published>,
    known: Option<Arc<HashSet<String>>>,
    progress: &Progress,
) -> Result<Vec<Scanned>> {
    let (published, progress) = (Arc::clone(published), Arc::clone(progress));
    let read = tokio::task::spawn_blocking(move || {
        let mut problems = Problems::default();
        let scanned = scan(
            &published,
            known.as_ref(),
            &progress,
            &mut problems,
            &mut |_, _| true,
        );
        (scanned, problems)
    });
    let (scanned, problems) = read.await.map_err(Error::internal)?;
    sound(scanned.map_err(unreadable)?, &problems)
}

fn unreadable(e: std::io::Error) -> Error {
    let message = format!("{e}: make the file readable, or leave it out");
    Error::invalid("", "UNREADABLE", message)
}

fn sound<T>(scanned: T, problems: &Problems) -> Result<T> {
    if problems.is_empty() {
        return Ok(scanned);
    }
    let told = problems.kept().iter();
    let mut told: Vec<_> = told
        .map(|p| Problem::new(p.place.to_string(), "BAD_TABLE", p.message.clone()))
        .collect();
    if problems.more > 0 {
        let message = format!("{} more places are wrong", problems.more);
        told.push(Problem::new("", "BAD_TABLE", message));
    }
    Err(Error::Invalid(told))
}

/// Reads the files once more, and stores the rows of those that are `new`.
async fn store_rows(
    tx: &impl ConnectionTrait,
    published: &Arc<Published>,
    known: Option<Arc<HashSet<String>>>,
    progress: Progress,
    new: &[Scanned],
    checked: &[Scanned],
) -> Result<()> {
    let ids: HashMap<Part, Uuid> = new.iter().map(|table| (table.part, id(table))).collect();
    let (sender, mut batches) = mpsc::channel::<Vec<dataset_rows::Model>>(BATCHES);
    let published = Arc::clone(published);
    let reading = tokio::task::spawn_blocking(move || {
        let mut problems = Problems::default();
        let (mut batch, mut size) = (Vec::new(), 0);
        let mut sink = |part, group: crate::catalog::onet::Group| {
            let Some(dataset_id) = ids.get(&part) else {
                return true;
            };
            size += group.content.len();
            batch.push(dataset_rows::Model {
                dataset_id: *dataset_id,
                subject: group.subject,
                content: group.content,
            });
            if size < BATCH_BYTES {
                return true;
            }
            size = 0;
            // Nobody receives any more once the import has stopped.
            sender.blocking_send(std::mem::take(&mut batch)).is_ok()
        };
        let scanned = scan(
            &published,
            known.as_ref(),
            &progress,
            &mut problems,
            &mut sink,
        );
        let sent = batch.is_empty() || sender.blocking_send(batch).is_ok();
        (scanned, problems, sent)
    });
    while let Some(batch) = batches.recv().await {
        store::insert_dataset_rows(tx, batch).await?;
    }
    let (scanned, problems, sent) = reading.await.map_err(Error::internal)?;
    let scanned = sound(scanned.map_err(unreadable)?, &problems)?;
    let digests = |all: &[Scanned]| all.iter().map(|t| t.digest.clone()).collect::<Vec<_>>();
    if sent && digests(&scanned) == digests(checked) {
        return Ok(());
    }
    let message = "a file changed while it was read: import it again";
    Err(Error::invalid("", "UNREADABLE", message))
}
