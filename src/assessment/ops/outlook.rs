//! What a decision would say now.

use std::collections::HashMap;

use uuid::Uuid;

use super::read::whose;
use crate::{
    app::Op,
    assessment::{
        model::{Case, Explanation, State},
        rules, store,
    },
    kernel::{clock, errors::Result},
};

/// What a decision by whoever asks would say now, by assessment: of those that can still come to
/// one, and that they may see.
pub async fn outlooks(op: &Op, assessments: &[Uuid]) -> Result<HashMap<Uuid, Explanation>> {
    let whose = whose(op)?;
    let db = &op.read().await?;
    let mut open = store::assessments_by_id(db, whose, assessments).await?;
    open.retain(|a| awaits_a_decision(&a.state));
    let versions: Vec<_> = open.iter().map(|a| a.plan_version_id).collect();
    let plans = store::plan_versions(db, whose.provider, &versions).await?;
    let plans: HashMap<_, _> = plans.into_iter().map(|p| (p.version.id, p)).collect();
    let ids: Vec<_> = open.iter().map(|a| a.id).collect();
    let observations = store::observations(db, &ids).await?;
    let mut facts = store::facts(db, &observations).await?;
    let told = open.into_iter().filter_map(|assessment| {
        let plan = plans.get(&assessment.plan_version_id)?;
        let case = Case {
            observations: facts.remove(&assessment.id).unwrap_or_default(),
            as_of: clock::to_millis(op.now),
            signer: op.actor.member(),
        };
        Some((assessment.id, rules::decide(&plan.content, &case)))
    });
    Ok(told.collect())
}

fn awaits_a_decision(state: &str) -> bool {
    State::parse(state).is_some_and(|s| s.takes_observations() || s == State::Submitted)
}
