//! Tells subscribers what happens, as it happens, on whichever replica.
//!
//! One task of the process reads the event table, and only while someone listens: every
//! [`PERIOD`], and at once when this process commits a change. However many listen, the database
//! answers one question.
//!
//! Events are dated before they are committed, and several replicas commit in any order, so a
//! later look may find an event that belongs before one that was told. Each look therefore goes
//! back [`LOOK_BACK`] and tells what it has not told yet. An event whose transaction took longer
//! than that, or comes from a machine whose clock is further behind, is told to webhooks only.

use std::{
    collections::HashSet,
    sync::Arc,
    time::{Duration, Instant},
};

use entity::event;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Mutex, broadcast, watch};
use uuid::Uuid;

use super::store;
use crate::kernel::{
    clock::Clock,
    db::{Db, Reach},
    errors::{Error, Result},
};

/// How often the table is looked at.
const PERIOD: Duration = Duration::from_millis(250);
/// How far back each look goes.
const LOOK_BACK: SignedDuration = SignedDuration::from_secs(30);
/// Events that a subscriber may be behind before it is cut off.
const BEHIND: usize = 1_024;
/// Events that are read at once.
const CHUNK: usize = 200;

/// Where subscribers get events from.
pub struct Hub {
    sender: broadcast::Sender<Arc<event::Model>>,
    is_looking: Arc<Mutex<bool>>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            sender: broadcast::Sender::new(BEHIND),
            is_looking: Arc::default(),
        }
    }
}

impl Hub {
    /// What happens in `provider` from now on.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn listen(&self, db: &Db, clock: &Arc<dyn Clock>, provider: Uuid) -> Result<Feed> {
        let mut is_looking = self.is_looking.lock().await;
        // Taken before the first look, so that nothing falls between.
        let receiver = self.sender.subscribe();
        if !*is_looking {
            let mut looker = Looker {
                db: db.clone(),
                clock: Arc::clone(clock),
                commits: db.commits(),
                sender: self.sender.clone(),
                told: HashSet::new(),
            };
            looker.skip().await?;
            *is_looking = true;
            tokio::spawn(looker.run(Arc::clone(&self.is_looking)));
        }
        Ok(Feed { receiver, provider })
    }

    /// How many tasks look at the table: one while anyone listens.
    #[must_use]
    pub fn lookers(&self) -> usize {
        // Each of them holds the lock's other end.
        Arc::strong_count(&self.is_looking) - 1
    }

    /// How many listen.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.sender.receiver_count()
    }
}

/// What happens in one provider, in the order in which it became known.
pub struct Feed {
    receiver: broadcast::Receiver<Arc<event::Model>>,
    provider: Uuid,
}

impl Feed {
    /// Waits for the next event. `None` when the service ends.
    ///
    /// # Errors
    /// When the listener was too slow, and some are lost to it.
    pub async fn next(&mut self) -> Option<Result<Arc<event::Model>>> {
        loop {
            match self.receiver.recv().await {
                Ok(event) if event.provider_id == self.provider => return Some(Ok(event)),
                Ok(_) => {}
                Err(broadcast::error::RecvError::Closed) => return None,
                Err(broadcast::error::RecvError::Lagged(_)) => {
                    return Some(Err(Error::invalid(
                        "subscription",
                        "EVENTS_MISSED",
                        "this subscriber was too slow, and events were missed: subscribe again, and read what there is",
                    )));
                }
            }
        }
    }
}

/// Looks at the table while someone listens.
struct Looker {
    db: Db,
    clock: Arc<dyn Clock>,
    /// Changes with each commit of this process.
    commits: watch::Receiver<()>,
    sender: broadcast::Sender<Arc<event::Model>>,
    /// What was told, or was there before anyone listened, as far back as a look goes.
    told: HashSet<Uuid>,
}

impl Looker {
    async fn run(mut self, is_looking: Arc<Mutex<bool>>) {
        loop {
            let began = Instant::now();
            if let Err(error) = self.look().await {
                tracing::warn!(%error, "events could not be read: trying again");
            }
            // However much there is to read, reading takes a fifth of the time at most.
            tokio::time::sleep(began.elapsed() * 4).await;
            tokio::select! {
                () = tokio::time::sleep(PERIOD) => {}
                _ = self.commits.changed() => {}
            }
            let mut is_looking = is_looking.lock().await;
            if self.sender.receiver_count() == 0 {
                *is_looking = false;
                return;
            }
        }
    }

    fn horizon(&self) -> Timestamp {
        let now = self.clock.now();
        now.checked_sub(LOOK_BACK).unwrap_or(now)
    }

    /// Takes what is there for told.
    async fn skip(&mut self) -> Result<()> {
        let db = self.db.read(Reach::System).await?;
        let there = store::event_ids_since(&db, self.horizon()).await?;
        self.told.extend(there);
        Ok(())
    }

    async fn look(&mut self) -> Result<()> {
        let horizon = self.horizon();
        let db = self.db.read(Reach::System).await?;
        let there = store::event_ids_since(&db, horizon).await?;
        let fresh: Vec<_> = there
            .into_iter()
            .filter(|id| !self.told.contains(id))
            .collect();
        for ids in fresh.chunks(CHUNK) {
            for event in store::events_by_id(&db, ids).await? {
                self.told.insert(event.id);
                // Nobody listens any more: the next round ends.
                if self.sender.send(Arc::new(event)).is_err() {
                    return Ok(());
                }
            }
            // Lets the subscribers take them before there are more.
            tokio::task::yield_now().await;
        }
        let oldest = store::first_id_at(horizon);
        self.told.retain(|id| *id >= oldest);
        Ok(())
    }
}
