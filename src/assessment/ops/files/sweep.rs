//! Removing what was uploaded and is evidence of nothing.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{disk, tell_removed};
use crate::{
    app::Op,
    assessment::{files::path, store},
    identity::{audit, policy},
    kernel::{clock, db::Reach, errors::Result},
};

/// How long a file may wait for its observation.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);

/// Rows that go in one transaction, and contents that are asked for at once, at most.
const BATCH: usize = 500;

/// What a sweep removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Rows of files that nothing rested on.
    pub files: usize,
    /// Contents that no row told of any more, or yet.
    pub contents: usize,
    /// Uploads that never came to their end.
    pub unfinished: usize,
}

/// Removes what has waited for a day: files that no evidence rests on, contents without a row (left
/// by the former, or by a crash), and unfinished uploads. At the machine only.
pub async fn sweep(op: &Op) -> Result<Swept> {
    policy::permit_operator(&op.actor)?;
    let before = op.now - PATIENCE;
    let mut swept = Swept::default();
    let db = op.app.db.read(Reach::System).await?;
    let providers = store::providers_with_unused_files(&db, clock::to_millis(before)).await?;
    drop(db);
    for provider in providers {
        swept.files += rows(op, provider, before).await?;
    }
    let folder = op.app.config.evidence_dir();
    for (provider, shelf) in disk::shelves(folder.clone()).await? {
        let found = disk::contents(shelf, before).await?;
        for some in found.chunks(BATCH) {
            swept.contents += contents(op, provider, some, before).await?;
        }
    }
    swept.unfinished = disk::remove_unfinished(folder, before).await?;
    Ok(swept)
}

async fn rows(op: &Op, provider: Uuid, before: Timestamp) -> Result<usize> {
    let mut removed = 0;
    loop {
        let tx = op.app.db.write_tx(Reach::System).await?;
        let millis = clock::to_millis(before);
        let unused = store::hold_unused_files(&*tx, provider, millis, BATCH as u64).await?;
        let ids: Vec<_> = unused.iter().map(|f| f.id).collect();
        let gone = store::delete_unused_files(&*tx, provider, &ids).await?;
        tell_removed(op, &tx, &gone).await?;
        tx.commit().await?;
        removed += gone.len();
        if gone.is_empty() {
            return Ok(removed);
        }
    }
}

async fn contents(op: &Op, provider: Uuid, found: &[Vec<u8>], before: Timestamp) -> Result<usize> {
    let db = op.app.db.read(Reach::System).await?;
    let known = store::known_contents(&db, provider, found).await?;
    drop(db);
    let mut removed = 0;
    for sha256 in found.iter().filter(|digest| !known.contains(digest)) {
        // Whoever is keeping the same contents meanwhile holds the chain until their row is there.
        let tx = op.app.db.write_tx(Reach::System).await?;
        audit::lock_provider(&*tx, provider).await?;
        if !store::is_content_known(&*tx, provider, sha256).await? {
            let place = path(&op.app.config.evidence_dir(), provider, sha256);
            removed += usize::from(disk::remove_older(place, before).await?);
        }
        tx.commit().await?;
    }
    Ok(removed)
}
