//! Decisions, bulk jobs and everything else that happens in a provider, as it happens.

use async_graphql::{Context, ID, Subscription as Root};
use futures_util::{Stream, StreamExt};

use crate::{
    events::ops::listen,
    graphql::{
        errors::{Result, op, told},
        types::{
            event::{AssessmentDecision, BulkProgress, Event, EventKind},
            input,
        },
    },
};

/// Root of all subscriptions. They are spoken over a WebSocket, at `/graphql/ws`.
pub struct Subscription;

#[Root]
impl Subscription {
    /// Each decision of an assessment, the first and those after an appeal: for a provider's staff
    /// all of the provider's, for a learner their own.
    async fn assessment_decided(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Decisions about this learner only.")] learner_id: Option<ID>,
    ) -> Result<impl Stream<Item = Result<AssessmentDecision>>> {
        let learner = learner_id
            .map(|id| input::id("Learner", "this learner", &id))
            .transpose()
            .map_err(told)?;
        let feed = listen::decisions(op(ctx)?, learner).await.map_err(told)?;
        Ok(feed.map(|one| one.map(AssessmentDecision).map_err(told)))
    }

    /// How far a bulk job is, now and whenever that changes; it completes with the job.
    async fn bulk_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The job.")] job_id: ID,
    ) -> Result<impl Stream<Item = Result<BulkProgress>>> {
        let job = input::id("BulkJob", "this bulk job", &job_id).map_err(told)?;
        let progress = listen::progress(op(ctx)?, job).await.map_err(told)?;
        Ok(progress.map(|one| one.map(Into::into).map_err(told)))
    }

    /// Everything that happens in the provider, as webhooks tell it.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "These kinds only; all, when left out.")] kinds: Option<Vec<EventKind>>,
    ) -> Result<impl Stream<Item = Result<Event>>> {
        let kinds = kinds.map(|kinds| kinds.into_iter().map(Into::into).collect());
        let feed = listen::everything(op(ctx)?, kinds).await.map_err(told)?;
        Ok(feed.map(|one| one.map(Event).map_err(told)))
    }
}
