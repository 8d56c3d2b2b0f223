//! Observations and their evidence.

use std::collections::HashMap;

use entity::{assessment, evidence, evidence_file, observation};
use jiff::{SignedDuration, Timestamp};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::moves;
use crate::{
    app::Op,
    assessment::{
        model::{EvidenceKind, Method, NewEvidence, NewObservation, PlanContent},
        rules, store,
    },
    identity::{
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        checks::{Checks, is_web_url},
        clock, digest,
        errors::{Error, Result},
    },
};

/// What recording an observation is called in the audit log.
pub(crate) const RECORD: &str = "observation.record";

const MAX_EVIDENCE: usize = 20;
/// Observations in one assessment at most, so that reading one stays bounded.
pub(crate) const MAX_OBSERVATIONS: u64 = 2_000;
const MAX_TEXT: usize = 10_000;
/// How far an assessor's clock may be ahead of ours.
const CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(5);

/// An observation with its evidence.
pub type Recorded = (observation::Model, Vec<evidence::Model>);

/// Records what the acting assessor observed, or corrects what they recorded before: then both
/// stay, and the later counts.
pub async fn record_observation(op: &Op, new: NewObservation) -> Result<Recorded> {
    let provider = policy::permit_in_tenant(&op.actor, Action::Observe)?;
    let Some(assessor) = op.actor.member() else {
        return Err(Error::Forbidden("only a member can observe".to_owned()));
    };
    check(op.now, &new)?;
    let tx = op.write_tx().await?;
    let assessment = moves::take(&*tx, op, provider, new.assessment).await?;
    if !moves::state(&assessment)?.takes_observations() {
        let code = moves::state(&assessment)?.refusal_code();
        let remedy = "observations are recorded while an assessment is open or under appeal: \
            reopen this one, or open another";
        return Err(Error::invalid("input.assessmentId", code, remedy));
    }
    let versions = [assessment.plan_version_id];
    let plan = store::plan_versions(&*tx, provider, &versions).await?.pop();
    let plan = plan.ok_or_else(|| Error::internal("an assessment without its plan"))?;
    let judgement = judgement(&plan.content, &new)?;
    check_correction(&*tx, &new, assessor).await?;
    if store::observation_count(&*tx, assessment.id).await? >= MAX_OBSERVATIONS {
        return Err(Error::invalid(
            "input.assessmentId",
            "TOO_MANY_OBSERVATIONS",
            format!("an assessment holds at most {MAX_OBSERVATIONS} observations: open another"),
        ));
    }
    let files = files(&*tx, provider, &new.evidence).await?;
    let recorded_at = recording_time(&*tx, op, &assessment).await?;
    let place = Place {
        provider,
        assessment: assessment.id,
        assessor,
        judgement,
        recorded_at,
    };
    let recorded = recorded(op, op.new_id(), place, new, &files)?;
    store::insert_observation(&*tx, &recorded.0, &recorded.1).await?;
    let corrected = recorded.0.supersedes_id;
    let change = Change {
        provider: Some(provider),
        action: RECORD,
        target: recorded.0.id.to_string(),
        before: corrected.map(|id| json!({"observation": id})),
        after: Some(state(&recorded)),
    };
    audit::record(&*tx, op, change).await?;
    tx.commit().await?;
    Ok(recorded)
}

/// What the audit log digests of an observation.
pub(crate) fn state((row, evidence): &Recorded) -> Value {
    let told: Vec<_> = evidence
        .iter()
        .map(|e| json!([e.kind, e.value, e.name, e.file_id]))
        .collect();
    json!({
        "assessment": row.assessment_id, "statement": row.statement_id,
        "assessor": row.assessor_id, "rating": row.rating, "criteria": row.criteria,
        "method": row.method, "context": row.context, "supersedes": row.supersedes_id,
        "observedAt": row.observed_at, "evidence": told,
    })
}

/// What an observation comes to under its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Judgement {
    rating: i32,
    method: Method,
}

/// Holds an observation against its plan's content.
pub(crate) fn judgement(plan: &PlanContent, new: &NewObservation) -> Result<Judgement> {
    if !plan.statements.contains(&new.statement) {
        return Err(Error::invalid(
            "input.statementId",
            "NOT_IN_PLAN",
            "the plan does not assess this statement: choose one of the plan's statements",
        ));
    }
    Ok(Judgement {
        rating: rules::rate(plan, new.rating, &new.criteria).map_err(Error::Invalid)?,
        method: method(plan, new.method)?,
    })
}

/// Where an observation is recorded, by whom, and what it came to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) provider: Uuid,
    pub(crate) assessment: Uuid,
    pub(crate) assessor: Uuid,
    pub(crate) judgement: Judgement,
    /// Unix milliseconds.
    pub(crate) recorded_at: i64,
}

