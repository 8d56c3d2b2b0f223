//! What happens in a provider, and how far its bulk jobs are.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::event;

use super::{assessment::Assessment, scalars::DateTime};
use crate::{
    assessment::ops::read,
    events::{model, ops::listen::Decided, progress},
    graphql::errors::{Result, op, told},
    kernel::{errors::Error, ids},
};

/// What happened.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "model::EventKind")]
pub enum EventKind {
    /// An assessment was opened: `assessment.opened` in webhooks.
    AssessmentOpened,
    /// An assessment was handed in for decision: `assessment.submitted`.
    AssessmentSubmitted,
    /// An assessment was decided: `assessment.decided`.
    AssessmentDecided,
    /// A decision was objected to: `assessment.appealed`.
    AssessmentAppealed,
    /// An assessment was decided anew, after an appeal: `assessment.redecided`.
    AssessmentRedecided,
    /// An assessment was withdrawn: `assessment.withdrawn`.
    AssessmentWithdrawn,
    /// A credential was issued: `credential.issued`.
    CredentialIssued,
    /// A credential was revoked, suspended or reinstated: `credential.status_changed`.
    CredentialStatusChanged,
    /// A learner's personal data was erased: `learner.erased`.
    LearnerErased,
    /// A bulk job came to its end: `bulk.finished`.
    BulkFinished,
}

/// The kind of a stored event.
fn kind(event: &event::Model) -> Result<EventKind> {
    let kind = model::EventKind::parse(&event.kind).map(Into::into);
    kind.ok_or_else(|| told(Error::internal("an event of an unknown kind")))
}

/// Something that happened in a provider.
pub struct Event(pub Arc<event::Model>);

/// Something that happened in a provider.
#[Object]
impl Event {
    /// Its id, the same that webhooks name in `webhook-id`.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What happened.
    async fn kind(&self) -> Result<EventKind> {
        kind(&self.0)
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime::from_millis(self.0.created_at)
    }

    /// The global ids of what it happened to, as JSON text; never personal data.
    async fn payload(&self) -> &str {
        &self.0.payload
    }
}

/// A decision of an assessment, just made.
pub struct AssessmentDecision(pub Decided);

/// A decision of an assessment, just made.
#[Object]
impl AssessmentDecision {
    /// `ASSESSMENT_DECIDED`, or `ASSESSMENT_REDECIDED` after an appeal.
    async fn kind(&self) -> Result<EventKind> {
        kind(&self.0.event)
    }

    /// When it was made.
    async fn at(&self) -> DateTime {
        DateTime::from_millis(self.0.event.created_at)
    }

    /// Global id of the learner it is about.
    async fn learner_id(&self) -> ID {
        ids::global("Learner", self.0.learner).into()
    }

    /// The assessment, as it is now.
    async fn assessment(&self, ctx: &Context<'_>) -> Result<Assessment> {
        let found = read::assessment(op(ctx)?, self.0.assessment).await;
        let found = found.map_err(told)?;
        let missing = || told(Error::NotFound("this assessment".to_owned()));
        found.map(Assessment).ok_or_else(missing)
    }
}

/// What a bulk job is at.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "progress::JobState")]
pub enum BulkJobState {
    /// It waits for its turn.
    Waiting,
    /// It runs.
    Running,
    /// It is done.
    Done,
    /// It was refused: nothing of it was done.
    Refused,
    /// It failed for a reason of ours.
    Failed,
}

/// How far a bulk job is.
#[derive(SimpleObject)]
pub struct BulkProgress {
    /// Lines that were looked at.
    done: i64,
    /// Lines that there are, as far as is known.
    total: i64,
    /// What the job is at. After `DONE`, `REFUSED` or `FAILED` there is nothing more.
    state: BulkJobState,
}

impl From<progress::Progress> for BulkProgress {
    fn from(progress: progress::Progress) -> Self {
        Self {
            done: progress.done,
            total: progress.total,
            state: progress.state.into(),
        }
    }
}
