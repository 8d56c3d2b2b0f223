//! What of the catalog can change, held in memory for as long as nothing of it did.
//!
//! The database counts the changes of the catalog. What is held belongs to one count, and is let go
//! when the database tells another. A process asks it again after each commit of its own, so that
//! whoever changed something sees the change, and otherwise once a second at most.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use entity::occupation;
use quick_cache::{Weighter, sync::Cache};
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    catalog::store::{self, search::Candidate},
    kernel::{db::Db, errors::Result},
};

/// How long a change that another process made may go unnoticed.
const UNNOTICED: Duration = Duration::from_secs(1);
/// How many occupations it holds, each by code and by id.
const OCCUPATIONS: usize = 2_048;
/// Bytes of documents of the search index.
const DOCUMENTS: u64 = 8 << 20;
/// How many of these it makes room for at first.
const EXPECTED: usize = 1_024;

/// What is held of the catalog as it is now.
#[derive(Default)]
pub struct Recent {
    seen: Mutex<Option<Seen>>,
    looks: AtomicU64,
}

struct Seen {
    held: Arc<Held>,
    at: Instant,
    /// Tells of this process's commits since.
    commits: watch::Receiver<()>,
}

/// What was read while the count stood still. Whoever reads on holds on to it: what they read of
/// an earlier state is then held for nobody who knows a later one.
pub struct Held {
    changes: i64,
    /// Occupations by SOC code.
    pub by_soc: Cache<String, occupation::Model>,
    /// Occupations by id.
    pub by_id: Cache<Uuid, occupation::Model>,
    /// The published versions of the shared frameworks of an occupation.
    pub versions: Cache<Uuid, Arc<[Uuid]>>,
    /// Documents of the search index by id.
    pub documents: Cache<i64, Arc<Candidate>, ByWords>,
}

impl Held {
    fn new(changes: i64) -> Arc<Self> {
        Arc::new(Self {
            changes,
            by_soc: Cache::new(OCCUPATIONS),
            by_id: Cache::new(OCCUPATIONS),
            versions: Cache::new(OCCUPATIONS),
            documents: Cache::with_weighter(EXPECTED, DOCUMENTS, ByWords),
        })
    }
}

/// Weighs a document by its words, in bytes.
#[derive(Clone)]
pub struct ByWords;

impl Weighter<i64, Arc<Candidate>> for ByWords {
    fn weight(&self, _: &i64, document: &Arc<Candidate>) -> u64 {
        let title = document.title.as_deref().map_or(0, str::len);
        let texts = document.words.len() + document.sources.len() + title;
        u64::try_from(texts + 240).unwrap_or(u64::MAX)
    }
}

impl Recent {
    /// What is held of the catalog as it is now, empty at first.
    pub async fn held(&self, db: &Db) -> Result<Arc<Held>> {
        if let Some(held) = self.fresh() {
            return Ok(held);
        }
        // In this order: a commit in between is then told as one that came later.
        let commits = db.commits();
        let at = Instant::now();
        self.looks.fetch_add(1, Ordering::Relaxed);
        let changes = store::catalog_changes(db.public()).await?;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let held = match &*seen {
            // Somebody asked later and was told first.
            Some(seen) if seen.at > at => return Ok(Arc::clone(&seen.held)),
            Some(seen) if seen.held.changes == changes => Arc::clone(&seen.held),
            // A smaller count is that of another database, which took the place of this one.
            _ => Held::new(changes),
        };
        *seen = Some(Seen {
            held: Arc::clone(&held),
            at,
            commits,
        });
        Ok(held)
    }

    /// How many times the database was asked whether anything changed.
    #[must_use]
    pub fn looks(&self) -> u64 {
        self.looks.load(Ordering::Relaxed)
    }

    fn fresh(&self) -> Option<Arc<Held>> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = seen.as_ref()?;
        // An error means that the database is closed, which the next look tells.
        let unchanged = seen.commits.has_changed().is_ok_and(|changed| !changed);
        let held = unchanged && seen.at.elapsed() < UNNOTICED;
        held.then(|| Arc::clone(&seen.held))
    }
}
