//! What becomes of a correction.

use std::collections::HashSet;

use entity::correction;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    super::drafts::{edit_row, lock_owner, open_for},
    check_text, missing, owner_of, record, suggester,
};
use crate::{
    app::Op,
    catalog::{
        drafts::{Change, Edit},
        store,
    },
    identity::policy::{self, Action},
    kernel::{
        clock,
        errors::{Error, Result},
    },
};

/// Accepts a correction that the actor decides. Of a statement, it goes as an edit into the open
/// draft of the framework's next version; one is begun from the newest version if there is none. Of
/// an anchor, it is kept as accepted, and shown with the occupation: anchors stand in published
/// profiles, which only imports bring, so whoever writes the next profile takes it from there.
///
/// # Errors
/// `NotFound`; `Invalid` with the code `CORRECTION_CLOSED` for one that was decided or withdrawn,
/// `STATEMENT_GONE` or `TEXT_CHANGED` where the draft no longer has the words it is about.
pub async fn accept_correction(
    op: &Op,
    id: Uuid,
    reason: Option<String>,
) -> Result<correction::Model> {
    policy::permit(&op.actor, Action::DecideCorrection)?;
    let owner = owner_of(op);
    if let Some(reason) = &reason {
        check_text(reason, "input.reason")?;
    }
    let tx = op.write_tx().await?;
    lock_owner(&*tx, owner).await?;
    let found = store::lock_correction_about(&*tx, owner, id).await?;
    let before = found.ok_or_else(missing)?;
    if before.state == "ACCEPTED" {
        return Ok(before);
    }
    check_open(&before)?;
    let draft_id = match before.statement_id {
        Some(statement) => Some(take_over(&*tx, op, owner, statement, &before).await?),
        None => None,
    };
    let after = correction::Model {
        draft_id,
        ..decided(op, &before, "ACCEPTED", reason)
    };
    store::update_correction(&*tx, &after).await?;
    record(&*tx, op, "correction.accept", Some(&before), &after).await?;
    tx.commit().await?;
    Ok(after)
}

/// Declines a correction that the actor decides, and says why.
pub async fn decline_correction(op: &Op, id: Uuid, reason: String) -> Result<correction::Model> {
    policy::permit(&op.actor, Action::DecideCorrection)?;
    let owner = owner_of(op);
    check_text(&reason, "input.reason")?;
    let tx = op.write_tx().await?;
    lock_owner(&*tx, owner).await?;
    let found = store::lock_correction_about(&*tx, owner, id).await?;
    let before = found.ok_or_else(missing)?;
    if before.state == "DECLINED" {
        return Ok(before);
    }
    check_open(&before)?;
    let after = decided(op, &before, "DECLINED", Some(reason));
    store::update_correction(&*tx, &after).await?;
    record(&*tx, op, "correction.decline", Some(&before), &after).await?;
    tx.commit().await?;
    Ok(after)
}

/// Takes back a correction that the actor suggested, while nobody has decided it.
pub async fn withdraw_correction(op: &Op, id: Uuid) -> Result<correction::Model> {
    policy::permit(&op.actor, Action::SuggestCorrection)?;
    let tx = op.write_tx().await?;
    lock_owner(&*tx, owner_of(op)).await?;
    let found = store::lock_correction_by(&*tx, &suggester(op), id).await?;
    let before = found.ok_or_else(missing)?;
    if before.state == "WITHDRAWN" {
        return Ok(before);
    }
    check_open(&before)?;
    let after = decided(op, &before, "WITHDRAWN", None);
    store::update_correction(&*tx, &after).await?;
    record(&*tx, op, "correction.withdraw", Some(&before), &after).await?;
    tx.commit().await?;
    Ok(after)
}

fn check_open(row: &correction::Model) -> Result<()> {
    if row.state == "OPEN" {
        return Ok(());
    }
    let message = "it was decided or withdrawn: suggest it once more if it still holds";
    Err(Error::invalid(
        "input.correctionId",
        "CORRECTION_CLOSED",
        message,
    ))
}

fn decided(
    op: &Op,
    before: &correction::Model,
    state: &str,
    reason: Option<String>,
) -> correction::Model {
    correction::Model {
        state: state.to_owned(),
        decision_reason: reason,
        decided_at: Some(clock::to_millis(op.now)),
        ..before.clone()
    }
}

/// Puts the words into the open draft of the statement's framework; the draft.
async fn take_over(
    tx: &impl ConnectionTrait,
    op: &Op,
    owner: Option<Uuid>,
    statement: Uuid,
    row: &correction::Model,
) -> Result<Uuid> {
    let of = store::frameworks_of_statements(tx, &[statement])
        .await?
        .pop();
    let (_, framework) = of.ok_or_else(|| Error::internal("a statement of no framework"))?;
    let draft = open_for(tx, op, owner, framework).await?;
    let content = store::draft_content(&draft.content)?;
    // The draft may have been begun from a later version.
    let line = later_forms(tx, framework, statement).await?;
    let target = line.iter().find_map(|form| content.successor_of(*form));
    let target = target.or_else(|| {
        // Versions that were imported need not tell what took the place of what: the same words do.
        let mut same = content.statements.iter().filter(|s| s.text == row.old_text);
        same.next().filter(|_| same.next().is_none())
    });
    let refuse = |code, message: &str| Err(Error::invalid("input.correctionId", code, message));
    let Some(target) = target else {
        let message =
            "the next version no longer has this statement: decline the correction and say so";
        return refuse("STATEMENT_GONE", message);
    };
    if target.text == row.proposed {
        return Ok(draft.id);
    }
    if target.text != row.old_text {
        let message = "the next version has other words here by now: edit its draft, and decline the correction, saying so";
        return refuse("TEXT_CHANGED", message);
    }
    let edit = Edit::Statement {
        reference: target.reference.clone(),
        level: None,
        domain: Change::Keep,
        text: Some(row.proposed.clone()),
        citations: None,
        anchors: None,
        after: Change::Keep,
    };
    Ok(edit_row(tx, op, draft, vec![edit]).await?.id)
}

/// A statement and those that took its place.
async fn later_forms(
    tx: &impl ConnectionTrait,
    framework: Uuid,
    statement: Uuid,
) -> Result<Vec<Uuid>> {
    let links = store::statement_successions(tx, &[framework]).await?;
    let mut seen = HashSet::from([statement]);
    let mut line = vec![statement];
    let mut wave = vec![statement];
    while !wave.is_empty() {
        let next = links
            .iter()
            .filter(|(_, newer, older)| wave.contains(older) && seen.insert(*newer));
        wave = next.map(|(_, newer, _)| *newer).collect();
        line.extend(&wave);
    }
    Ok(line)
}
