//! Reading a table into the database, within a transaction that somebody else ends.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    learners,
    results::{self, Plan},
    source::{Source, read_ahead},
};
use crate::{
    app::Op,
    bulk::{
        learners::COLUMNS as LEARNERS,
        model::{Kind, Order},
        report::Report,
        results::{COLUMNS as RESULTS, parse},
    },
    identity::audit::Made,
    kernel::{clock, errors::Result, ids},
};

/// Hears how far an import has come.
pub type Tell<'a> = &'a (dyn Fn(&Report) + Send + Sync);

/// An import while it runs.
pub(super) struct Work<'a> {
    pub(super) op: &'a Op,
    pub(super) provider: Uuid,
    /// What became of the rows so far.
    pub(super) report: Report,
    /// What is to be written into the audit log once all rows are in: the chain's head, held from
    /// the first row on, would keep all others waiting.
    pub(super) made: Vec<Made>,
    chunks: i64,
}

impl Work<'_> {
    /// `count` new row ids in rising order, behind those of the chunks before: rows keep the
    /// order of the file.
    pub(super) fn next_ids(&mut self, count: usize) -> Vec<Uuid> {
        let at = clock::from_millis(clock::to_millis(self.op.now) + self.chunks);
        self.chunks += 1;
        let mut ids: Vec<_> = (0..count)
            .map(|_| ids::v7(at, self.op.app.rng.as_ref()))
            .collect();
        ids.sort_unstable();
        ids
    }
}

/// Reads every row, and stores those that can be accepted.
pub(super) async fn fill<'a>(
    tx: &impl ConnectionTrait,
    op: &'a Op,
    provider: Uuid,
    order: &Order,
    source: Source,
    tell: Tell<'_>,
) -> Result<Work<'a>> {
    let mut work = Work {
        op,
        provider,
        report: Report::default(),
        made: Vec::new(),
        chunks: 0,
    };
    match order.kind {
        Kind::Learners => {
            let mut chunks = read_ahead(source, LEARNERS, learners::parse);
            while let Some(chunk) = chunks.recv().await {
                learners::store(tx, &mut work, chunk?).await?;
                tell(&work.report);
            }
        }
        Kind::Results { plan } => {
            let mut plan = Plan::read(tx, provider, plan).await?;
            let mut chunks = read_ahead(source, RESULTS, parse);
            while let Some(chunk) = chunks.recv().await {
                results::store(tx, &mut work, &mut plan, chunk?).await?;
                tell(&work.report);
            }
        }
    }
    Ok(work)
}
