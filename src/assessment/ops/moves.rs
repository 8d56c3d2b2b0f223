//! What every move of an assessment goes through: the guard, the row, its history, the audit
//! record, the event.

use entity::{assessment, assessment_transition};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{announce::announce, refuse_self};
use crate::{
    app::Op,
    assessment::{
        model::{Move, State},
        store,
    },
    identity::{
        audit::{self, Change},
        store as people,
    },
    kernel::{
        clock,
        errors::{Error, Result},
    },
};

/// A move, and what is recorded about it.
pub(super) struct Step<'a> {
    /// The move.
    pub(super) wanted: Move,
    /// Why; may be empty.
    pub(super) reason: &'a str,
    /// What the audit record says of the outcome, besides the state.
    pub(super) outcome: Value,
    /// The demonstrations that it takes back.
    pub(super) withdrawn: &'a [Uuid],
}

impl Step<'_> {
    /// A move that needs no reason and has no outcome but the state.
    pub(super) fn plain(wanted: Move) -> Self {
        Self {
            wanted,
            reason: "",
            outcome: json!({}),
            withdrawn: &[],
        }
    }
}

/// An assessment of `provider`, locked until the transaction ends, for staff who are not the
/// learner.
pub(super) async fn take(
    tx: &impl ConnectionTrait,
    op: &Op,
    provider: Uuid,
    id: Uuid,
) -> Result<assessment::Model> {
    let Some(assessment) = store::lock_assessment(tx, provider, id).await? else {
        return Err(Error::NotFound("this assessment".to_owned()));
    };
    let Some(learner) = people::learner(tx, provider, assessment.learner_id).await? else {
        return Err(Error::internal("an assessment without its learner"));
    };
    people::refuse_erased(&learner, "input.assessmentId")?;
    refuse_self(tx, op, &learner).await?;
    Ok(assessment)
}

/// Where an assessment stands.
pub(super) fn state(assessment: &assessment::Model) -> Result<State> {
    State::parse(&assessment.state).ok_or_else(|| Error::internal("an unknown state"))
}

/// Where `wanted` leads; refuses what is not possible, and says what is.
pub(super) fn guard(assessment: &assessment::Model, wanted: Move) -> Result<State> {
    let refused = state(assessment)?.after(wanted);
    refused.map_err(|refusal| {
        let code = refusal.state.refusal_code();
        Error::invalid("input.assessmentId", code, refusal.to_string())
    })
}

/// Makes a move of a locked assessment, whatever else of its row has changed with it included.
pub(super) async fn make(
    tx: &impl ConnectionTrait,
    op: &Op,
    assessment: &mut assessment::Model,
    step: Step<'_>,
) -> Result<()> {
    let to = guard(assessment, step.wanted)?;
    let from = std::mem::replace(&mut assessment.state, to.as_str().to_owned());
    store::update_assessment(tx, assessment).await?;
    // Its place in the history, even where the clock stood still or went back.
    let last = store::last_moved_at(tx, assessment.id).await?;
    let after = last.map(|at| at.saturating_add(1));
    let now = clock::to_millis(op.now);
    let transition = assessment_transition::Model {
        id: op.new_id(),
        provider_id: assessment.provider_id,
        assessment_id: assessment.id,
        from_state: from,
        to_state: assessment.state.clone(),
        actor: op.actor.to_string(),
        reason: step.reason.to_owned(),
        at: after.map_or(now, |after| now.max(after)),
    };
    store::insert_transition(tx, &transition).await?;
    let mut after = json!({
        "state": assessment.state, "planVersion": assessment.plan_version_id,
        "reason": step.reason,
    });
    if let (Some(all), Value::Object(outcome)) = (after.as_object_mut(), step.outcome) {
        all.extend(outcome);
    }
    let change = Change {
        provider: Some(assessment.provider_id),
        action: action(step.wanted),
        target: assessment.id.to_string(),
        before: Some(json!({"state": transition.from_state})),
        after: Some(after),
    };
    audit::record(tx, op, change).await?;
    announce(tx, op, assessment, step.wanted, step.withdrawn).await
}

const fn action(made: Move) -> &'static str {
    match made {
        Move::Open => "assessment.start",
        Move::Submit => "assessment.submit",
        Move::Reopen => "assessment.reopen",
        Move::Decide => "assessment.decide",
        Move::Withdraw => "assessment.withdraw",
        Move::Appeal => "assessment.appeal",
        Move::ReDecide => "assessment.re_decide",
    }
}
