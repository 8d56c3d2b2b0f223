//! Time, as a parameter.

use jiff::Timestamp;

/// Tells the time. The one ambient clock of the program is [`SystemClock`].
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the machine's clock"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Unix milliseconds of a moment: how the database keeps time.
#[must_use]
pub fn to_millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// The moment that a stored number of Unix milliseconds means.
///
/// A number outside the years -9999 to 9999, which the program never stores,
/// becomes the nearest moment that can be told.
#[must_use]
pub fn from_millis(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(if millis < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

/// The same moment without its fraction of a second.
#[must_use]
pub fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millis_round_trip_and_out_of_range_is_clamped() {
        let at: Timestamp = "2026-03-01T09:30:00.125Z".parse().unwrap();
        assert_eq!(from_millis(to_millis(at)), at);
        assert_eq!(from_millis(i64::MAX), Timestamp::MAX);
        assert_eq!(from_millis(i64::MIN), Timestamp::MIN);
        assert_eq!(whole_second(at).to_string(), "2026-03-01T09:30:00Z");
    }
}
