//! Plans, and the assessments that are opened under them.

use std::collections::BTreeSet;

use entity::{assessment, assessment_plan, plan_version};
use serde_json::json;
use uuid::Uuid;

use super::refuse_self;
use crate::{
    app::Op,
    assessment::{
        model::{MAX_RATING, MIN_RATING, NewPlan, PlanContent, State},
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
        clock, digest,
        errors::{Error, Result},
        json,
    },
};

/// Statements in one plan at most.
const MAX_STATEMENTS: usize = 200;

/// Creates a plan over published statements.
pub async fn create_plan(op: &Op, new: NewPlan) -> Result<store::Plan> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ManagePlans)?;
    check(&new)?;
    let tx = op.write_tx().await?;
    let known = catalog::store::published_statements(&*tx, &new.statements).await?;
    let known: BTreeSet<_> = known.into_iter().collect();
    if let Some(unknown) = new.statements.iter().find(|id| !known.contains(id)) {
        return Err(Error::invalid(
            "input.statementIds",
            "UNKNOWN_STATEMENT",
            format!("no published statement has the id {unknown}: take ids from the catalog"),
        ));
    }
    let content = PlanContent {
        statements: new.statements,
        methods: vec![new.method.as_str().to_owned()],
        rule: new.rule,
        suspendable: new.suspendable,
        validity_days: new.validity_days,
    };
    let told = serde_json::to_value(&content).map_err(Error::internal)?;
    let text = String::from_utf8(json::canonical(&told)).map_err(Error::internal)?;
    let row = assessment_plan::Model {
        id: op.new_id(),
        provider_id: provider,
        name: new.name,
        newest_version: 1,
        archived_at: None,
        created_at: clock::to_millis(op.now),
    };
    let plan = store::Plan {
        version: plan_version::Model {
            id: op.new_id(),
            provider_id: provider,
            plan_id: row.id,
            number: 1,
            digest: digest::sha256(text.as_bytes()).to_vec(),
            content: text,
            created_at: row.created_at,
        },
        row,
        content,
    };
    store::insert_plan(&*tx, &plan).await?;
    let change = Change {
        provider: Some(provider),
        action: "assessment_plan.create",
        target: plan.row.id.to_string(),
        before: None,
        after: Some(json!({"name": plan.row.name, "version": 1, "content": told})),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(plan)
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

/// Opens an assessment of a learner under a plan.
pub async fn open_assessment(op: &Op, plan: Uuid, learner: Uuid) -> Result<assessment::Model> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ConductAssessment)?;
    let tx = op.write_tx().await?;
    let Some(plan) = store::plan(&*tx, provider, plan).await? else {
        return Err(Error::NotFound("this assessment plan".to_owned()));
    };
    let Some(learner) = people::learner(&*tx, provider, learner).await? else {
        return Err(Error::NotFound("this learner".to_owned()));
    };
    refuse_self(&*tx, op, &learner).await?;
    let row = assessment::Model {
        id: op.new_id(),
        provider_id: provider,
        plan_id: plan.row.id,
        plan_version_id: plan.version.id,
        learner_id: learner.id,
        planned_for: None,
        agreed_at: None,
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
        after: Some(
            json!({"planVersion": plan.version.id, "learner": learner.id, "state": row.state}),
        ),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(row)
}
