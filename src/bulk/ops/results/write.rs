//! What a chunk's accepted rows become.

use std::collections::HashMap;

use entity::{assessment, evidence, observation};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    judge::Judged,
    look_up::{Known, Plan},
};
use crate::{
    assessment::{
        model::Move,
        ops::{
            announce,
            conduct::{self, OPEN},
            observe::{self, MAX_OBSERVATIONS, Place, RECORD},
        },
    },
    bulk::{ops::fill::Work, report::LineProblem, store},
    events::{model::NewEvent, outbox},
    identity::audit::Made,
    kernel::{clock, errors::Result},
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
        let place = Place {
            provider: work.provider,
            assessment,
            assessor: judged.key.assessor,
            judgement: judged.judgement,
            recorded_at: clock::to_millis(work.op.now),
        };
        let files = HashMap::new();
        let recorded = observe::recorded(work.op, id, place, judged.observation, &files);
        let recorded =
            recorded.map_err(|e| LineProblem::new(line, "", "REFUSED", e.to_string()))?;
        let state = observe::state(&recorded);
        self.made.push(Made::new(RECORD, id, &state));
        self.observations.push(recorded.0);
        self.evidence.extend(recorded.1);
        Ok(())
    }

    fn open_one(&mut self, work: &Work<'_>, plan: &Plan, learner: Uuid) -> Uuid {
        let row = conduct::opened(work.op, work.op.new_id(), &plan.newest, learner);
        let state = conduct::beginning(&row);
        let id = row.id;
        self.made.push(Made::new(OPEN, id, &state));
        self.events.extend(announce::event(&row, Move::Open, &[]));
        self.assessments.push(row);
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
