//! Whether a row can be accepted, given what it names.

use jiff::Timestamp;
use uuid::Uuid;

use super::look_up::{Known, Plan};
use crate::{
    assessment::{
        model::{EvidenceKind, NewEvidence, NewObservation},
        ops::{observe::check_observation, same_person},
    },
    bulk::{
        report::LineProblem,
        results::{ResultRow, column},
        statements::Unresolved,
    },
    identity::policy::Role,
    kernel::{clock, errors::Error},
};

/// What two rows that say the same have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) learner: Uuid,
    pub(super) statement: Uuid,
    pub(super) assessor: Uuid,
    pub(super) rating: i32,
    /// Unix milliseconds.
    pub(super) observed_at: i64,
}

/// What a row that can be accepted comes to.
pub(super) struct Judged {
    pub(super) key: Key,
    /// The observation; its assessment is the nil id as long as none is open.
    pub(super) observation: NewObservation,
}

/// Holds a row against what it names, and against the rules of recording an observation.
pub(super) fn judge(
    now: Timestamp,
    plan: &Plan,
    known: &Known,
    row: &ResultRow,
) -> Result<Judged, Vec<LineProblem>> {
    let mut problems = Vec::new();
    let mut wrong = |column: &str, code: &str, message: &str| {
        problems.push(LineProblem::new(row.line, column, code, message));
    };
    let learner = known.learners.get(&row.learner);
    if learner.is_none() {
        let message = "there is no learner with this identifier: create them first, and mind spaces and capitals";
        wrong("learner", "UNKNOWN_LEARNER", message);
    }
    let assessor = plan.assessor(&row.assessor);
    match assessor {
        None => {
            let message =
                "there is no member with this e-mail address or id: name one of your assessors";
            wrong("assessor", "UNKNOWN_ASSESSOR", message);
        }
        Some(member) if !member.roles.contains(&Role::Assessor) => {
            let message =
                "this member is no assessor: give them the role ASSESSOR, or name another";
            wrong("assessor", "NOT_AN_ASSESSOR", message);
        }
        Some(member) if learner.is_some_and(|l| same_person(l, member)) => {
            let message = "an assessor cannot assess themself: name another assessor";
            wrong("assessor", "SELF_ASSESSMENT", message);
        }
        Some(_) => {}
    }
    let assessment = learner.and_then(|l| known.open.get(&l.id));
    let version = plan.version(assessment);
    let statement = version.map_or(Err(Unresolved::NotInPlan), |v| {
        v.statements.find(&row.statement)
    });
    match statement {
        Err(Unresolved::NotInPlan) => {
            let message = "the plan does not assess a statement of this name: give the URL, id or code of one that it does";
            wrong("statement", "NOT_IN_PLAN", message);
        }
        Err(Unresolved::Ambiguous) => {
            let message = "several statements of the plan have this code: give the statement's URL";
            wrong("statement", "AMBIGUOUS_STATEMENT", message);
        }
        Ok(_) => {}
    }
    let observation = NewObservation {
        assessment: assessment.map_or(Uuid::nil(), |a| a.id),
        statement: statement.unwrap_or_default(),
        rating: row.rating,
        context: row.context.clone(),
        observed_at: Some(row.observed_at),
        evidence: row.evidence_url.iter().map(|url| evidence(url)).collect(),
    };
    if let (Some(version), Ok(_)) = (version, statement) {
        if let Err(Error::Invalid(found)) = check_observation(now, &version.content, &observation) {
            for p in found {
                wrong(column(&p.field), p.code, &p.message);
            }
        }
    }
    match (learner, assessor, statement) {
        (Some(learner), Some(assessor), Ok(statement)) if problems.is_empty() => Ok(Judged {
            key: Key {
                learner: learner.id,
                statement,
                assessor: assessor.id,
                rating: row.rating,
                observed_at: clock::to_millis(row.observed_at),
            },
            observation,
        }),
        _ => Err(problems),
    }
}

fn evidence(url: &str) -> NewEvidence {
    NewEvidence {
        kind: EvidenceKind::Url,
        value: url.to_owned(),
        name: None,
    }
}
