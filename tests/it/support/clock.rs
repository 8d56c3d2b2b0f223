//! A clock that a test sets.

use std::sync::atomic::{AtomicI64, Ordering};

use attestry::kernel::clock::Clock;
use jiff::Timestamp;

/// Starts at a fixed moment, and goes on by a millisecond each time it is read, so that
/// what is made later sorts later.
pub(crate) struct TestClock(AtomicI64);

impl Default for TestClock {
    fn default() -> Self {
        let start: Timestamp = "2026-03-02T08:00:00Z".parse().expect("it is RFC 3339");
        Self(AtomicI64::new(start.as_millisecond()))
    }
}

impl TestClock {
    /// Goes on from the machine's time.
    pub(crate) fn set_to_now(&self) {
        let now = Timestamp::now().as_millisecond();
        self.0.store(now, Ordering::SeqCst);
    }

    /// Lets pass what time it is behind a moment, if it is.
    pub(crate) fn catch_up(&self, at: Timestamp) {
        self.0.fetch_max(at.as_millisecond(), Ordering::SeqCst);
    }

    /// Lets so many seconds pass.
    pub(crate) fn pass_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    /// Lets so many days pass.
    pub(crate) fn pass_days(&self, days: i64) {
        self.pass_millis(days * 86_400_000);
    }

    /// Lets so many milliseconds pass.
    pub(crate) fn pass_millis(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        let millis = self.0.fetch_add(1, Ordering::SeqCst);
        Timestamp::from_millisecond(millis).expect("tests stay in this age")
    }
}
