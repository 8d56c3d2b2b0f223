//! Plans, and the assessments that are opened under them.

use std::collections::BTreeSet;

use entity::{assessment, assessment_plan};
use serde_json::json;
use uuid::Uuid;

use super::refuse_self;
use crate::{
    app::Op,
    assessment::{
        model::{MAX_RATING, MIN_RATING, NewPlan, Rule, State},
        store,
    },
    catalog,
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

/// Statements in one plan at most.
const MAX_STATEMENTS: usize = 200;

/// Creates a plan over published statements.
pub async fn create_plan(op: &Op, new: NewPlan) -> Result<assessment_plan::Model> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ManagePlans)?;
    check(&new)?;
    let tx = op.app.db.write_tx().await?;
    let known = catalog::store::published_statements(&*tx, &new.statements).await?;
    let known: BTreeSet<_> = known.into_iter().collect();
    if let Some(unknown) = new.statements.iter().find(|id| !known.contains(id)) {
        return Err(Error::invalid(
            "input.statementIds",
            "UNKNOWN_STATEMENT",
            format!("no published statement has the id {unknown}: take ids from the catalog"),
        ));
    }
    let row = assessment_plan::Model {
        id: op.new_id(),
        provider_id: provider,
        name: new.name,
        method: new.method.as_str().to_owned(),
        min_observations: new.rule.min_observations,
        min_assessors: new.rule.min_assessors,
        lowest_rating: new.rule.lowest_rating,
        evidence_required: new.rule.evidence_required,
        suspendable: new.suspendable,
        validity_days: new.validity_days,
        created_at: clock::to_millis(op.now),
    };
    store::insert_plan(&*tx, &row, &new.statements).await?;
    let change = Change {
        provider: Some(provider),
        action: "assessment_plan.create",
        target: row.id.to_string(),
        before: None,
        after: Some(json!({
            "name": row.name, "method": row.method, "rule": rule(&row),
            "statements": new.statements, "suspendable": row.suspendable,
            "validityDays": row.validity_days,
        })),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(row)
}

fn check(new: &NewPlan) -> Result<()> {
    let mut checks = Checks::default();
    checks.text(&new.name, 200, "name");
    let count = new.statements.len();
    checks.require(
        (1..=MAX_STATEMENTS).contains(&count),
        "statementIds",
        "BAD_LENGTH",
        &format!("give 1 to {MAX_STATEMENTS} statements"),
    );
    let distinct: BTreeSet<_> = new.statements.iter().collect();
    checks.require(
        distinct.len() == count,
        "statementIds",
        "DUPLICATE",
        "give each statement once",
    );
    let r = &new.rule;
    checks.range(r.min_observations, 1, 20, "rule.minObservations");
    checks.range(r.min_assessors, 1, 20, "rule.minAssessors");
    checks.require(
        r.min_assessors <= r.min_observations,
        "rule.minAssessors",
        "OUT_OF_RANGE",
        "there cannot be more assessors than observations: raise minObservations",
    );
    checks.range(r.lowest_rating, MIN_RATING, MAX_RATING, "rule.lowestRating");
    if let Some(days) = new.validity_days {
        checks.range(days, 1, 36_500, "validityDays");
    }
    checks.done()
}

/// The decision rule of a stored plan.
#[must_use]
pub fn rule(plan: &assessment_plan::Model) -> Rule {
    Rule {
        min_observations: plan.min_observations,
        min_assessors: plan.min_assessors,
        lowest_rating: plan.lowest_rating,
        evidence_required: plan.evidence_required,
    }
}

/// Opens an assessment of a learner under a plan.
pub async fn open_assessment(op: &Op, plan: Uuid, learner: Uuid) -> Result<assessment::Model> {
    let provider = policy::permit_in_tenant(&op.actor, Action::OpenAssessment)?;
    let tx = op.app.db.write_tx().await?;
    if store::plan(&*tx, provider, plan).await?.is_none() {
        return Err(Error::NotFound("this assessment plan".to_owned()));
    }
    let Some(learner) = people::learner(&*tx, provider, learner).await? else {
        return Err(Error::NotFound("this learner".to_owned()));
    };
    refuse_self(&*tx, op, &learner).await?;
    let row = assessment::Model {
        id: op.new_id(),
        provider_id: provider,
        plan_id: plan,
        learner_id: learner.id,
        state: State::Open.as_str().to_owned(),
        created_at: clock::to_millis(op.now),
        decided_at: None,
    };
    store::insert_assessment(&*tx, &row).await?;
    let change = Change {
        provider: Some(provider),
        action: "assessment.open",
        target: row.id.to_string(),
        before: None,
        after: Some(json!({"plan": plan, "learner": learner.id, "state": row.state})),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(row)
}
