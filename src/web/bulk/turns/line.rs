//! The order of turns.

use uuid::Uuid;

/// Jobs that wait, and those that run.
pub(super) struct Line {
    /// How many run at once at most.
    most: usize,
    next: u64,
    /// The jobs that wait, by number, the one whose provider has waited longest first.
    waiting: Vec<(u64, Uuid)>,
    running: Vec<(u64, Uuid)>,
}

impl Line {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            next: 0,
            waiting: Vec::new(),
            running: Vec::new(),
        }
    }

    /// Lets a job of `provider` wait; the number that it is called by.
    pub(super) fn join(&mut self, provider: Uuid) -> u64 {
        self.next += 1;
        self.waiting.push((self.next, provider));
        self.next
    }

    /// The job that may run now.
    fn first(&self) -> Option<usize> {
        if self.running.len() >= self.most {
            return None;
        }
        let runs = |provider| self.running.iter().any(|(_, p)| p == provider);
        self.waiting.iter().position(|(_, p)| !runs(p))
    }

    /// Lets a job run, if it is the next that may; whether it was.
    pub(super) fn begin(&mut self, number: u64) -> bool {
        let first = self.first();
        let at = first.filter(|at| self.waiting.get(*at).is_some_and(|(n, _)| *n == number));
        self.running.extend(at.map(|at| self.waiting.remove(at)));
        at.is_some()
    }

    /// Takes a job out, whether it waits or runs. A provider that had its turn waits anew, behind
    /// all others that wait.
    pub(super) fn leave(&mut self, number: u64) {
        self.waiting.retain(|(n, _)| *n != number);
        let ended = self.running.iter().position(|(n, _)| *n == number);
        if let Some(ended) = ended {
            let (_, provider) = self.running.remove(ended);
            // Stable: each provider's jobs keep their order.
            self.waiting.sort_by_key(|(_, p)| *p == provider);
        }
    }
}

#[cfg(test)]
mod tests;
