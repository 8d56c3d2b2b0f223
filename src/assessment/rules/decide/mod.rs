//! The decision: a pure function of a plan and what was observed.

mod agreement;
mod counting;
mod requirements;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::assessment::model::{Case, Explanation, Fact, PlanContent, StatementOutcome, Uncounted};

/// Applies the plan's rule to what was observed. The same plan and case give the same
/// explanation, whatever the order of the observations; those of statements that are not in the
/// plan are not looked at.
#[must_use]
pub fn decide(plan: &PlanContent, case: &Case) -> Explanation {
    let superseded = counting::superseded(&case.observations);
    let mut facts: Vec<&Fact> = case.observations.iter().collect();
    facts.sort_by_key(|f| (f.statement, *f));
    let court = Court {
        plan,
        as_of: case.as_of,
        superseded,
        signer: case.signer.map(|id| Signer {
            observed: facts.iter().any(|f| f.assessor == id),
        }),
    };
    let statements: Vec<_> = plan
        .statements
        .iter()
        .map(|id| court.outcome(*id, of_statement(&facts, *id)))
        .collect();
    Explanation {
        rule: plan.rule.clone(),
        as_of: Some(case.as_of),
        signer: case.signer,
        complete: !statements.is_empty() && statements.iter().all(|s| s.met),
        statements,
    }
}

/// The facts about `statement`, from facts that are sorted by statement.
fn of_statement<'a>(facts: &'a [&'a Fact], statement: Uuid) -> &'a [&'a Fact] {
    let from = facts.partition_point(|f| f.statement < statement);
    let to = facts.partition_point(|f| f.statement <= statement);
    facts.get(from..to).unwrap_or_default()
}

/// What holds for each statement of a case.
struct Court<'a> {
    plan: &'a PlanContent,
    as_of: i64,
    superseded: BTreeSet<Uuid>,
    signer: Option<Signer>,
}

/// Who makes the decision.
#[derive(Clone, Copy)]
struct Signer {
    /// Whether they observed anything in the assessment.
    observed: bool,
}

impl Court<'_> {
    /// The outcome for `statement`, from the facts about it in the order of their ids.
    fn outcome(&self, statement: Uuid, facts: &[&Fact]) -> StatementOutcome {
        let mut counted = Vec::new();
        let mut uncounted = Vec::new();
        let mut heard = agreement::Heard::default();
        for fact in facts {
            let why = self.why_not(fact);
            heard.listen(fact, why);
            match why {
                None => counted.push(*fact),
                Some(cause) => uncounted.push(Uncounted {
                    observation: fact.id,
                    cause: Some(cause),
                    reason: self.in_words(cause, fact),
                }),
            }
        }
        let requirements = self.requirements(&counted, &heard);
        StatementOutcome {
            statement,
            met: requirements.iter().all(|r| r.met),
            counted: counted.iter().map(|f| f.id).collect(),
            uncounted,
            requirements,
        }
    }
}
