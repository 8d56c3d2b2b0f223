//! Uploaded files: receiving, keeping, giving out and removing them.
//!
//! A file is durable on disk before its row is stored; one that lost its row, or never got one, is
//! swept up later. Whoever puts contents to their place or takes them away holds the provider's
//! audit chain meanwhile, so that nobody removes what somebody else is keeping.

mod disk;
mod receive;
mod sweep;

use entity::evidence_file;
use serde_json::{Value, json};
use tokio::fs::File;
use uuid::Uuid;

use crate::{
    app::Op,
    assessment::{files::path, store},
    identity::{
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        clock,
        db::WriteTx,
        digest,
        errors::{Error, Result},
    },
};

/// An uploaded file, as it is stored.
pub use entity::evidence_file::Model as StoredFile;
pub use receive::{NewFile, Received, receive};
pub use sweep::{Swept, sweep};

/// Keeps a file that was received: its contents durably, then its row.
pub async fn keep(op: &Op, received: Received) -> Result<evidence_file::Model> {
    let provider = policy::permit_in_tenant(&op.actor, Action::UploadEvidence)?;
    let row = evidence_file::Model {
        id: op.new_id(),
        provider_id: provider,
        digest: received.digest.to_vec(),
        media_type: received.media_type,
        size: received.size,
        name: received.name,
        uploaded_by: op.actor.to_string(),
        created_at: clock::to_millis(op.now),
    };
    let tx = op.write_tx().await?;
    store::insert_evidence_file(&*tx, &row).await?;
    let change = Change {
        provider: Some(provider),
        action: "evidence.upload",
        target: row.id.to_string(),
        before: None,
        after: Some(state(&row)),
    };
    audit::record(&*tx, op, change).await?;
    let place = path(&op.app.config.evidence_dir(), provider, &row.digest);
    disk::put(received.temporary, place).await?;
    tx.commit().await?;
    Ok(row)
}

/// What audit records tell of a file.
fn state(row: &evidence_file::Model) -> Value {
    json!({
        "digest": digest::hex(&row.digest), "mediaType": row.media_type, "size": row.size,
        "name": row.name,
    })
}

/// A file with its contents, which are what was uploaded: members reach their provider's, learners
/// those that their own observations rest on; `NotFound` for any other.
pub async fn open(op: &Op, id: Uuid) -> Result<(evidence_file::Model, File)> {
    let found = files_by_id(op, &[id]).await?.pop();
    let row = found.ok_or_else(|| Error::NotFound("this file".to_owned()))?;
    let place = path(&op.app.config.evidence_dir(), row.provider_id, &row.digest);
    let file = disk::open_checked(place, row.digest.clone(), row.size).await?;
    Ok((row, file))
}

/// Several files by id, without their contents; those that the actor does not reach are left out.
pub async fn files_by_id(op: &Op, ids: &[Uuid]) -> Result<Vec<evidence_file::Model>> {
    let extent = policy::permit_extent(&op.actor, Action::ViewAssessments)?;
    let db = op.read().await?;
    let rows = store::evidence_files(&db, extent.provider, ids).await?;
    let Some(learner) = extent.learner else {
        return Ok(rows);
    };
    let theirs = store::files_about(&db, extent.provider, learner, ids).await?;
    Ok(rows
        .into_iter()
        .filter(|f| theirs.contains(&f.id))
        .collect())
}

/// Removes those of these files of `provider` that no evidence rests on any more, their contents
/// with them where no other file has the same. Call it last before `tx` commits: what is gone from
/// the disk does not come back. Tells how many rows went.
pub async fn remove_of(op: &Op, tx: &WriteTx, provider: Uuid, ids: &[Uuid]) -> Result<usize> {
    audit::lock_provider(&**tx, provider).await?;
    let removed = store::delete_unused_files(&**tx, provider, ids).await?;
    tell_removed(op, tx, &removed).await?;
    for row in &removed {
        if !store::is_content_known(&**tx, provider, &row.digest).await? {
            disk::remove(path(&op.app.config.evidence_dir(), provider, &row.digest)).await?;
        }
    }
    Ok(removed.len())
}

/// Records that these files were removed.
async fn tell_removed(op: &Op, tx: &WriteTx, removed: &[evidence_file::Model]) -> Result<()> {
    for row in removed {
        let change = Change {
            provider: Some(row.provider_id),
            action: "evidence.remove",
            target: row.id.to_string(),
            before: Some(state(row)),
            after: None,
        };
        audit::record(&**tx, op, change).await?;
    }
    Ok(())
}
