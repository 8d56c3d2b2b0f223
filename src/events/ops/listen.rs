//! Listening to what happens, as far as the actor may know of it. Whoever may listen is judged when
//! they begin; that their key still opens the same is seen to at each event by whoever tells it.

use std::{sync::Arc, time::Duration};

use entity::event;
use futures_util::{Stream, StreamExt, future::ready, stream};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    app::Op,
    events::{
        model::EventKind,
        progress::{JobState, Progress},
        store,
    },
    identity::{
        policy::{self, Action, Extent},
        store as people,
    },
    kernel::{
        errors::{Error, Result},
        ids,
    },
};

/// How often the row of a job is looked at that runs in another process.
const PERIOD: Duration = Duration::from_secs(2);

/// The decision of an assessment.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The event that tells of it.
    pub event: Arc<event::Model>,
    /// The assessment.
    pub assessment: Uuid,
    /// Whom it is about.
    pub learner: Uuid,
}

/// Decisions from now on: of the whole provider, or about one learner. A learner hears of their
/// own.
///
/// # Errors
/// When there is no such learner in the tenant, or a learner asks for another.
pub async fn decisions(
    op: &Op,
    learner: Option<Uuid>,
) -> Result<impl Stream<Item = Result<Decided>> + Send + use<>> {
    let extent = policy::permit_extent(&op.actor, Action::FollowEvents)?;
    if let Some(asked) = learner {
        require(op, &extent, asked).await?;
    }
    let feed = listen(op, extent).await?;
    Ok(feed.filter_map(move |told| {
        let told = told.map_or_else(|e| Some(Err(e)), decided);
        ready(told.filter(|told| match (told, learner) {
            (Ok(decided), Some(asked)) => decided.learner == asked,
            _ => true,
        }))
    }))
}

/// Refuses a learner whom the tenant does not have, or who is not the one that asks.
async fn require(op: &Op, extent: &Extent, learner: Uuid) -> Result<()> {
    let missing = || Error::NotFound("this learner".to_owned());
    if !extent.covers(learner) {
        return Err(missing());
    }
    let db = op.read().await?;
    let found = people::learners_by_id(&db, extent.provider, &[learner]).await?;
    found.first().map(|_| ()).ok_or_else(missing)
}

/// `None` for what is no decision.
fn decided(event: Arc<event::Model>) -> Option<Result<Decided>> {
    let is_decision = EventKind::parse(&event.kind).is_some_and(EventKind::is_decision);
    let read = |event: Arc<event::Model>| {
        let lacks = |what| Error::internal(format!("a decision's event without its {what}"));
        Ok(Decided {
            assessment: named(&event, "assessmentId", "Assessment")
                .ok_or_else(|| lacks("assessment"))?,
            learner: named(&event, "learnerId", "Learner").ok_or_else(|| lacks("learner"))?,
            event,
        })
    };
    is_decision.then(|| read(event))
}

/// The row id behind the global id in a member of an event's payload.
fn named(event: &event::Model, member: &str, kind: &str) -> Option<Uuid> {
    let payload: Value = serde_json::from_str(&event.payload).ok()?;
    let (found, id) = ids::parse_global(payload.get(member)?.as_str()?)?;
    (found == kind).then_some(id)
}

/// Everything that happens in the tenant from now on, or that of some kinds. A learner hears of
/// what happens to them.
pub async fn everything(
    op: &Op,
    kinds: Option<Vec<EventKind>>,
) -> Result<impl Stream<Item = Result<Arc<event::Model>>> + Send + use<>> {
    let extent = policy::permit_extent(&op.actor, Action::FollowEvents)?;
    let feed = listen(op, extent).await?;
    let actor = op.actor.clone();
    Ok(feed.filter(move |told| {
        let is_wanted = match told {
            Err(_) => true,
            Ok(event) => EventKind::parse(&event.kind).is_some_and(|kind| {
                let is_asked_for = kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind));
                is_asked_for && policy::permit(&actor, shown_by(kind)).is_ok()
            }),
        };
        ready(is_wanted)
    }))
}

/// The action that shows what an event tells of: who may not see that hears of it neither.
const fn shown_by(kind: EventKind) -> Action {
    match kind {
        EventKind::CredentialIssued | EventKind::CredentialStatusChanged => Action::ViewCredentials,
        EventKind::LearnerErased => Action::ViewLearners,
        EventKind::BulkFinished => Action::ViewBulk,
        EventKind::AssessmentOpened
        | EventKind::AssessmentSubmitted
        | EventKind::AssessmentDecided
        | EventKind::AssessmentAppealed
        | EventKind::AssessmentRedecided
        | EventKind::AssessmentWithdrawn => Action::ViewAssessments,
    }
}

/// What happens within an extent.
async fn listen(
    op: &Op,
    extent: Extent,
) -> Result<impl Stream<Item = Result<Arc<event::Model>>> + Send + use<>> {
    let app = &op.app;
    let feed = app.hub.listen(&app.db, &app.clock, extent.provider).await?;
    let told = stream::unfold(feed, async |mut feed| Some((feed.next().await?, feed)));
    Ok(told.filter(move |told| {
        ready(match (told, extent.learner) {
            (Ok(event), Some(own)) => named(event, "learnerId", "Learner") == Some(own),
            (Ok(_), None) | (Err(_), _) => true,
        })
    }))
}

/// How far a job of the tenant is, now and whenever that changes, until it ends.
///
/// # Errors
/// When the tenant has no such job.
pub async fn progress(
    op: &Op,
    job: Uuid,
) -> Result<impl Stream<Item = Result<Progress>> + Send + use<>> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ViewBulk)?;
    let watcher = Watcher {
        op: op.clone(),
        provider,
        job,
        last: None,
    };
    // Whether there is such a job is told at once, not as the first event.
    watcher.row().await?;
    Ok(stream::unfold(watcher, async |mut watcher| {
        let next = watcher.next().await?;
        Some((next, watcher))
    }))
}

struct Watcher {
    op: Op,
    provider: Uuid,
    job: Uuid,
    last: Option<Progress>,
}

impl Watcher {
    async fn next(&mut self) -> Option<Result<Progress>> {
        if self.last.is_some_and(|last| last.state.is_end()) {
            return None;
        }
        loop {
            let now = match self.op.app.progress.watch(self.job) {
                Some(mut watch) => {
                    let now = *watch.borrow_and_update();
                    if self.last == Some(now) && watch.changed().await.is_ok() {
                        *watch.borrow()
                    } else {
                        now
                    }
                }
                None => match self.row().await {
                    Ok(now) => now,
                    Err(e) => return Some(Err(e)),
                },
            };
            if self.last != Some(now) {
                self.last = Some(now);
                return Some(Ok(now));
            }
            tokio::time::sleep(PERIOD).await;
        }
    }

    /// What the job's row tells.
    async fn row(&self) -> Result<Progress> {
        let db = self.op.read().await?;
        let row = store::bulk_job(&db, self.provider, self.job).await?;
        let row = row.ok_or_else(|| Error::NotFound("this bulk job".to_owned()))?;
        let state = JobState::parse(&row.state);
        let state = state.ok_or_else(|| Error::internal("a job in an unknown state"))?;
        Ok(Progress {
            done: row.accepted_rows + row.refused_rows,
            total: row.total_rows,
            state,
        })
    }
}
