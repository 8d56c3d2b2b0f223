//! Turns: which job goes next. No provider's many imports keep another's first one waiting.

mod line;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use uuid::Uuid;

use line::Line;

/// Where jobs wait for their turns.
pub(super) struct Turns {
    line: Mutex<Line>,
    /// Told whenever another may go.
    moved: Notify,
}

impl Turns {
    /// So many jobs run at once at most, and one of each provider.
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self {
            line: Mutex::new(Line::new(most)),
            moved: Notify::new(),
        })
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place in the line for a job of `provider`.
    pub(super) fn join(self: &Arc<Self>, provider: Uuid) -> Turn {
        let number = self.line().join(provider);
        Turn {
            turns: Arc::clone(self),
            number,
        }
    }
}

/// A place in the line, and the turn once it has come: given back when it is dropped.
pub(super) struct Turn {
    turns: Arc<Turns>,
    number: u64,
}

impl Turn {
    /// Waits until the turn has come.
    pub(super) async fn come(&self) {
        loop {
            // From here on no move is missed.
            let moved = self.turns.moved.notified();
            if self.turns.line().begin(self.number) {
                // Whoever is next by this may find room too.
                self.turns.moved.notify_waiters();
                return;
            }
            moved.await;
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.line().leave(self.number);
        self.turns.moved.notify_waiters();
    }
}

#[cfg(test)]
mod tests;
