//! Re-issuing all records of a key, with a bar on the terminal.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};
use uuid::Uuid;

use super::{Desk, stop};
use crate::{
    cli::Stop,
    credential::ops::keys::{
        read::records_of,
        reissue::{MAX_BATCH, reissue_records},
    },
};

/// Signs them anew, batch by batch, until none is left.
pub(super) async fn run(desk: &Desk, key: Uuid) -> Result<String, Stop> {
    let total = records_of(&desk.op(), desk.provider, key).await;
    let bar = progress_bar(total.map_err(stop)?);
    let mut count = 0;
    loop {
        // Each batch is an operation of its own, dated when it happens.
        let op = desk.op();
        let done = reissue_records(&op, Some(desk.provider), key, MAX_BATCH).await;
        let done = done.map_err(stop)?;
        count += done.reissued;
        bar.inc(done.reissued);
        if done.remaining == 0 {
            break;
        }
    }
    bar.finish_and_clear();
    Ok(format!(
        "{count} records signed anew, under their own ids. None is left; revoked ones stay as they are.\n"
    ))
}

fn progress_bar(records: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} records, {eta} left")
        .expect("the template is well-formed: it is written here");
    ProgressBar::new(records).with_style(style)
}
