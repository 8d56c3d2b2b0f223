//! Storing a chunk of results: each an observation in its learner's open assessment under the
//! plan, or in a new one.

mod judge;
mod look_up;
mod write;

use std::collections::HashSet;

use sea_orm::ConnectionTrait;

pub(super) use look_up::Plan;

use super::{fill::Work, source::Line};
use crate::{
    bulk::{report::LineProblem, results::ResultRow},
    kernel::errors::Result,
};
use judge::Judged;
use look_up::Known;
use write::Written;

/// Stores those results of a chunk that recording them one by one would accept.
pub(in crate::bulk::ops) async fn store(
    tx: &impl ConnectionTrait,
    work: &mut Work<'_>,
    plan: &mut Plan,
    chunk: Vec<Line<ResultRow>>,
) -> Result<()> {
    let known = Known::read(tx, work.provider, plan, &chunk).await?;
    let judged: Vec<Line<(ResultRow, Judged)>> = chunk
        .into_iter()
        .map(|line| {
            let row = line?;
            let judged = judge::judge(work.op.now, plan, &known, &row)?;
            Ok((row, judged))
        })
        .collect();
    let keys = judged.iter().flatten().map(|(_, judged)| judged.key());
    let mut recorded: HashSet<_> = known.recorded(tx, keys).await?;
    let mut written = Written::new(work.op, known);
    for line in judged {
        let outcome = line.and_then(|(row, judged)| {
            if !recorded.insert(judged.key()) {
                let message = "this result is recorded already, by an earlier line or an earlier file: leave the line out";
                return Err(vec![LineProblem::new(row.line, "", "ALREADY_RECORDED", message)]);
            }
            written.add(plan, row, judged).map_err(|problem| vec![problem])
        });
        match outcome {
            Ok(()) => work.report.accept(),
            Err(problems) => work.report.refuse(problems),
        }
    }
    written.insert(tx, work).await
}
