//! Drafting versions of frameworks: a provider its own, curators the shared ones.

mod begin;
mod change;
mod publish;
mod read;

use entity::framework_draft;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    app::Op,
    catalog::store,
    identity::audit::{self, Change},
    kernel::{
        digest,
        errors::{Error, Result},
    },
};

pub(super) use begin::open_for;
pub use begin::{NewFramework, create_draft};
pub(super) use change::edit_row;
pub use change::{discard_draft, edit_draft};
pub use publish::publish_draft;
pub use read::{DraftContent, contents, draft, drafts, drafts_by_id};

pub use crate::catalog::store::DraftRow;

/// Whose frameworks the actor looks after: their provider's, or the shared ones.
pub(super) fn owner_of(op: &Op) -> Option<Uuid> {
    op.actor.provider()
}

/// Puts what is done to an owner's frameworks in a row.
pub(super) async fn lock_owner(tx: &impl ConnectionTrait, owner: Option<Uuid>) -> Result<()> {
    match owner {
        Some(provider) => audit::lock_provider(tx, provider).await,
        None => audit::lock_platform(tx).await,
    }
}

fn missing() -> Error {
    Error::NotFound("this draft".to_owned())
}

pub(super) fn not_yours(field: &str) -> Error {
    Error::invalid(
        field,
        "NOT_YOUR_FRAMEWORK",
        "this is somebody else's framework: providers look after their own, curators after the shared ones",
    )
}

/// The draft of the owner, locked; it must be open.
async fn locked(
    tx: &impl ConnectionTrait,
    owner: Option<Uuid>,
    id: Uuid,
) -> Result<framework_draft::Model> {
    let row = store::lock_draft(tx, owner, id)
        .await?
        .ok_or_else(missing)?;
    if row.state == store::OPEN {
        return Ok(row);
    }
    let message = "the draft was published or discarded: create another";
    Err(Error::invalid("input.draftId", "DRAFT_CLOSED", message))
}

/// That a client's edits rest on what the draft says now.
fn check_revision(row: &framework_draft::Model, revision: i32) -> Result<()> {
    if row.revision == revision {
        return Ok(());
    }
    let message = format!(
        "the draft is at revision {}: read it again, and send what still fits",
        row.revision
    );
    Err(Error::invalid("input.revision", "STALE_REVISION", message))
}

/// A draft as audit records digest it.
fn state(row: &framework_draft::Model) -> Value {
    json!({
        "framework": row.framework_key, "base": row.base_version_id, "revision": row.revision,
        "state": row.state, "content": digest::sha256_hex(row.content.as_bytes()),
        "version": row.version_id,
    })
}

async fn record(
    tx: &impl ConnectionTrait,
    op: &Op,
    action: &str,
    before: Option<&framework_draft::Model>,
    after: &framework_draft::Model,
) -> Result<()> {
    let change = Change {
        provider: after.provider_id,
        action,
        target: after.id.to_string(),
        before: before.map(state),
        after: Some(state(after)),
    };
    audit::record(tx, op, change).await
}
