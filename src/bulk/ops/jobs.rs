//! Jobs: imports that go on after whoever ordered them was answered.

use entity::{bulk_job, bulk_problem};
use jiff::SignedDuration;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    fill::Tell,
    run::{action, work},
    source::Source,
};
use crate::{
    app::Op,
    bulk::{
        model::Order,
        report::{LineProblem, Report},
        store,
    },
    events::{
        model::{EventKind, NewEvent},
        outbox,
        progress::JobState,
    },
    identity::{
        audit::{self, Change},
        policy::{self, Action},
    },
    kernel::{
        clock,
        db::Reach,
        errors::{Error, Result},
        ids,
        pages::{Page, PageRequest},
    },
};

/// How long a job may take. Replicas over one database count it from the order, since they do not
/// tell each other when it begins; the one server of an embedded database from the beginning.
pub const LEASE: SignedDuration = SignedDuration::from_mins(60);

/// Jobs of a provider that wait or run at most.
const MAX_UNFINISHED: u64 = 10;

/// A job that was ordered, and waits to be [performed](perform).
#[derive(Debug)]
pub struct Ordered(bulk_job::Model);

impl Ordered {
    /// The job.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.0.id
    }

    /// Whose it is.
    #[must_use]
    pub fn provider(&self) -> Uuid {
        self.0.provider_id
    }

    /// About how many rows it has.
    #[must_use]
    pub fn rows(&self) -> i64 {
        self.0.total_rows
    }
}

/// Refuses whom [`order`] would refuse now, before they send anything; answers for which provider
/// they order.
pub async fn may_order(op: &Op, order: &Order) -> Result<Uuid> {
    let provider = policy::permit_in_tenant(&op.actor, action(order))?;
    let db = op.read().await?;
    refuse(&db, op, provider, order).await?;
    Ok(provider)
}

/// Refuses an order under no plan of the provider's, and one too many.
async fn refuse(c: &impl ConnectionTrait, op: &Op, provider: Uuid, order: &Order) -> Result<()> {
    if let Some(plan) = order.kind.plan()
        && store::plan(c, provider, plan).await?.is_none()
    {
        return Err(Error::NotFound("this assessment plan".to_owned()));
    }
    if store::unfinished(c, provider, lease_start(op)).await? >= MAX_UNFINISHED {
        return Err(Error::invalid(
            "",
            "TOO_MANY_JOBS",
            format!("{MAX_UNFINISHED} imports wait or run already: wait until one has ended"),
        ));
    }
    Ok(())
}

/// Orders an import of about so many rows.
pub async fn order(op: &Op, order: &Order, rows: u64) -> Result<Ordered> {
    let provider = policy::permit_in_tenant(&op.actor, action(order))?;
    let job = bulk_job::Model {
        total_rows: count(rows),
        ..new_job(op, provider, order)
    };
    let tx = op.write_tx().await?;
    refuse(&*tx, op, provider, order).await?;
    store::insert_job(&*tx, &job).await?;
    record(&*tx, op, "bulk_job.order", None, &job).await?;
    tx.commit().await?;
    Ok(Ordered(job))
}

/// Runs an ordered job to its end. Whatever is in the way, the job tells it. Answers how many rows
/// were read, and how it ended.
pub async fn perform(
    op: &Op,
    Ordered(mut job): Ordered,
    source: Source,
    tell: Tell<'_>,
) -> (u64, JobState) {
    match try_to_perform(op, &mut job, source, tell).await {
        Ok((rows, state)) => (rows, state),
        Err(e) => {
            let id = job.id;
            tracing::error!(job = %id, request_id = op.request_id, error = %e, "an import failed");
            if let Err(e) = fail(op, &job).await {
                tracing::error!(job = %id, error = %e, "an import could not be called failed");
            }
            (0, JobState::Failed)
        }
    }
}

