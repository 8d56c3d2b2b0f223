//! Storing a chunk of results: each an observation in its learner's open assessment under the
//! plan, or in a new one.

mod judge;
mod look_up;
mod write;

use sea_orm::ConnectionTrait;

pub(super) use look_up::Plan;

use super::{fill::Work, source::Line};
use crate::{
    bulk::{report::LineProblem, results::ResultRow},
    identity::store as people,
    kernel::errors::Result,
};
use judge::judge;
use look_up::Known;
use write::Written;

/// What is told of a result that is there already.
const RECORDED: &str =
    "this result is recorded already, by an earlier line or an earlier file: leave the line out";

/// Stores those results of a chunk that recording them one by one would accept.
pub(super) async fn store(
    tx: &impl ConnectionTrait,
    work: &mut Work<'_>,
    plan: &mut Plan,
    chunk: Vec<Line<ResultRow>>,
) -> Result<()> {
    let known = Known::read(tx, work.provider, plan, &chunk).await?;
    let importer = match work.op.actor.member() {
        Some(id) => people::member(tx, work.provider, id).await?,
        None => None,
    };
    let importer = importer.as_ref();
    let now = work.op.now;
    let judged: Vec<Line<_>> = chunk
        .into_iter()
        .map(|row| row.and_then(|row| Ok((row.line, judge(now, plan, &known, importer, &row)?))))
        .collect();
    let keys = judged.iter().flatten().map(|(_, judged)| judged.key);
    let mut recorded = known.recorded(tx, work.provider, keys).await?;
    let mut written = Written::new(work, &known, judged.len());
    for row in judged {
        let outcome = row.and_then(|(line, judged)| {
            if !recorded.insert(judged.key) {
                return Err(vec![LineProblem::new(
                    line,
                    "",
                    "ALREADY_RECORDED",
                    RECORDED,
                )]);
            }
            written
                .add(work, plan, line, judged)
                .map_err(|problem| vec![problem])
        });
        match outcome {
            Ok(()) => work.report.accept(),
            Err(problems) => work.report.refuse(problems),
        }
    }
    written.insert(tx, work).await
}
