//! Decisions made again from what is stored, to see that they stand.

use std::collections::HashMap;

use entity::decision;
use uuid::Uuid;

use super::read::whose;
use crate::{
    app::Op,
    assessment::{
        model::{Case, Explanation},
        rules, store,
    },
    kernel::errors::{Error, Result},
};

/// By decision: whether its version's rule, applied again to what had been recorded when it was
/// made, says the same word for word. Decisions from before plans had versions, in which time
/// played no part, have no entry.
pub async fn replays(op: &Op, decisions: &[Uuid]) -> Result<HashMap<Uuid, bool>> {
    let whose = whose(op)?;
    let db = &op.read().await?;
    let decisions = store::decisions_by_id(db, whose.provider, decisions).await?;
    let assessments: Vec<_> = decisions.iter().map(|d| d.assessment_id).collect();
    let seen = store::assessments_by_id(db, whose, &assessments).await?;
    let ids: Vec<_> = seen.iter().map(|a| a.id).collect();
    let observations = store::observations(db, &ids).await?;
    let facts = store::facts(db, &observations).await?;
    let versions: Vec<_> = decisions.iter().map(|d| d.plan_version_id).collect();
    let plans = store::plan_versions(db, whose.provider, &versions).await?;
    let plans: HashMap<_, _> = plans.into_iter().map(|p| (p.version.id, p)).collect();
    let recorded: HashMap<_, _> = observations.iter().map(|o| (o.id, o.recorded_at)).collect();
    let mut told = HashMap::new();
    for decision in decisions.iter().filter(|d| ids.contains(&d.assessment_id)) {
        let Some((as_of, signer)) = terms(decision)? else {
            continue;
        };
        let plan = plans.get(&decision.plan_version_id);
        let plan = plan.ok_or_else(|| Error::internal("a decision without its plan"))?;
        let all = facts.get(&decision.assessment_id).into_iter().flatten();
        let then = all.filter(|f| recorded.get(&f.id).is_some_and(|at| *at <= as_of));
        let case = Case {
            observations: then.cloned().collect(),
            as_of,
            signer,
        };
        let again = rules::decide(&plan.content, &case);
        let again = serde_json::to_string(&again).map_err(Error::internal)?;
        told.insert(decision.id, again == decision.explanation);
    }
    Ok(told)
}

/// As of when, and by whom, a decision was made.
fn terms(decision: &decision::Model) -> Result<Option<(i64, Option<Uuid>)>> {
    let told: Explanation = serde_json::from_str(&decision.explanation).map_err(Error::internal)?;
    Ok(told.as_of.map(|_| (decision.as_of, decision.member_id)))
}
