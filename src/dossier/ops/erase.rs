//! Erasing a learner: in one transaction everything that names them goes, and what they were
//! issued is withdrawn; then the database is rid of what that leaves behind.

mod credentials;

use entity::learner;
use serde_json::json;
use uuid::Uuid;

use super::export::missing;
use crate::{
    app::Op,
    assessment::ops::files,
    dossier::store::{Of, erase as store, read},
    events::{
        model::{EventKind, NewEvent},
        outbox,
    },
    identity::{
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        clock,
        db::WriteTx,
        errors::{Error, Result},
        ids,
    },
};

/// What an erasure did.
#[derive(Debug, Clone)]
pub struct Erased {
    /// The learner as they stand now: without anything that names them.
    pub learner: learner::Model,
    /// How many credentials were withdrawn by this call.
    pub withdrawn: u64,
}

/// Erases a learner of the tenant, or, at the machine, of the provider named. `confirm` is their
/// external id, so that nobody erases another by a slip; one who is erased already needs none.
///
/// Asked again, it changes nothing that was changed, and rids the database of what an interrupted
/// call before may have left.
///
/// # Errors
/// When `confirm` is another; and `Internal` where all was erased, but the database could not be
/// rid of what that left behind: then call it again.
pub async fn erase_learner(
    op: &Op,
    provider: Option<Uuid>,
    learner: Uuid,
    confirm: &str,
) -> Result<Erased> {
    let provider = policy::permit_at_machine(&op.actor, Action::EraseLearner, provider)?;
    let of = Of { provider, learner };
    let tx = op.write_tx().await?;
    let row = store::lock(&*tx, of).await?.ok_or_else(missing)?;
    if row.erased_at.is_none() && row.external_id != confirm {
        return Err(Error::invalid(
            "input.confirm",
            "NOT_CONFIRMED",
            "this is not the learner's external id: give it exactly, so that nobody else is erased",
        ));
    }
    let first = row.erased_at.is_none();
    credentials::attribute(&tx, of, &identifiers(&row)).await?;
    let withdrawn = credentials::withdraw(op, &tx, of).await?;
    let files = read::files(&*tx, of).await?;
    store::clear_history(&*tx, of).await?;
    store::clear_assessments(&*tx, of).await?;
    store::clear_reports(&*tx, provider, &names(&row)).await?;
    store::delete_invitations(&*tx, of).await?;
    store::delete_corrections(&*tx, of).await?;
    store::revoke_keys(&*tx, of, clock::to_millis(op.now)).await?;
    let row = anonymous(op, row);
    store::update_learner(&*tx, &row).await?;
    if first {
        tell(op, &tx, of, withdrawn).await?;
    }
    // Last before the commit: were it after, a crash between the two would leave files that no row
    // tells of.
    let files: Vec<_> = files.iter().map(|file| file.id).collect();
    files::remove_of(op, &tx, provider, &files).await?;
    tx.commit().await?;
    op.app.db.scrub(store::TABLES).await?;
    Ok(Erased {
        learner: row,
        withdrawn,
    })
}

/// The texts that name a learner.
fn names(row: &learner::Model) -> Vec<String> {
    let all = [
        Some(row.external_id.clone()),
        Some(row.name.clone()),
        row.email.clone(),
        row.did.clone(),
    ];
    let given = all.into_iter().flatten();
    given.filter(|text| !text.trim().is_empty()).collect()
}

/// What names the learner and nobody else.
fn identifiers(row: &learner::Model) -> Vec<String> {
    let all = [
        row.email.clone(),
        row.did.clone(),
        Some(row.subject_urn.clone()),
    ];
    all.into_iter().flatten().collect()
}

/// The row without anything that names the learner; one that is so already, as it is.
fn anonymous(op: &Op, row: learner::Model) -> learner::Model {
    if row.erased_at.is_some() {
        return row;
    }
    learner::Model {
        external_id: format!("erased-{}", row.id),
        name: String::new(),
        email: None,
        did: None,
        member_id: None,
        // What audit digests were made over is not to be guessed from what stays.
        subject_urn: ids::v4(op.app.rng.as_ref()).urn().to_string(),
        erased_at: Some(clock::to_millis(op.now)),
        ..row
    }
}

/// Writes the audit record and the event. Neither says who it was.
async fn tell(op: &Op, tx: &WriteTx, of: Of, withdrawn: u64) -> Result<()> {
    let at = clock::to_millis(op.now);
    let told = NewEvent {
        kind: EventKind::LearnerErased,
        payload: json!({"learnerId": ids::global("Learner", of.learner)}),
    };
    outbox::append(&**tx, op, of.provider, told).await?;
    let change = Change {
        provider: Some(of.provider),
        action: "learner.erase",
        target: of.learner.to_string(),
        before: None,
        after: Some(json!({"erasedAt": at, "withdrawn": withdrawn})),
    };
    audit::record(&**tx, op, change).await
}

/// Records that the learner whose key asks wants to be erased, for their provider to see. Asked
/// again, the first time counts.
pub async fn request_erasure(op: &Op) -> Result<learner::Model> {
    let extent = policy::permit_extent(&op.actor, Action::SpeakForOneself)?;
    let Some(learner) = extent.learner else {
        return Err(Error::Forbidden(
            "this key is not a learner's: only they ask to be erased".to_owned(),
        ));
    };
    let of = Of {
        provider: extent.provider,
        learner,
    };
    let tx = op.write_tx().await?;
    let row = store::lock(&*tx, of).await?.ok_or_else(missing)?;
    if row.erasure_requested_at.is_some() {
        return Ok(row);
    }
    let at = clock::to_millis(op.now);
    store::mark_requested(&*tx, learner, at).await?;
    let change = Change {
        provider: Some(of.provider),
        action: "learner.request_erasure",
        target: learner.to_string(),
        before: Some(json!({"erasureRequestedAt": null})),
        after: Some(json!({"erasureRequestedAt": at})),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(learner::Model {
        erasure_requested_at: Some(at),
        ..row
    })
}
