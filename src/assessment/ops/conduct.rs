//! What staff and learners do with assessments, besides observing and deciding.

use entity::{assessment, plan_version};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    announce::announce,
    moves::{self, Step},
    refuse_self,
};
use crate::{
    app::Op,
    assessment::{
        model::{Move, State},
        store,
    },
    identity::{
        audit::{self, Change},
        policy::{self, Action},
        store as people,
    },
    kernel::{
        checks::Checks,
        clock,
        errors::{Error, Result},
    },
};

/// What opening an assessment is called in the audit log.
pub(crate) const OPEN: &str = "assessment.open";

/// Characters of a reason at most.
const MAX_REASON: usize = 2_000;

/// Opens an assessment of a learner at once, under the plan's newest version.
pub async fn open_assessment(op: &Op, plan: Uuid, learner: Uuid) -> Result<assessment::Model> {
    begin(op, plan, learner, None).await
}

/// Plans an assessment of a learner for a later time.
pub async fn plan_assessment(
    op: &Op,
    plan: Uuid,
    learner: Uuid,
    planned_for: Timestamp,
) -> Result<assessment::Model> {
    let mut checks = Checks::default();
    checks.require(
        planned_for >= op.now,
        "plannedFor",
        "IN_THE_PAST",
        "give a time that is still to come, or open the assessment at once",
    );
    checks.done()?;
    begin(op, plan, learner, Some(planned_for)).await
}

async fn begin(
    op: &Op,
    plan: Uuid,
    learner: Uuid,
    planned_for: Option<Timestamp>,
) -> Result<assessment::Model> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ConductAssessment)?;
    let tx = op.write_tx().await?;
    let Some(plan) = store::plan(&*tx, provider, plan).await? else {
        return Err(Error::NotFound("this assessment plan".to_owned()));
    };
    if plan.row.archived_at.is_some() {
        let remedy = "this plan is archived: choose one that is in use";
        return Err(Error::invalid("input.planId", "PLAN_ARCHIVED", remedy));
    }
    let Some(learner) = people::learner(&*tx, provider, learner).await? else {
        return Err(Error::NotFound("this learner".to_owned()));
    };
    people::refuse_erased(&learner, "input.learnerId")?;
    refuse_self(&*tx, op, &learner).await?;
    let mut row = opened(op, op.new_id(), &plan.version, learner.id);
    let (action, announced) = match planned_for {
        Some(time) => {
            State::Planned.as_str().clone_into(&mut row.state);
            row.planned_for = Some(clock::to_millis(time));
            ("assessment.plan", None)
        }
        None => (OPEN, Some(Move::Open)),
    };
    store::insert_assessment(&*tx, &row).await?;
    let change = Change {
        provider: Some(provider),
        action,
        target: row.id.to_string(),
        before: None,
        after: Some(beginning(&row)),
    };
    audit::record(&*tx, op, change).await?;
    if let Some(made) = announced {
        announce(&*tx, op, &row, made, &[]).await?;
    }
    tx.commit().await?;
    Ok(row)
}

/// The row of an assessment that is opened now, under a version of its plan.
pub(crate) fn opened(
    op: &Op,
    id: Uuid,
    version: &plan_version::Model,
    learner: Uuid,
) -> assessment::Model {
    assessment::Model {
        id,
        provider_id: version.provider_id,
        plan_id: version.plan_id,
        plan_version_id: version.id,
        learner_id: learner,
        state: State::Open.as_str().to_owned(),
        planned_for: None,
        agreed_at: None,
        created_at: clock::to_millis(op.now),
        decided_at: None,
    }
}

/// What the audit log digests of an assessment that begins.
pub(crate) fn beginning(row: &assessment::Model) -> Value {
    json!({
        "planVersion": row.plan_version_id, "learner": row.learner_id, "state": row.state,
        "plannedFor": row.planned_for,
    })
}

/// Starts a planned assessment. From now on it keeps the version that its plan has now.
pub async fn start_assessment(op: &Op, id: Uuid) -> Result<assessment::Model> {
    conduct(op, id, Step::plain(Move::Open)).await
}