async fn try_to_perform(
    op: &Op,
    job: &mut bulk_job::Model,
    source: Source,
    tell: Tell<'_>,
) -> Result<(u64, JobState)> {
    let order = Order::parse(&job.kind, job.plan_id, job.dry_run, job.skip_bad_lines)
        .ok_or_else(|| Error::internal("a job of no known kind"))?;
    let tx = op.app.db.write_tx(Reach::One(job.provider_id)).await?;
    let waiting = lock(&*tx, job).await?;
    JobState::Running.as_str().clone_into(&mut job.state);
    store::update_job(&*tx, job).await?;
    record(&*tx, op, "bulk_job.start", Some(&waiting), job).await?;
    tx.commit().await?;
    let now = op.app.clock.now();
    let from = if op.app.db.is_postgres() {
        clock::from_millis(job.created_at)
    } else {
        now
    };
    let left = now.duration_until(from + LEASE);
    let left = left.try_into().unwrap_or_default();
    let running = work(op, job, &order, source, tell, true);
    match tokio::time::timeout(left, running).await {
        Ok(ended) => ended.map(|report| (report.rows(), order.outcome(&report))),
        Err(_) => Err(Error::internal("the import took too long")),
    }
}

/// The job as it is stored, locked, which must not have come to its end.
async fn lock(tx: &impl ConnectionTrait, job: &bulk_job::Model) -> Result<bulk_job::Model> {
    let stored = store::lock_job(tx, job.provider_id, job.id).await?;
    let is_unfinished =
        |j: &bulk_job::Model| JobState::parse(&j.state).is_some_and(|s| !s.is_end());
    stored
        .filter(is_unfinished)
        .ok_or_else(|| Error::internal("somebody else has ended this job, or it never was there"))
}

/// A job that was just ordered.
pub(super) fn new_job(op: &Op, provider: Uuid, order: &Order) -> bulk_job::Model {
    bulk_job::Model {
        id: op.new_id(),
        provider_id: provider,
        kind: order.kind.as_str().to_owned(),
        plan_id: order.kind.plan(),
        skip_bad_lines: order.skip_bad_lines,
        dry_run: order.dry_run,
        state: JobState::Waiting.as_str().to_owned(),
        total_rows: 0,
        accepted_rows: 0,
        refused_rows: 0,
        created_by: op.actor.to_string(),
        created_at: clock::to_millis(op.now),
        finished_at: None,
    }
}

/// Writes how a job ended, with what its file had wrong. A job that nobody stored yet is stored.
pub(super) async fn finish(
    tx: &impl ConnectionTrait,
    op: &Op,
    job: &mut bulk_job::Model,
    (state, report): (JobState, &Report),
    is_stored: bool,
) -> Result<()> {
    let before = if is_stored {
        Some(lock(tx, job).await?)
    } else {
        None
    };
    state.as_str().clone_into(&mut job.state);
    job.total_rows = count(report.rows());
    job.accepted_rows = count(report.accepted);
    job.refused_rows = count(report.refused);
    job.finished_at = Some(clock::to_millis(op.app.clock.now()));
    if is_stored {
        store::update_job(tx, job).await?;
    } else {
        store::insert_job(tx, job).await?;
    }
    let ids = op.new_ids(report.problems.len()).into_iter();
    let problems = ids.zip(&report.problems).map(|(id, p)| problem(id, job, p));
    store::insert_problems(tx, problems.collect()).await?;
    record(tx, op, "bulk_job.finish", before.as_ref(), job).await?;
    let payload = json!({"jobId": ids::global("BulkJob", job.id), "state": job.state});
    let event = NewEvent {
        kind: EventKind::BulkFinished,
        payload,
    };
    outbox::append(tx, op, job.provider_id, event).await
}

fn count(rows: u64) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

