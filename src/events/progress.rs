//! How far long jobs are, told to whoever watches: within the process that runs them. Whoever
//! watches from another replica reads the job's row.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use tokio::sync::watch;
use uuid::Uuid;

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Lines that were looked at.
    pub done: i64,
    /// Lines that there are.
    pub total: i64,
    /// The job's state.
    pub state: JobState,
}

/// What a job is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// It waits for its turn.
    Waiting,
    /// It runs.
    Running,
    /// It is done.
    Done,
    /// It was refused: nothing of it was done.
    Refused,
    /// It failed for a reason of ours: nothing of it, or not all, was done.
    Failed,
}

impl JobState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Running,
        Self::Done,
        Self::Refused,
        Self::Failed,
    ];

    /// The stored form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "WAITING",
            Self::Running => "RUNNING",
            Self::Done => "DONE",
            Self::Refused => "REFUSED",
            Self::Failed => "FAILED",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }

    /// Whether the job goes no further.
    #[must_use]
    pub const fn is_end(self) -> bool {
        matches!(self, Self::Done | Self::Refused | Self::Failed)
    }
}

/// Where jobs tell how far they are. A job is known from its first report to its last.
#[derive(Debug, Default)]
pub struct Board(Mutex<HashMap<Uuid, watch::Sender<Progress>>>);

impl Board {
    /// Tells how far `job` is. A report of its end is the last.
    pub fn publish(&self, job: Uuid, progress: Progress) {
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = jobs
            .entry(job)
            .or_insert_with(|| watch::Sender::new(progress));
        sender.send_replace(progress);
        if progress.state.is_end() {
            jobs.remove(&job);
        }
    }

    /// How far `job` is and will be; `None` where it does not run in this process.
    #[must_use]
    pub fn watch(&self, job: Uuid) -> Option<watch::Receiver<Progress>> {
        let jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.get(&job).map(watch::Sender::subscribe)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(done: i64, state: JobState) -> Progress {
        Progress {
            done,
            total: 3,
            state,
        }
    }

    #[tokio::test]
    async fn whoever_watches_sees_the_last_report_whatever_they_missed() {
        let (board, job) = (Board::default(), Uuid::from_u128(1));
        assert!(board.watch(job).is_none());
        board.publish(job, at(1, JobState::Running));
        let mut watcher = board.watch(job).unwrap();
        assert_eq!(*watcher.borrow(), at(1, JobState::Running));
        board.publish(job, at(2, JobState::Running));
        board.publish(job, at(3, JobState::Done));
        watcher.changed().await.unwrap();
        assert_eq!(*watcher.borrow_and_update(), at(3, JobState::Done));
        // Then there is nothing more to wait for.
        assert!(watcher.changed().await.is_err());
        assert!(board.watch(job).is_none());
    }

    #[test]
    fn states_are_read_back() {
        for state in JobState::ALL {
            assert_eq!(JobState::parse(state.as_str()), Some(state));
        }
        assert_eq!(JobState::parse("LOST"), None);
    }
}
