//! What a chunk's accepted rows become.

use std::collections::HashMap;

use entity::{assessment, evidence, observation};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{
    judge::Judged,
    look_up::{Known, Plan},
};
use crate::{
    assessment::ops::{
        observe::{self, MAX_OBSERVATIONS},
        plans,
    },
    bulk::{ops::fill::Work, report::LineProblem, store},
    events::{
        model::{EventKind, NewEvent},
        outbox,
    },
    identity::audit::Made,
    kernel::{errors::Result, ids},
};

/// The rows that a chunk adds.
pub(super) struct Written {
    /// The open assessment of each learner, with how many observations it has.
    open: HashMap<Uuid, (Uuid, u64)>,
    ids: std::vec::IntoIter<Uuid>,
    assessments: Vec<assessment::Model>,
    observations: Vec<observation::Model>,
    evidence: Vec<evidence::Model>,
    made: Vec<Made>,
    events: Vec<NewEvent>,
}

impl Written {
    /// Nothing yet, for a chunk of so many rows whose learners are known.
    pub(super) fn new(work: &mut Work<'_>, known: &Known, rows: usize) -> Self {
        let of = |(learner, a): (&Uuid, &assessment::Model)| {
            let observations = known.counts.get(&a.id).copied().unwrap_or(0);
            (*learner, (a.id, observations))
        };
        Self {
            open: known.open.iter().map(of).collect(),
            ids: work.next_ids(rows).into_iter(),
            assessments: Vec::new(),
            observations: Vec::new(),
            evidence: Vec::new(),
            made: Vec::new(),
            events: Vec::new(),
        }
    }

    /// Adds the observation of a row, and an assessment where its learner has none open.
    pub(super) fn add(
        &mut self,
        work: &Work<'_>,
        plan: &Plan,
        line: u64,
        judged: Judged,
    ) -> Result<(), LineProblem> {
        let learner = judged.key.learner;
        let (assessment, observations) = match self.open.get(&learner) {
            Some(open) => *open,
            None => (self.open_one(work, plan, learner), 0),
        };
        if observations >= MAX_OBSERVATIONS {
            let message = format!(
                "an assessment holds at most {MAX_OBSERVATIONS} observations, and the learner's open one is full: have it decided first"
            );
            return Err(LineProblem::new(
                line,
                "learner",
                "TOO_MANY_OBSERVATIONS",
                message,
            ));
        }
        self.open.insert(learner, (assessment, observations + 1));
        let id = self.ids.next().unwrap_or_else(|| work.op.new_id());
        let place = (work.provider, assessment);
        let recorded =
            observe::recorded(work.op, id, place, judged.key.assessor, judged.observation);
        let state = observe::state(&recorded);
        self.made.push(Made::new("observation.record", id, &state));
        self.observations.push(recorded.0);
        self.evidence.extend(recorded.1);
        Ok(())
    }

    fn open_one(&mut self, work: &Work<'_>, plan: &Plan, learner: Uuid) -> Uuid {
        let row = plans::opened(work.op, work.op.new_id(), &plan.newest, learner);
        let state = plans::opening(&row);
        let id = row.id;
        self.made.push(Made::new("assessment.open", id, &state));
        self.assessments.push(row);
        self.events.push(NewEvent {
            kind: EventKind::AssessmentOpened,
            payload: json!({
                "assessmentId": ids::global("Assessment", id),
                "learnerId": ids::global("Learner", learner),
            }),
        });
        id
    }

    /// Stores all of it.
    pub(super) async fn insert(self, tx: &impl ConnectionTrait, work: &mut Work<'_>) -> Result<()> {
        store::insert_assessments(tx, self.assessments).await?;
        store::insert_observations(tx, self.observations, self.evidence).await?;
        outbox::append_many(tx, work.op, work.provider, self.events).await?;
        work.made.extend(self.made);
        Ok(())
    }
}
