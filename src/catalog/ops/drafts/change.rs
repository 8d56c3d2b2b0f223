//! Editing a draft, and giving it up.

use entity::framework_draft;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{check_revision, locked, missing, owner_of, record};
use crate::{
    app::Op,
    catalog::{
        drafts::{Edit, apply},
        store::{self, DraftRow},
    },
    identity::policy::{self, Action},
    kernel::{
        clock,
        errors::{Error, Result},
    },
};

/// Bytes of a stored draft at most.
const MAX_BYTES: usize = 4 << 20;

/// Makes edits in a draft of the actor's, in their order: all of them, or none. `revision` is the one
/// that they were made for.
///
/// # Errors
/// `NotFound`; `Invalid` with the code `STALE_REVISION`, which names the present one, or with what
/// is wrong with the first edit that cannot be made.
pub async fn edit_draft(op: &Op, id: Uuid, revision: i32, edits: Vec<Edit>) -> Result<DraftRow> {
    policy::permit(&op.actor, Action::ManageFrameworks)?;
    let tx = op.write_tx().await?;
    super::lock_owner(&*tx, owner_of(op)).await?;
    let row = locked(&*tx, owner_of(op), id).await?;
    check_revision(&row, revision)?;
    let row = edit_row(&*tx, op, row, edits).await?;
    tx.commit().await?;
    Ok(row.into())
}

/// Makes edits in a draft that is locked. What changes nothing leaves it at its revision.
pub(in crate::catalog::ops) async fn edit_row(
    tx: &impl ConnectionTrait,
    op: &Op,
    before: framework_draft::Model,
    edits: Vec<Edit>,
) -> Result<framework_draft::Model> {
    let mut draft = store::draft_content(&before.content)?;
    apply(&mut draft, edits).map_err(|problem| Error::Invalid(vec![problem]))?;
    let content = draft.to_object().to_text();
    if content == before.content {
        return Ok(before);
    }
    check_size(&content)?;
    let after = framework_draft::Model {
        content,
        revision: before.revision + 1,
        updated_at: clock::to_millis(op.now),
        ..before.clone()
    };
    store::update_draft(tx, &after).await?;
    record(tx, op, "framework_draft.edit", Some(&before), &after).await?;
    Ok(after)
}

pub(super) fn check_size(content: &str) -> Result<()> {
    if content.len() <= MAX_BYTES {
        return Ok(());
    }
    let message = format!("a draft holds {MAX_BYTES} bytes at most: make it shorter");
    Err(Error::invalid("input", "DRAFT_TOO_LARGE", message))
}

/// Gives up a draft of the actor's. One that was given up stays so.
pub async fn discard_draft(op: &Op, id: Uuid) -> Result<DraftRow> {
    policy::permit(&op.actor, Action::ManageFrameworks)?;
    let owner = owner_of(op);
    let tx = op.write_tx().await?;
    super::lock_owner(&*tx, owner).await?;
    let before = store::lock_draft(&*tx, owner, id)
        .await?
        .ok_or_else(missing)?;
    let after = match before.state.as_str() {
        "DISCARDED" => return Ok(before.into()),
        "PUBLISHED" => {
            let message = "the draft was published: deprecate the version that it became";
            return Err(Error::invalid("input.draftId", "DRAFT_CLOSED", message));
        }
        _ => framework_draft::Model {
            state: "DISCARDED".to_owned(),
            updated_at: clock::to_millis(op.now),
            ..before.clone()
        },
    };
    store::update_draft(&*tx, &after).await?;
    record(&*tx, op, "framework_draft.discard", Some(&before), &after).await?;
    tx.commit().await?;
    Ok(after.into())
}
