//! Whether a row can be accepted, given what it names.

use jiff::Timestamp;
use uuid::Uuid;

use super::look_up::{Known, Plan};
use crate::{
    assessment::{
        model::{EvidenceKind, NewEvidence, NewObservation},
        ops::{
            observe::{Judgement, check, judgement},
            same_person,
        },
    },
    bulk::{
        report::LineProblem,
        results::{ResultRow, column},
        statements::Unresolved,
    },
    identity::{model::Member, policy::Role},
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
    pub(super) judgement: Judgement,
}

/// Holds a row against what it names, and against the rules of recording an observation.
pub(super) fn judge(
    now: Timestamp,
    plan: &Plan,
    known: &Known,
    importer: Option<&Member>,
    row: &ResultRow,
) -> Result<Judged, Vec<LineProblem>> {
    let mut problems = Vec::new();
    let mut wrong = |column: &str, code: &str, message: &str| {
        problems.push(LineProblem::new(row.line, column, code, message));
    };
    // One who was erased is nobody any more.
    let learner = known.learners.get(&row.learner);
    let learner = learner.filter(|l| l.erased_at.is_none());
    if learner.is_none() {
        let message = "there is no learner with this identifier: create them first, and mind spaces and capitals";
        wrong("learner", "UNKNOWN_LEARNER", message);
    }
    let is_importer = |l| importer.is_some_and(|member| same_person(l, member));
    if learner.is_some_and(is_importer) {
        let message = "these results are your own: ask a colleague to import them";
        wrong("learner", "SELF_ASSESSMENT", message);
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
        rating: Some(row.rating),
        criteria: Vec::new(),
        method: row.method,
        supersedes: None,
        context: row.context.clone(),
        observed_at: Some(row.observed_at),
        evidence: row.evidence_url.iter().map(|url| evidence(url)).collect(),
    };
    // Recording an observation corrects a clock that is a little ahead. Here such a time is
    // refused: corrected, it would not be known again when the file is sent again.
    let is_past = check_time(row, now);
    let checked = is_past.and_then(|()| check(now, &observation));
    let judged = match (version, statement) {
        (Some(version), Ok(_)) => Some(judgement(&version.content, &observation)),
        _ => None,
    };
    let found = [
        checked.err(),
        judged.as_ref().and_then(|j| j.as_ref().err().cloned()),
    ];
    for error in found.into_iter().flatten() {
        match error {
            Error::Invalid(found) => {
                for p in found {
                    wrong(column(&p.field), p.code, &p.message);
                }
            }
            other => wrong("", "REFUSED", &other.to_string()),
        }
    }
    match (learner, assessor, statement, judged) {
        (Some(learner), Some(assessor), Ok(statement), Some(Ok(judgement)))
            if problems.is_empty() =>
        {
            Ok(Judged {
                key: Key {
                    learner: learner.id,
                    statement,
                    assessor: assessor.id,
                    rating: row.rating,
                    observed_at: clock::to_millis(row.observed_at),
                },
                observation,
                judgement,
            })
        }
        _ => Err(problems),
    }
}

fn check_time(row: &ResultRow, now: Timestamp) -> Result<(), Error> {
    if row.observed_at <= now {
        return Ok(());
    }
    let message = "give the time at which it was observed, which cannot be in the future";
    Err(Error::invalid("input.observedAt", "IN_THE_FUTURE", message))
}

fn evidence(url: &str) -> NewEvidence {
    NewEvidence {
        kind: EvidenceKind::Url,
        value: url.to_owned(),
        name: None,
        file: None,
    }
}
