//! What a running service does by itself, every hour: notes where the audit log ends, and removes
//! uploads that nothing came of and events that were told long ago.

use std::{sync::Arc, time::Duration};

use tokio::{sync::oneshot, task::JoinHandle};

use super::audit;
use crate::{
    app::App,
    assessment::ops::files,
    events::ops::retention,
    identity::{chain::End, ops::log},
    kernel::errors::{Error, Result},
};

const EVERY: Duration = Duration::from_secs(3_600);

/// The work, under way.
pub(super) struct Upkeep {
    stop: oneshot::Sender<()>,
    work: JoinHandle<()>,
}

/// Begins it.
pub(super) fn start(app: &Arc<App>) -> Upkeep {
    let (stop, mut stopped) = oneshot::channel();
    let app = Arc::clone(app);
    let work = tokio::spawn(async move {
        let mut noted = Vec::new();
        loop {
            tell(
                "the audit log's end could not be noted",
                note(&app, &mut noted).await,
            );
            let op = app.operator();
            let swept = files::sweep(&op).await;
            tell("unused uploads could not be removed", swept.map(|_| ()));
            tokio::select! {
                // There may be many at first. What is not finished is rolled back, and the rest is
                // for the next start.
                pruned = retention::prune(&op) => {
                    tell("old events could not be removed", pruned.map(|_| ()));
                }
                _ = &mut stopped => break,
            }
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                // Whether it was told to, or whoever would tell it is gone.
                _ = &mut stopped => break,
            }
        }
        tell(
            "the audit log's end could not be noted",
            note(&app, &mut noted).await,
        );
    });
    Upkeep { stop, work }
}

impl Upkeep {
    /// Ends it, after the audit log's end was noted once more.
    pub(super) async fn stop(self) {
        if self.stop.send(()).is_err() {
            tracing::error!("upkeep had ended already");
        }
        if let Err(error) = self.work.await {
            tracing::error!(%error, "upkeep ended early");
        }
    }
}

/// Notes where the chains end, unless that is where they ended before.
async fn note(app: &Arc<App>, noted: &mut Vec<End>) -> Result<()> {
    let checkpoint = log::checkpoint(&app.operator()).await?;
    if checkpoint.chains != *noted {
        audit::note(&app.config.data_dir, &checkpoint).map_err(Error::internal)?;
        *noted = checkpoint.chains;
    }
    Ok(())
}

fn tell(what: &str, done: Result<()>) {
    if let Err(error) = done {
        tracing::error!(%error, "{what}");
    }
}
