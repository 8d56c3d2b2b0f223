//! Events: what those who listen are told of assessments.

use entity::{assessment, event};
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel};
use serde_json::json;

use crate::{
    app::Op,
    assessment::model::Move,
    kernel::{clock, errors::Result, ids},
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
    let row = event::Model {
        id: op.new_id(),
        provider_id: assessment.provider_id,
        kind: kind.to_owned(),
        payload: payload.to_string(),
        created_at: clock::to_millis(op.now),
    };
    row.into_active_model().insert(tx).await?;
    Ok(())
}

const fn kind(made: Move) -> Option<&'static str> {
    match made {
        Move::Open => Some("assessment.opened"),
        Move::Submit => Some("assessment.submitted"),
        Move::Decide => Some("assessment.decided"),
        Move::Appeal => Some("assessment.appealed"),
        Move::ReDecide => Some("assessment.redecided"),
        Move::Withdraw => Some("assessment.withdrawn"),
        Move::Reopen => None,
    }
}
