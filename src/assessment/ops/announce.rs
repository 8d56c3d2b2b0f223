//! Events: what those who listen are told of assessments.

use entity::assessment;
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use crate::{
    app::Op,
    assessment::model::Move,
    events::{
        model::{EventKind, NewEvent},
        outbox,
    },
    kernel::{errors::Result, ids},
};

/// Tells of a move that was made, and of the demonstrations that it took back, in its own
/// transaction. Some moves are nobody's concern.
pub(super) async fn announce(
    tx: &impl ConnectionTrait,
    op: &Op,
    assessment: &assessment::Model,
    made: Move,
    withdrawn: &[Uuid],
) -> Result<()> {
    match event(assessment, made, withdrawn) {
        Some(event) => outbox::append(tx, op, assessment.provider_id, event).await,
        None => Ok(()),
    }
}

/// What is told of a move. Only a decision made anew can take demonstrations back, and tells which.
pub(crate) fn event(
    assessment: &assessment::Model,
    made: Move,
    withdrawn: &[Uuid],
) -> Option<NewEvent> {
    let mut payload = json!({
        "assessmentId": ids::global("Assessment", assessment.id),
        "learnerId": ids::global("Learner", assessment.learner_id),
    });
    if made == Move::ReDecide
        && let Some(members) = payload.as_object_mut()
    {
        let withdrawn = withdrawn.iter();
        let withdrawn = withdrawn.map(|id| ids::global("Demonstration", *id));
        members.insert("demonstrationsWithdrawn".to_owned(), withdrawn.collect());
    }
    kind(made).map(|kind| NewEvent { kind, payload })
}

const fn kind(made: Move) -> Option<EventKind> {
    match made {
        Move::Open => Some(EventKind::AssessmentOpened),
        Move::Submit => Some(EventKind::AssessmentSubmitted),
        Move::Decide => Some(EventKind::AssessmentDecided),
        Move::Appeal => Some(EventKind::AssessmentAppealed),
        Move::ReDecide => Some(EventKind::AssessmentRedecided),
        Move::Withdraw => Some(EventKind::AssessmentWithdrawn),
        Move::Reopen => None,
    }
}
