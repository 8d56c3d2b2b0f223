//! Decisions: the plan's rule applied to what was observed.

use std::collections::BTreeSet;

use entity::{assessment, decision, demonstration};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::refuse_self;
use crate::{
    app::Op,
    assessment::{
        model::{Explanation, Fact, State},
        rules, store,
    },
    identity::{
        audit::{self, Change},
        policy::{self, Action},
        store as people,
    },
    kernel::{
        clock,
        errors::{Error, Result},
    },
};

/// What a decision came to.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The assessment as it stands now.
    pub assessment: assessment::Model,
    /// The decision with its explanation.
    pub decision: decision::Model,
    /// Every demonstration of the assessment, those from before included.
    pub demonstrations: Vec<demonstration::Model>,
}

/// Applies the plan's rule. Each statement that meets it becomes a
/// demonstration; once all do, the assessment is decided. Until then the
/// explanation says what is missing, and observing goes on.
pub async fn decide_assessment(op: &Op, id: Uuid) -> Result<Decided> {
    let provider = policy::permit_in_tenant(&op.actor, Action::Decide)?;
    let tx = op.write_tx().await?;
    let Some(mut assessment) = store::lock_assessment(&*tx, provider, id).await? else {
        return Err(Error::NotFound("this assessment".to_owned()));
    };
    if assessment.state != State::Open.as_str() {
        return Err(Error::invalid(
            "input.assessmentId",
            "ASSESSMENT_DECIDED",
            "this assessment is decided already: its demonstrations stand",
        ));
    }
    let Some(learner) = people::learner(&*tx, provider, assessment.learner_id).await? else {
        return Err(Error::internal("an assessment without its learner"));
    };
    refuse_self(&*tx, op, &learner).await?;
    let explanation = explain(&*tx, &assessment).await?;
    let told = serde_json::to_string(&explanation).map_err(Error::internal)?;
    let mut demonstrations = store::demonstrations_of(&*tx, &[id]).await?;
    if let Some(last) = store::decisions(&*tx, &[id]).await?.pop()
        && last.explanation == told
    {
        // Nothing was observed since: the decision stands as it was told.
        return Ok(Decided {
            assessment,
            decision: last,
            demonstrations,
        });
    }
    let now = clock::to_millis(op.now);
    let decision = decision::Model {
        id: op.new_id(),
        provider_id: provider,
        assessment_id: id,
        plan_version_id: assessment.plan_version_id,
        member_id: op.actor.member(),
        as_of: now,
        decided_by: op.actor.to_string(),
        decided_at: now,
        explanation: told,
    };
    store::insert_decision(&*tx, &decision).await?;
    let before: BTreeSet<_> = demonstrations.iter().map(|d| d.statement_id).collect();
    let new: Vec<_> = explanation
        .statements
        .iter()
        .filter(|s| s.met && !before.contains(&s.statement))
        .zip(op.new_ids(explanation.statements.len()))
        .map(|(s, own)| demonstration::Model {
            id: own,
            provider_id: provider,
            learner_id: assessment.learner_id,
            statement_id: s.statement,
            assessment_id: id,
            decision_id: decision.id,
            plan_version_id: assessment.plan_version_id,
            demonstrated_at: now,
            valid_until: None,
            withdrawn_at: None,
        })
        .collect();
    store::insert_demonstrations(&*tx, &new).await?;
    demonstrations.extend(new);
    let before = json!({"state": assessment.state});
    if explanation.complete {
        State::Decided.as_str().clone_into(&mut assessment.state);
        assessment.decided_at = Some(now);
        store::close_assessment(&*tx, id, &assessment.state, now).await?;
    }
    let yielded: Vec<_> = demonstrations.iter().map(|d| d.id).collect();
    let change = Change {
        provider: Some(provider),
        action: "assessment.decide",
        target: id.to_string(),
        before: Some(before),
        after: Some(json!({
            "state": assessment.state, "decision": decision.id,
            "explanation": explanation, "demonstrations": yielded,
        })),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(Decided {
        assessment,
        decision,
        demonstrations,
    })
}

async fn explain(c: &impl ConnectionTrait, assessment: &assessment::Model) -> Result<Explanation> {
    let versions = [assessment.plan_version_id];
    let plan = store::plan_versions(c, assessment.provider_id, &versions)
        .await?
        .pop();
    let plan = plan.ok_or_else(|| Error::internal("an assessment without its plan"))?;
    let observations = store::observations(c, &[assessment.id]).await?;
    let ids: Vec<_> = observations.iter().map(|o| o.id).collect();
    let with_evidence: BTreeSet<_> = store::evidence(c, &ids)
        .await?
        .into_iter()
        .map(|e| e.observation_id)
        .collect();
    let facts: Vec<_> = observations
        .iter()
        .map(|o| Fact {
            id: o.id,
            statement: o.statement_id,
            assessor: o.assessor_id,
            rating: o.rating,
            has_evidence: with_evidence.contains(&o.id),
        })
        .collect();
    Ok(rules::decide(
        plan.content.rule,
        &plan.content.statements,
        &facts,
    ))
}
