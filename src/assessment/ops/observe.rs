//! Observations and their evidence.

use entity::{evidence, observation};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::refuse_self;
use crate::{
    app::Op,
    assessment::{
        model::{EvidenceKind, MAX_RATING, MIN_RATING, NewEvidence, NewObservation, State},
        store,
    },
    identity::{
        audit::{self, Change},
        policy::{self, Action},
        store as people,
    },
    kernel::{
        checks::{Checks, is_web_url},
        clock,
        errors::{Error, Result},
    },
};

const MAX_EVIDENCE: usize = 20;
/// Observations in one assessment at most, so that reading one stays bounded.
const MAX_OBSERVATIONS: u64 = 500;
const MAX_TEXT: usize = 10_000;
/// How far an assessor's clock may be ahead of ours.
const CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(5);

/// An observation with its evidence.
pub type Recorded = (observation::Model, Vec<evidence::Model>);

/// Records what the acting assessor observed.
pub async fn record_observation(op: &Op, new: NewObservation) -> Result<Recorded> {
    let provider = policy::permit_in_tenant(&op.actor, Action::Observe)?;
    let Some(assessor) = op.actor.member() else {
        return Err(Error::Forbidden("only a member can observe".to_owned()));
    };
    check(op.now, &new)?;
    let tx = op.write_tx().await?;
    let Some(assessment) = store::lock_assessment(&*tx, provider, new.assessment).await? else {
        return Err(Error::NotFound("this assessment".to_owned()));
    };
    if assessment.state != State::Open.as_str() {
        return Err(Error::invalid(
            "input.assessmentId",
            "ASSESSMENT_DECIDED",
            "this assessment is decided: open another to go on observing",
        ));
    }
    let Some(learner) = people::learner(&*tx, provider, assessment.learner_id).await? else {
        return Err(Error::internal("an assessment without its learner"));
    };
    refuse_self(&*tx, op, &learner).await?;
    let versions = [assessment.plan_version_id];
    let plan = store::plan_versions(&*tx, provider, &versions).await?.pop();
    let plan = plan.ok_or_else(|| Error::internal("an assessment without its plan"))?;
    if !plan.content.statements.contains(&new.statement) {
        return Err(Error::invalid(
            "input.statementId",
            "NOT_IN_PLAN",
            "the plan does not assess this statement: choose one of the plan's statements",
        ));
    }
    if store::observation_count(&*tx, assessment.id).await? >= MAX_OBSERVATIONS {
        return Err(Error::invalid(
            "input.assessmentId",
            "TOO_MANY_OBSERVATIONS",
            format!("an assessment holds at most {MAX_OBSERVATIONS} observations: open another"),
        ));
    }
    let row = observation::Model {
        id: op.new_id(),
        provider_id: provider,
        assessment_id: assessment.id,
        statement_id: new.statement,
        assessor_id: assessor,
        rating: new.rating,
        criteria: None,
        method: None,
        context: new.context,
        supersedes_id: None,
        observed_at: clock::to_millis(new.observed_at.unwrap_or(op.now)),
        recorded_at: clock::to_millis(op.now),
    };
    let evidence: Vec<_> = op
        .new_ids(new.evidence.len())
        .into_iter()
        .zip(new.evidence)
        .map(|(id, e)| evidence::Model {
            id,
            provider_id: provider,
            observation_id: row.id,
            kind: e.kind.as_str().to_owned(),
            value: e.value,
            name: e.name,
            file_id: None,
        })
        .collect();
    store::insert_observation(&*tx, &row, &evidence).await?;
    let told: Vec<_> = evidence
        .iter()
        .map(|e| json!([e.kind, e.value, e.name]))
        .collect();
    let change = Change {
        provider: Some(provider),
        action: "observation.record",
        target: row.id.to_string(),
        before: None,
        after: Some(json!({
            "assessment": row.assessment_id, "statement": row.statement_id,
            "assessor": assessor, "rating": row.rating, "context": row.context,
            "observedAt": row.observed_at, "evidence": told,
        })),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok((row, evidence))
}

fn check(now: Timestamp, new: &NewObservation) -> Result<()> {
    let mut checks = Checks::default();
    checks.range(new.rating, MIN_RATING, MAX_RATING, "rating");
    checks.require(
        new.context.chars().count() <= MAX_TEXT,
        "context",
        "BAD_LENGTH",
        &format!("give at most {MAX_TEXT} characters"),
    );
    checks.require(
        new.observed_at.is_none_or(|at| at <= now + CLOCK_SKEW),
        "observedAt",
        "IN_THE_FUTURE",
        "give the time at which it was observed, which cannot be in the future",
    );
    checks.require(
        new.evidence.len() <= MAX_EVIDENCE,
        "evidence",
        "BAD_LENGTH",
        &format!("give at most {MAX_EVIDENCE} pieces of evidence"),
    );
    for (i, e) in new.evidence.iter().enumerate() {
        let (ok, remedy) = check_evidence(e);
        checks.require(ok, &format!("evidence.{i}.value"), "BAD_EVIDENCE", remedy);
        if let Some(name) = &e.name {
            checks.text(name, 200, &format!("evidence.{i}.name"));
        }
    }
    checks.done()
}

fn check_evidence(e: &NewEvidence) -> (bool, &'static str) {
    match e.kind {
        EvidenceKind::Url => (
            is_web_url(&e.value),
            "give an absolute http or https address",
        ),
        EvidenceKind::Text => (
            !e.value.trim().is_empty() && e.value.chars().count() <= MAX_TEXT,
            "give 1 to 10000 characters",
        ),
        EvidenceKind::FileDigest => (
            is_digest(&e.value),
            "give sha256: and 64 lower-case hexadecimal digits, as `sha256sum` prints them",
        ),
    }
}

fn is_digest(text: &str) -> bool {
    text.strip_prefix("sha256:").is_some_and(|hex| {
        hex.len() == 64 && hex.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_full_lower_case_digest_is_one() {
        assert!(is_digest(&format!("sha256:{}", "0a".repeat(32))));
        for bad in [
            "",
            "sha256:",
            &"0a".repeat(32),
            &format!("sha256:{}", "0A".repeat(32)),
        ] {
            assert!(!is_digest(bad), "{bad}");
        }
    }
}
