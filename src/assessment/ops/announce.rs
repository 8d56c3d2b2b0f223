//! Events: what those who listen are told of assessments.

use entity::assessment;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::{
    app::Op,
    assessment::model::Move,
    events::{
        model::{EventKind, NewEvent},
        outbox,
    },
    kernel::{errors::Result, ids},
};

/// Tells of a move that was made, in its own transaction. Some moves are nobody's concern.
pub(super) async fn announce(
    tx: &impl ConnectionTrait,
    op: &Op,
    assessment: &assessment::Model,
    made: Move,
) -> Result<()> {
    let Some(kind) = kind(made) else {
        return Ok(());
    };
    let payload = json!({
        "assessmentId": ids::global("Assessment", assessment.id),
        "learnerId": ids::global("Learner", assessment.learner_id),
    });
    outbox::append(tx, op, assessment.provider_id, NewEvent { kind, payload }).await
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
