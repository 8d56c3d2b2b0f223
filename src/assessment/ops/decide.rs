//! Decisions: the plan's rule applied to what was observed.

use std::collections::BTreeSet;

use entity::{assessment, decision, demonstration};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::moves::{self, Step};
use crate::{
    app::Op,
    assessment::{
        model::{Case, Explanation, Move, State},
        rules, store,
    },
    identity::policy::{self, Action},
    kernel::{
        clock,
        errors::{Error, Result},
    },
};

const MILLIS_A_DAY: i64 = 86_400_000;

/// What a decision came to.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The assessment as it stands now.
    pub assessment: assessment::Model,
    /// The decision with its explanation.
    pub decision: decision::Model,
    /// Every demonstration of the assessment, those that were withdrawn included.
    pub demonstrations: Vec<demonstration::Model>,
}

/// Applies the rule of the plan's version. Each statement that meets it is demonstrated. After an
/// appeal the decision is made again, by someone else: what no longer meets the rule is withdrawn.
pub async fn decide_assessment(op: &Op, id: Uuid) -> Result<Decided> {
    let provider = policy::permit_in_tenant(&op.actor, Action::Decide)?;
    let tx = op.write_tx().await?;
    let mut assessment = moves::take(&*tx, op, provider, id).await?;
    let wanted = match moves::state(&assessment)? {
        State::Appealed => Move::ReDecide,
        _ => Move::Decide,
    };
    moves::guard(&assessment, wanted)?;
    let last = store::decisions(&*tx, &[id]).await?.pop();
    let by_last = last.as_ref().is_some_and(|d| is_by(d, op.actor.member()));
    if wanted == Move::ReDecide && by_last {
        return Err(Error::invalid(
            "input.assessmentId",
            "SAME_DECIDER",
            "this decision is appealed against: someone who did not make it has to decide again",
        ));
    }
    let versions = [assessment.plan_version_id];
    let plan = store::plan_versions(&*tx, provider, &versions).await?.pop();
    let plan = plan.ok_or_else(|| Error::internal("an assessment without its plan"))?;
    let explanation = rules::decide(
        &plan.content,
        &case(&*tx, op, &assessment, last.as_ref()).await?,
    );
    refuse_unsigned(&explanation)?;
    let now = clock::to_millis(op.now);
    let decision = decision::Model {
        id: op.new_id(),
        provider_id: provider,
        assessment_id: id,
        plan_version_id: assessment.plan_version_id,
        decided_by: op.actor.to_string(),
        member_id: op.actor.member(),
        as_of: explanation.as_of.unwrap_or(now),
        decided_at: now,
        explanation: serde_json::to_string(&explanation).map_err(Error::internal)?,
    };
    store::insert_decision(&*tx, &decision).await?;
    let days = plan.content.validity_days;
    let settled = settle(&*tx, op, &assessment, &decision, days, &explanation).await?;
    let demonstrations = settled.demonstrations;
    assessment.decided_at = Some(now);
    assessment.agreed_at = None;
    let standing = demonstrations.iter().filter(|d| d.withdrawn_at.is_none());
    let step = Step {
        outcome: json!({
            "decision": decision.id, "explanation": explanation,
            "demonstrations": standing.map(|d| d.id).collect::<Vec<_>>(),
        }),
        withdrawn: &settled.withdrawn,
        ..Step::plain(wanted)
    };
    moves::make(&*tx, op, &mut assessment, step).await?;
    tx.commit().await?;
    Ok(Decided {
        assessment,
        decision,
        demonstrations,
    })
}

/// Whether `member` made the decision; those of old name them in words only.
fn is_by(decision: &decision::Model, member: Option<Uuid>) -> bool {
    member.is_some_and(|own| {
        decision.member_id == Some(own)
            || decision.decided_by.starts_with(&format!("member {own} "))
    })
}

/// All that a decision now looks at. Even where the clock stood still or went back, it is made as
/// of no moment before the last observation was recorded, and of a later one than the last decision.
async fn case(
    c: &impl ConnectionTrait,
    op: &Op,
    assessment: &assessment::Model,
    last: Option<&decision::Model>,
) -> Result<Case> {
    let observations = store::observations(c, &[assessment.id]).await?;
    let recorded = observations.iter().map(|o| o.recorded_at).max();
    let after = last.map(|d| d.as_of.saturating_add(1));
    let now = Some(clock::to_millis(op.now));
    let mut facts = store::facts(c, &observations).await?;
    Ok(Case {
        observations: facts.remove(&assessment.id).unwrap_or_default(),
        as_of: now.max(recorded).max(after).unwrap_or_default(),
        signer: op.actor.member(),
    })
}

/// Refuses a decision that the decider may not sign off.
fn refuse_unsigned(explanation: &Explanation) -> Result<()> {
    let all = explanation.statements.iter().flat_map(|s| &s.requirements);
    match all.into_iter().find(|r| r.name == "SIGN_OFF" && !r.met) {
        Some(unmet) => Err(Error::invalid(
            "input.assessmentId",
            "SIGN_OFF_NEEDED",
            unmet.text.clone(),
        )),
        None => Ok(()),
    }
}

/// The demonstrations of an assessment, once a decision is carried out.
struct Settled {
    /// All of them.
    demonstrations: Vec<demonstration::Model>,
    /// Those that this decision took back.
    withdrawn: Vec<Uuid>,
}

/// Brings the demonstrations of an assessment into line with a decision: what meets the rule is
/// added, upheld or reinstated, anything else withdrawn.
async fn settle(
    c: &impl ConnectionTrait,
    op: &Op,
    assessment: &assessment::Model,
    decision: &decision::Model,
    validity_days: Option<i32>,
    explanation: &Explanation,
) -> Result<Settled> {
    let now = clock::to_millis(op.now);
    let valid_until = validity_days.map(|d| now.saturating_add(i64::from(d) * MILLIS_A_DAY));
    let met = explanation.statements.iter().filter(|s| s.met);
    let mut met: BTreeSet<_> = met.map(|s| s.statement).collect();
    let mut all = store::demonstrations_of(c, &[assessment.id]).await?;
    let mut withdrawn = Vec::new();
    for standing in &mut all {
        let is_met = met.remove(&standing.statement_id);
        match (is_met, standing.withdrawn_at) {
            (true, None) => standing.decision_id = decision.id,
            (true, Some(_)) => {
                standing.decision_id = decision.id;
                standing.withdrawn_at = None;
                standing.demonstrated_at = now;
                standing.valid_until = valid_until;
            }
            (false, None) => {
                standing.withdrawn_at = Some(now);
                withdrawn.push(standing.id);
            }
            (false, Some(_)) => continue,
        }
        store::update_demonstration(c, standing).await?;
    }
    let new = op.new_ids(met.len()).into_iter().zip(met);
    let new: Vec<_> = new
        .map(|(id, statement_id)| demonstration::Model {
            id,
            provider_id: assessment.provider_id,
            learner_id: assessment.learner_id,
            statement_id,
            assessment_id: assessment.id,
            decision_id: decision.id,
            plan_version_id: assessment.plan_version_id,
            demonstrated_at: now,
            valid_until,
            withdrawn_at: None,
        })
        .collect();
    store::insert_demonstrations(c, &new).await?;
    all.extend(new);
    Ok(Settled {
        demonstrations: all,
        withdrawn,
    })
}
