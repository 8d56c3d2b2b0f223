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
        model::{Kind, Order},
        report::Report,
        store,
    },
    identity::{
        audit,
        policy::{self, Action},
    },
    kernel::{db::Reach, errors::Result},
};

/// Imports a table at once, into the actor's provider; for the person at the machine, the one
/// `named`. A dry run leaves nothing, any other a job that has come to its end.
pub async fn import(
    op: &Op,
    named: Option<Uuid>,
    order: &Order,
    source: Source,
    tell: Tell<'_>,
) -> Result<Report> {
    let provider = policy::permit_at_machine(&op.actor, action(order), named)?;
    let mut job = new_job(op, provider, order);
    work(op, &mut job, order, source, tell, false).await
}

/// What an order asks permission for.
pub(super) fn action(order: &Order) -> Action {
    match order.kind {
        Kind::Learners => Action::ManageBulk,
        Kind::Results { .. } => Action::ImportResults,
    }
}

/// Fills one transaction, which also ends the job; where nothing is kept, another one ends it.
pub(super) async fn work(
    op: &Op,
    job: &mut bulk_job::Model,
    order: &Order,
    source: Source,
    tell: Tell<'_>,
    is_stored: bool,
) -> Result<Report> {
    let reach = Reach::One(job.provider_id);
    let tx = op.app.db.write_tx(reach).await?;
    store::lock_imports(&*tx, job.provider_id).await?;
    let done = fill(&*tx, op, job.provider_id, order, source, tell).await?;
    let ended = (order.outcome(&done.report), &done.report);
    if order.keeps(&done.report) {
        audit::record_many(&*tx, op, job.provider_id, &done.made).await?;
        finish(&*tx, op, job, ended, is_stored).await?;
        tx.commit().await?;
        return Ok(done.report);
    }
    drop(tx);
    if is_stored || !order.dry_run {
        let tx = op.app.db.write_tx(reach).await?;
        finish(&*tx, op, job, ended, is_stored).await?;
        tx.commit().await?;
    }
    Ok(done.report)
}
