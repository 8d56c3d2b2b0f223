//! A learner's assessments, with all that belongs to each.

use std::collections::HashMap;

use entity::{
    assessment, assessment_plan, assessment_transition, decision, evidence, evidence_file,
    observation, plan_version,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{grouped, statements::Statements};
use crate::{
    app::Op,
    dossier::{
        document::{Assessment, At, Decision, Evidence, File, Observation, Plan, Transition},
        store::{Of, read},
    },
    kernel::{
        digest,
        errors::{Error, Result},
        ids,
    },
};

/// The rows.
pub(super) struct History {
    assessments: Vec<assessment::Model>,
    plans: HashMap<Uuid, assessment_plan::Model>,
    versions: HashMap<Uuid, plan_version::Model>,
    transitions: Vec<assessment_transition::Model>,
    observations: Vec<observation::Model>,
    assessors: HashMap<Uuid, String>,
    evidence: Vec<evidence::Model>,
    files: HashMap<Uuid, evidence_file::Model>,
    decisions: Vec<decision::Model>,
}

impl History {
    /// Reads them.
    pub(super) async fn read(db: &impl ConnectionTrait, of: Of) -> Result<Self> {
        Ok(Self {
            assessments: read::assessments(db, of).await?,
            plans: by_id(read::plans(db, of).await?, |row| row.id),
            versions: by_id(read::plan_versions(db, of).await?, |row| row.id),
            transitions: read::transitions(db, of).await?,
            observations: read::observations(db, of).await?,
            assessors: read::assessors(db, of).await?.into_iter().collect(),
            evidence: read::evidence(db, of).await?,
            files: by_id(read::files(db, of).await?, |row| row.id),
            decisions: read::decisions(db, of).await?,
        })
    }

    /// The statements that were observed.
    pub(super) fn statements(&self) -> impl Iterator<Item = Uuid> {
        self.observations.iter().map(|row| row.statement_id)
    }

    /// The ids of all that an audit record may tell of.
    pub(super) fn ids(&self) -> impl Iterator<Item = Uuid> {
        let assessments = self.assessments.iter().map(|row| row.id);
        let observations = self.observations.iter().map(|row| row.id);
        let files = self.files.keys().copied();
        let decisions = self.decisions.iter().map(|row| row.id);
        assessments
            .chain(observations)
            .chain(files)
            .chain(decisions)
    }

    /// The assessments as they are told.
    pub(super) fn told(self, op: &Op, statements: &Statements) -> Result<Vec<Assessment>> {
        let mut transitions = grouped(self.transitions, |row| row.assessment_id);
        let mut observations = grouped(self.observations, |row| row.assessment_id);
        let mut decisions = grouped(self.decisions, |row| row.assessment_id);
        let mut evidence = grouped(self.evidence, |row| row.observation_id);
        let mut told = Vec::with_capacity(self.assessments.len());
        for row in self.assessments {
            let seen = observations.remove(&row.id).unwrap_or_default().into_iter();
            let seen = seen.map(|observed| {
                let rests_on = evidence.remove(&observed.id).unwrap_or_default();
                let rests_on = rests_on
                    .into_iter()
                    .map(|e| told_evidence(op, e, &self.files));
                Ok(Observation {
                    evidence: rests_on.collect(),
                    ..told_observation(observed, &self.assessors, statements)?
                })
            });
            let steps = transitions.remove(&row.id).unwrap_or_default();
            let decided = decisions.remove(&row.id).unwrap_or_default();
            told.push(Assessment {
                id: row.id,
                plan: told_plan(&row, &self.plans, &self.versions)?,
                observations: seen.collect::<Result<_>>()?,
                transitions: steps.into_iter().map(told_transition).collect(),
                decisions: decided
                    .into_iter()
                    .map(told_decision)
                    .collect::<Result<_>>()?,
                state: row.state,
                planned_for: row.planned_for.map(At::millis),
                agreed_at: row.agreed_at.map(At::millis),
                created_at: At::millis(row.created_at),
                decided_at: row.decided_at.map(At::millis),
            });
        }
        Ok(told)
    }
}

fn by_id<T>(rows: Vec<T>, id: impl Fn(&T) -> Uuid) -> HashMap<Uuid, T> {
    rows.into_iter().map(|row| (id(&row), row)).collect()
}

fn told_plan(
    row: &assessment::Model,
    plans: &HashMap<Uuid, assessment_plan::Model>,
    versions: &HashMap<Uuid, plan_version::Model>,
) -> Result<Plan> {
    let gone = || Error::internal("an assessment without its plan");
    let plan = plans.get(&row.plan_id).ok_or_else(gone)?;
    let version = versions.get(&row.plan_version_id).ok_or_else(gone)?;
    Ok(Plan {
        id: plan.id,
        name: plan.name.clone(),
        version_id: version.id,
        version: version.number,
        digest: digest::hex(&version.digest),
    })
}

fn told_transition(row: assessment_transition::Model) -> Transition {
    Transition {
        id: row.id,
        from: row.from_state,
        to: row.to_state,
        actor: row.actor,
        reason: row.reason,
        at: At::millis(row.at),
    }
}

fn told_decision(row: decision::Model) -> Result<Decision> {
    Ok(Decision {
        id: row.id,
        plan_version_id: row.plan_version_id,
        decided_by: row.decided_by,
        as_of: At::millis(row.as_of),
        decided_at: At::millis(row.decided_at),
        explanation: serde_json::from_str(&row.explanation).map_err(Error::internal)?,
    })
}

/// An observation, still without its evidence.
fn told_observation(
    row: observation::Model,
    assessors: &HashMap<Uuid, String>,
    statements: &Statements,
) -> Result<Observation> {
    let criteria = row.criteria.as_deref().map(serde_json::from_str);
    Ok(Observation {
        id: row.id,
        statement: statements.told(row.statement_id)?,
        assessor_id: row.assessor_id,
        assessor: assessors.get(&row.assessor_id).cloned(),
        rating: row.rating,
        criteria: criteria.transpose().map_err(Error::internal)?,
        method: row.method,
        context: row.context,
        supersedes_id: row.supersedes_id,
        observed_at: At::millis(row.observed_at),
        recorded_at: At::millis(row.recorded_at),
        evidence: Vec::new(),
    })
}

fn told_evidence(
    op: &Op,
    row: evidence::Model,
    files: &HashMap<Uuid, evidence_file::Model>,
) -> Evidence {
    let file = row.file_id.and_then(|id| files.get(&id));
    Evidence {
        id: row.id,
        kind: row.kind,
        value: row.value,
        name: row.name,
        file: file.map(|file| File {
            id: file.id,
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            size: file.size,
            sha256: digest::hex(&file.digest),
            url: format!(
                "{}/evidence/{}",
                op.app.config.public_url,
                ids::global("EvidenceFile", file.id)
            ),
            created_at: At::millis(file.created_at),
        }),
    }
}