/// Says that observing is done, and a decision can be made.
pub async fn submit_assessment(op: &Op, id: Uuid) -> Result<assessment::Model> {
    conduct(op, id, Step::plain(Move::Submit)).await
}

/// Takes a submitted assessment back for more observations.
pub async fn reopen_assessment(op: &Op, id: Uuid, reason: &str) -> Result<assessment::Model> {
    let step = Step {
        reason,
        ..Step::plain(Move::Reopen)
    };
    conduct(op, id, step).await
}

/// Ends an assessment without a decision.
pub async fn withdraw_assessment(op: &Op, id: Uuid, reason: &str) -> Result<assessment::Model> {
    check_reason(reason)?;
    let step = Step {
        reason,
        ..Step::plain(Move::Withdraw)
    };
    conduct(op, id, step).await
}

async fn conduct(op: &Op, id: Uuid, step: Step<'_>) -> Result<assessment::Model> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ConductAssessment)?;
    check_length(step.reason)?;
    let tx = op.write_tx().await?;
    let mut assessment = moves::take(&*tx, op, provider, id).await?;
    if step.wanted == Move::Open {
        let plan = store::plan(&*tx, provider, assessment.plan_id).await?;
        let plan = plan.ok_or_else(|| Error::internal("an assessment without its plan"))?;
        assessment.plan_version_id = plan.version.id;
    }
    moves::make(&*tx, op, &mut assessment, step).await?;
    tx.commit().await?;
    Ok(assessment)
}

/// Objects to a decision: the learner to their own, or staff on a learner's behalf.
pub async fn appeal_assessment(op: &Op, id: Uuid, reason: &str) -> Result<assessment::Model> {
    let extent = policy::permit_extent(&op.actor, Action::Appeal)?;
    check_reason(reason)?;
    let tx = op.write_tx().await?;
    let found = store::lock_assessment(&*tx, extent.provider, id).await?;
    let Some(mut assessment) = found.filter(|a| extent.covers(a.learner_id)) else {
        return Err(Error::NotFound("this assessment".to_owned()));
    };
    let learner = people::learner(&*tx, extent.provider, assessment.learner_id).await?;
    let learner = learner.ok_or_else(|| Error::internal("an assessment without its learner"))?;
    people::refuse_erased(&learner, "input.assessmentId")?;
    assessment.agreed_at = None;
    let step = Step {
        reason,
        ..Step::plain(Move::Appeal)
    };
    moves::make(&*tx, op, &mut assessment, step).await?;
    tx.commit().await?;
    Ok(assessment)
}

/// Notes that the learner agrees to the decision about them. To agree once more changes nothing.
pub async fn agree_to_assessment(op: &Op, id: Uuid) -> Result<assessment::Model> {
    let extent = policy::permit_extent(&op.actor, Action::SpeakForOneself)?;
    let tx = op.write_tx().await?;
    let found = store::lock_assessment(&*tx, extent.provider, id).await?;
    let Some(mut assessment) = found.filter(|a| extent.covers(a.learner_id)) else {
        return Err(Error::NotFound("this assessment".to_owned()));
    };
    if !matches!(
        moves::state(&assessment)?,
        State::Decided | State::ReDecided
    ) {
        return Err(Error::invalid(
            "input.assessmentId",
            "NOT_DECIDED",
            "there is no decision in force to agree to: wait until it is decided",
        ));
    }
    if assessment.agreed_at.is_some() {
        return Ok(assessment);
    }
    assessment.agreed_at = Some(clock::to_millis(op.now));
    store::update_assessment(&*tx, &assessment).await?;
    let change = Change {
        provider: Some(extent.provider),
        action: "assessment.agree",
        target: assessment.id.to_string(),
        before: Some(json!({"agreedAt": null})),
        after: Some(json!({"agreedAt": assessment.agreed_at})),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(assessment)
}

fn check_reason(reason: &str) -> Result<()> {
    let mut checks = Checks::default();
    checks.text(reason, MAX_REASON, "reason");
    checks.done()
}

fn check_length(reason: &str) -> Result<()> {
    let mut checks = Checks::default();
    checks.require(
        reason.chars().count() <= MAX_REASON,
        "reason",
        "BAD_LENGTH",
        &format!("give at most {MAX_REASON} characters"),
    );
    checks.done()
}
