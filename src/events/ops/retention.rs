//! Removing what was told long ago.
//!
//! It leaves no audit record: that something happened stands there anyway, in the record of the
//! change that an event told of, which stays. Events are only the post.

use jiff::SignedDuration;
use uuid::Uuid;

use crate::{
    app::Op,
    events::store,
    identity::policy,
    kernel::{db::Reach, errors::Result},
};

/// Rows that go in one transaction, so that others wait for none for long.
const BATCH: u64 = 1_000;

/// What was removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Events.
    pub events: usize,
    /// Deliveries.
    pub deliveries: usize,
}

#[derive(Clone, Copy)]
enum Kind {
    Events,
    Deliveries,
}

/// Removes what is older than the settings say: deliveries that were taken or given up, and events
/// without deliveries. What waits for its next try stays, however old, and its event with it. At
/// the machine only.
///
/// Events go before deliveries, and so one call later than the last delivery of theirs: whoever has
/// just read a delivery still finds what it tells.
pub async fn prune(op: &Op) -> Result<Pruned> {
    policy::permit_operator(&op.actor)?;
    let kept = SignedDuration::from_hours(24 * i64::from(op.app.config.events_keep_days));
    let before = store::first_id_at(op.now - kept);
    let pruned = Pruned {
        events: clear(op, Kind::Events, before).await?,
        deliveries: clear(op, Kind::Deliveries, before).await?,
    };
    if pruned != Pruned::default() {
        let Pruned { events, deliveries } = pruned;
        tracing::info!(events, deliveries, "old events were removed");
    }
    Ok(pruned)
}

async fn clear(op: &Op, kind: Kind, before: Uuid) -> Result<usize> {
    let (mut after, mut removed) = (Uuid::nil(), 0);
    loop {
        // Everyone's: what is old is so for all.
        let tx = op.app.db.write_tx(Reach::System).await?;
        let gone = match kind {
            Kind::Events => store::delete_told_events(&*tx, after, before, BATCH).await?,
            Kind::Deliveries => store::delete_ended_deliveries(&*tx, after, before, BATCH).await?,
        };
        let Some(last) = gone.last() else {
            return Ok(removed);
        };
        tx.commit().await?;
        after = *last;
        removed += gone.len();
    }
}
