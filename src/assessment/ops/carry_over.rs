//! What carries over from one version of a framework to another, and the decisions on it.

use std::{collections::HashMap, sync::Arc};

use entity::carry_over;
use serde_json::json;
use uuid::Uuid;

use super::lineage::{judgement, version};
use crate::{
    app::Op,
    assessment::{
        attainment::{CarryOver, Lineage},
        store::attainment as store,
    },
    catalog::ops::browse::{self, VersionContent},
    identity::{
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        checks::Checks,
        clock,
        errors::{Error, Problem, Result},
    },
};

/// Characters of a decision's reason at most.
const MAX_REASON: usize = 1_000;

/// Two versions of a framework, statement by statement.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The version from which demonstrations carry over.
    pub from: Arc<VersionContent>,
    /// The version to which.
    pub to: Arc<VersionContent>,
    /// What became of each statement, and the decision that stands on it.
    pub changes: Vec<(CarryOver, Option<carry_over::Model>)>,
}

/// What became of the statements of the version `from` in the version `to` of the same framework,
/// with what the tenant decided on them.
pub async fn compare(op: &Op, from: Uuid, to: Uuid) -> Result<Compared> {
    let extent = policy::permit_extent(&op.actor, Action::ViewAssessments)?;
    let found = browse::versions(&op.app, &[from, to]).await?;
    let (Some(old), Some(new)) = (found.get(&from), found.get(&to)) else {
        return Err(Error::NotFound("this framework version".to_owned()));
    };
    if old.row.framework_id != new.row.framework_id {
        return Err(Error::invalid(
            "toVersionId",
            "DIFFERENT_FRAMEWORKS",
            "these are versions of two frameworks: give two of one occupation and family",
        ));
    }
    let siblings = siblings(op, old).await?;
    let ids: Vec<_> = siblings.iter().map(|v| v.row.id).collect();
    let judged = {
        let db = op.read().await?;
        store::carry_overs(&db, extent.provider, &ids).await?
    };
    let judgements: Vec<_> = judged.iter().map(judgement).collect();
    let lineage = Lineage::new(siblings.iter().map(|v| version(v)).collect(), &judgements);
    let changes = lineage.changes(&version(old), &version(new)).into_iter();
    let with_row = changes.map(|c| {
        (
            c.carry_over,
            c.judgement.and_then(|n| judged.get(n).cloned()),
        )
    });
    Ok(Compared {
        changes: with_row.collect(),
        from: Arc::clone(old),
        to: Arc::clone(new),
    })
}

/// All published versions of a version's framework.
async fn siblings(op: &Op, of: &VersionContent) -> Result<Vec<Arc<VersionContent>>> {
    let framework = of.row.framework_id;
    let mut all = browse::versions_of_frameworks(&op.app, &[framework]).await?;
    Ok(all.remove(&framework).unwrap_or_default())
}

/// A decision to make.
#[derive(Debug, Clone)]
pub struct NewCarryOver {
    /// What was demonstrated.
    pub from: Uuid,
    /// The statement of another version that it counts for, or not.
    pub to: Uuid,
    /// Whether it does.
    pub accepted: bool,
    /// Why.
    pub reason: String,
}

/// Decides whether demonstrations of a statement count for a reworded one of another version, at
/// the same level of the same framework. A later decision on the two takes the place of this one.
pub async fn decide_carry_over(op: &Op, new: NewCarryOver) -> Result<carry_over::Model> {
    let provider = policy::permit_in_tenant(&op.actor, Action::DecideCarryOver)?;
    let mut checks = Checks::default();
    checks.text(&new.reason, MAX_REASON, "reason");
    checks.done()?;
    let found = browse::versions_of_statements(&op.app, &[new.from, new.to]).await?;
    check_pair(&new, &found)?;
    let row = carry_over::Model {
        id: op.new_id(),
        provider_id: provider,
        from_statement_id: new.from,
        to_statement_id: new.to,
        accepted: new.accepted,
        reason: new.reason,
        decided_by: op.actor.to_string(),
        decided_at: clock::to_millis(op.now),
    };
    let tx = op.write_tx().await?;
    let before = store::lock_carry_over(&*tx, provider, new.from, new.to).await?;
    let row = carry_over::Model {
        id: before.as_ref().map_or(row.id, |b| b.id),
        ..row
    };
    store::put_carry_over(&*tx, row.clone()).await?;
    let told = |r: &carry_over::Model| {
        json!({
            "from": r.from_statement_id, "to": r.to_statement_id, "accepted": r.accepted,
            "reason": r.reason, "decidedBy": r.decided_by, "decidedAt": r.decided_at,
        })
    };
    let change = Change {
        provider: Some(provider),
        action: "carry_over.decide",
        target: row.id.to_string(),
        before: before.as_ref().map(told),
        after: Some(told(&row)),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(row)
}

/// Refuses two statements between which there is nothing to decide.
fn check_pair(new: &NewCarryOver, found: &HashMap<Uuid, Arc<VersionContent>>) -> Result<()> {
    let (Some(old_version), Some(new_version)) = (found.get(&new.from), found.get(&new.to)) else {
        return Err(Error::NotFound("this statement".to_owned()));
    };
    let (one, other) = (version(old_version), version(new_version));
    let level = |v: &VersionContent, id| v.statement(id).map(|(level, _)| level.row.ordinal);
    let refuse = |code, message: &str| {
        let problem = Problem::new("input.toStatementId", code, message);
        Err(Error::Invalid(vec![problem]))
    };
    if old_version.row.framework_id != new_version.row.framework_id {
        return refuse(
            "DIFFERENT_FRAMEWORKS",
            "these are statements of two frameworks, between which nothing carries over: give two of one occupation and family",
        );
    }
    if old_version.row.id == new_version.row.id {
        return refuse(
            "SAME_VERSION",
            "these are statements of one version: give those of two versions of the framework",
        );
    }
    if level(old_version, new.from) != level(new_version, new.to) {
        return refuse(
            "DIFFERENT_LEVELS",
            "these stand at different levels, between which nothing carries over: give two at one level",
        );
    }
    if Lineage::new(vec![one, other], &[]).is_same(new.from, new.to) {
        return refuse(
            "SAME_TEXT",
            "these have the very same text: demonstrations carry over without a decision",
        );
    }
    Ok(())
}