/// The rows of an observation; `files` are those that its evidence names.
pub(crate) fn recorded(
    op: &Op,
    id: Uuid,
    place: Place,
    new: NewObservation,
    files: &HashMap<Uuid, evidence_file::Model>,
) -> Result<Recorded> {
    let observed_at = new.observed_at.unwrap_or(op.now).min(op.now);
    let criteria = (!new.criteria.is_empty())
        .then(|| serde_json::to_string(&new.criteria))
        .transpose();
    let row = observation::Model {
        id,
        provider_id: place.provider,
        assessment_id: place.assessment,
        statement_id: new.statement,
        assessor_id: place.assessor,
        rating: place.judgement.rating,
        criteria: criteria.map_err(Error::internal)?,
        method: Some(place.judgement.method.as_str().to_owned()),
        context: new.context,
        supersedes_id: new.supersedes,
        observed_at: clock::to_millis(observed_at),
        recorded_at: place.recorded_at,
    };
    let evidence = evidence_rows(op, &row, new.evidence, files);
    Ok((row, evidence))
}

/// The method that is given, or the only one that the plan has.
fn method(plan: &PlanContent, given: Option<Method>) -> Result<Method> {
    let wrong = |code, remedy: &str| Err(Error::invalid("input.method", code, remedy));
    match (given, plan.methods.as_slice()) {
        (Some(given), known) if known.contains(&given) => Ok(given),
        (Some(_), _) => wrong("NOT_IN_PLAN", "give one of the plan's methods"),
        (None, [only]) => Ok(*only),
        (None, _) => wrong(
            "REQUIRED",
            "the plan has several methods: say which one it was",
        ),
    }
}

/// A correction is of the assessor's own observation of the same statement, which was not
/// corrected before.
async fn check_correction(
    c: &impl ConnectionTrait,
    new: &NewObservation,
    assessor: Uuid,
) -> Result<()> {
    let Some(id) = new.supersedes else {
        return Ok(());
    };
    let Some(earlier) = store::observation_in(c, new.assessment, id).await? else {
        return Err(Error::NotFound("this observation".to_owned()));
    };
    let mut checks = Checks::default();
    let field = "supersedesId";
    checks.require(
        earlier.assessor_id == assessor,
        field,
        "NOT_YOUR_OWN",
        "only whoever recorded an observation can correct it: record one of your own",
    );
    checks.require(
        earlier.statement_id == new.statement,
        field,
        "OTHER_STATEMENT",
        "a correction is about the same statement",
    );
    checks.require(
        !store::is_superseded(c, id).await?,
        field,
        "SUPERSEDED",
        "this observation was corrected already: correct the correction",
    );
    checks.done()
}

/// The uploaded files that the evidence names, which belong to the tenant.
async fn files(
    c: &impl ConnectionTrait,
    provider: Uuid,
    evidence: &[NewEvidence],
) -> Result<HashMap<Uuid, evidence_file::Model>> {
    let ids: Vec<_> = evidence.iter().filter_map(|e| e.file).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = store::hold_evidence_files(c, provider, &ids).await?;
    let found: HashMap<_, _> = found.into_iter().map(|f| (f.id, f)).collect();
    if ids.iter().any(|id| !found.contains_key(id)) {
        return Err(Error::NotFound("this file".to_owned()));
    }
    Ok(found)
}

/// Now, but later than the decision that is appealed against, so that it stays clear what that
/// decision knew.
async fn recording_time(
    c: &impl ConnectionTrait,
    op: &Op,
    assessment: &assessment::Model,
) -> Result<i64> {
    let now = clock::to_millis(op.now);
    let last = store::decisions(c, &[assessment.id]).await?.pop();
    Ok(last.map_or(now, |decision| now.max(decision.as_of.saturating_add(1))))
}

fn evidence_rows(
    op: &Op,
    observation: &observation::Model,
    evidence: Vec<NewEvidence>,
    files: &HashMap<Uuid, evidence_file::Model>,
) -> Vec<evidence::Model> {
    let ids = op.new_ids(evidence.len());
    let rows = ids.into_iter().zip(evidence).map(|(id, e)| {
        let file = e.file.and_then(|file| files.get(&file));
        evidence::Model {
            id,
            provider_id: observation.provider_id,
            observation_id: observation.id,
            kind: e.kind.as_str().to_owned(),
            value: file.map_or(e.value, |f| format!("sha256:{}", digest::hex(&f.digest))),
            name: e.name,
            file_id: file.map(|f| f.id),
        }
    });
    rows.collect()
}

/// Checks all of an observation that can be told without its plan.
pub(crate) fn check(now: Timestamp, new: &NewObservation) -> Result<()> {
    let mut checks = Checks::default();
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
        let is_file = e.kind == EvidenceKind::File;
        checks.require(
            e.file.is_some() == is_file,
            &format!("evidence.{i}.fileId"),
            "BAD_EVIDENCE",
            "name an uploaded file for evidence of the kind FILE, and for no other",
        );
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
        EvidenceKind::File => (
            e.value.is_empty(),
            "leave it out: the digest of the uploaded file is taken",
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
