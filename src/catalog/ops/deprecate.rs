//! Deprecating a version: it holds for what it was used for, and for nothing new.

use serde_json::json;
use uuid::Uuid;

use super::drafts::{lock_owner, owner_of};
use crate::{
    app::Op,
    catalog::store,
    identity::{
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        clock,
        errors::{Error, Result},
    },
};

/// Characters of a note at most.
const MAX_NOTE: usize = 2_000;

/// Deprecates a published version of a framework of the actor's: its bytes and what points at it
/// stay, and no new plan takes its statements. One that is deprecated stays as it is.
///
/// # Errors
/// `NotFound` for a version that is not there, `Invalid` with the code `NOT_YOUR_FRAMEWORK` for one
/// of somebody else's framework.
pub async fn deprecate_version(op: &Op, id: Uuid, note: &str) -> Result<()> {
    policy::permit(&op.actor, Action::ManageFrameworks)?;
    let owner = owner_of(op);
    if note.trim().is_empty() || note.chars().nth(MAX_NOTE).is_some() {
        let message = format!("say in 1 to {MAX_NOTE} characters why, and what to use instead");
        return Err(Error::invalid("input.note", "BAD_LENGTH", message));
    }
    let tx = op.write_tx().await?;
    lock_owner(&*tx, owner).await?;
    let found = store::version_rows(&*tx, &[id]).await?.pop();
    let row = found.ok_or_else(|| Error::NotFound("this framework version".to_owned()))?;
    if row.owner_id != owner {
        return Err(super::drafts::not_yours("input.frameworkVersionId"));
    }
    let state = store::version_states(&*tx, &[id]).await?.pop();
    if state.is_none_or(|state| state.deprecated_at.is_some()) {
        return Ok(());
    }
    let at = clock::to_millis(op.now);
    store::deprecate_version(&*tx, id, at, note).await?;
    let change = Change {
        provider: owner,
        action: "framework_version.deprecate",
        target: id.to_string(),
        before: Some(json!({"state": "PUBLISHED"})),
        after: Some(json!({"state": "DEPRECATED", "at": at, "note": note})),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await
}