fn problem(id: Uuid, job: &bulk_job::Model, p: &LineProblem) -> bulk_problem::Model {
    bulk_problem::Model {
        id,
        provider_id: job.provider_id,
        job_id: job.id,
        line: i64::try_from(p.line).unwrap_or(i64::MAX),
        column_name: p.column.clone(),
        code: p.code.clone(),
        message: p.message.clone(),
    }
}

async fn fail(op: &Op, job: &bulk_job::Model) -> Result<()> {
    let mut job = job.clone();
    let tx = op.app.db.write_tx(Reach::One(job.provider_id)).await?;
    let outcome = (JobState::Failed, &Report::default());
    finish(&*tx, op, &mut job, outcome, true).await?;
    tx.commit().await
}

/// Calls the jobs failed that nobody works on any more: their process ended before they did. An
/// embedded database has one server, so at its start that is every job; replicas over one
/// database leave each other's jobs alone until their lease is over.
pub async fn fail_abandoned(op: &Op) -> Result<usize> {
    policy::permit_operator(&op.actor)?;
    let before = if op.app.db.is_postgres() {
        lease_start(op)
    } else {
        clock::to_millis(op.now).saturating_add(1)
    };
    // On nobody's behalf: whichever provider's they are.
    let tx = op.app.db.write_tx(Reach::System).await?;
    let found = store::lock_unfinished(&*tx, before).await?;
    for job in &found {
        let mut ended = job.clone();
        finish(
            &*tx,
            op,
            &mut ended,
            (JobState::Failed, &Report::default()),
            true,
        )
        .await?;
    }
    tx.commit().await?;
    Ok(found.len())
}

/// Jobs that were ordered before this moment, and have not come to their end, never will: their
/// replica has ended. An embedded database has none while its server runs.
fn lease_start(op: &Op) -> i64 {
    if op.app.db.is_postgres() {
        clock::to_millis(op.now - LEASE)
    } else {
        i64::MIN
    }
}

/// A job of the tenant.
pub async fn job(op: &Op, id: Uuid) -> Result<Option<bulk_job::Model>> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ViewBulk)?;
    let db = op.read().await?;
    Ok(store::job(&db, provider, id)
        .await?
        .map(|job| seen(op, job)))
}

/// A page of the tenant's jobs, oldest first.
pub async fn jobs(op: &Op, page: &PageRequest) -> Result<Page<bulk_job::Model>> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ViewBulk)?;
    let db = op.read().await?;
    let page = store::jobs(&db, provider, page).await?;
    Ok(page.map(|job| seen(op, job)))
}

/// A page of what a job of the tenant found wrong, by line.
pub async fn problems(op: &Op, job: Uuid, page: &PageRequest) -> Result<Page<bulk_problem::Model>> {
    let provider = policy::permit_in_tenant(&op.actor, Action::ViewBulk)?;
    let db = op.read().await?;
    store::problems(&db, provider, job, page).await
}

/// A job as it stands now: failed once nobody works on it any more.
fn seen(op: &Op, mut job: bulk_job::Model) -> bulk_job::Model {
    let is_unfinished = JobState::parse(&job.state).is_some_and(|s| !s.is_end());
    if is_unfinished && job.created_at < lease_start(op) {
        JobState::Failed.as_str().clone_into(&mut job.state);
    }
    job
}

async fn record(
    tx: &impl ConnectionTrait,
    op: &Op,
    action: &str,
    before: Option<&bulk_job::Model>,
    job: &bulk_job::Model,
) -> Result<()> {
    let change = Change {
        provider: Some(job.provider_id),
        action,
        target: job.id.to_string(),
        before: before.map(told),
        after: Some(told(job)),
    };
    audit::record(tx, op, change).await
}

fn told(job: &bulk_job::Model) -> Value {
    json!({
        "kind": job.kind, "plan": job.plan_id, "state": job.state,
        "dryRun": job.dry_run, "skipBadLines": job.skip_bad_lines,
        "rows": job.total_rows, "accepted": job.accepted_rows, "refused": job.refused_rows,
    })
}
