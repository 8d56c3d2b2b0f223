//! An import from its first line to its end: one transaction, whatever the size.

use entity::bulk_job;
use uuid::Uuid;

use super::{
    fill::{Tell, fill},
    jobs::{finish, new_job},
    source::Source,
};
use crate::{
    app::Op,
    bulk::{
        model::{Order, State},
        report::Report,
        store,
    },
    identity::{
        audit,
        policy::{self, Action},
    },
    kernel::{db::Reach, errors::Result},
};

/// Imports a table at once. Nothing is left of a dry run; of any other, a job that has come to its
/// end.
pub async fn import(
    op: &Op,
    named: Option<Uuid>,
    order: &Order,
    source: Source,
    tell: Tell<'_>,
) -> Result<Report> {
    let provider = policy::permit_bulk(&op.actor, action(order), named)?;
    let mut job = new_job(op, provider, order);
    work(op, &mut job, order, source, tell, !order.dry_run).await
}

/// Runs `job`, which nobody else runs, to its end.
pub(super) async fn perform(
    op: &Op,
    mut job: bulk_job::Model,
    order: &Order,
    source: Source,
    tell: Tell<'_>,
) -> Result<Report> {
    work(op, &mut job, order, source, tell, true).await
}

/// Fills one transaction, which also ends the job; where nothing is kept, another one ends it.
async fn work(
    op: &Op,
    job: &mut bulk_job::Model,
    order: &Order,
    source: Source,
    tell: Tell<'_>,
    is_told: bool,
) -> Result<Report> {
    let reach = Reach::One(job.provider_id);
    let tx = op.app.db.write_tx(reach).await?;
    store::lock_imports(&*tx, job.provider_id).await?;
    let work = fill(&*tx, op, job.provider_id, order, source, tell).await?;
    let state = order.outcome(&work.report);
    if order.keeps(&work.report) {
        audit::record_many(&*tx, op, job.provider_id, &work.changes).await?;
        finish(&*tx, op, job, state, &work.report).await?;
        tx.commit().await?;
        return Ok(work.report);
    }
    tx.rollback().await?;
    if is_told {
        let tx = op.app.db.write_tx(reach).await?;
        finish(&*tx, op, job, state, &work.report).await?;
        tx.commit().await?;
    }
    Ok(work.report)
}
