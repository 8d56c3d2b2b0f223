//! When a delivery that failed is tried again.
//!
//! | try | about how long after the one before |
//! | --- | --- |
//! | 1 | at once |
//! | 2 | 10 seconds |
//! | 3 | 1 minute |
//! | 4 | 5 minutes |
//! | 5 | 30 minutes |
//! | 6 | 2 hours |
//! | 7 | 6 hours |
//! | 8 | 12 hours |
//! | 9, 10 | 24 hours |
//!
//! Each pause is lengthened by up to a tenth at random, so that what failed together does not come
//! back together. After the tenth try, about three days after the first, it is given up.

use std::time::Duration;

/// How often a delivery is tried.
pub const TRIES: i32 = 10;

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;

/// The pauses after the first try, after the second, and so on, in milliseconds.
const PAUSES: [u64; 9] = [
    10 * SECOND,
    MINUTE,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    6 * HOUR,
    12 * HOUR,
    24 * HOUR,
    24 * HOUR,
];

/// How long to wait after the try number `tried` (the first is 1) failed; `None` when that was the
/// last. `dice` is any random number.
#[must_use]
pub fn pause(tried: i32, dice: u32) -> Option<Duration> {
    let index = usize::try_from(tried.max(1) - 1).ok()?;
    let base = *PAUSES.get(index)?;
    let jitter = base / 10 * u64::from(dice) / u64::from(u32::MAX);
    Some(Duration::from_millis(base + jitter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_tries_take_about_three_days() {
        let total = |dice| (1..TRIES).filter_map(|n| pause(n, dice)).sum::<Duration>();
        let days = |dice| total(dice).as_secs_f64() / 86_400.0;
        assert!((2.8..2.9).contains(&days(0)), "{}", days(0));
        assert!((3.0..3.2).contains(&days(u32::MAX)), "{}", days(u32::MAX));
        assert_eq!(pause(TRIES, 0), None);
        assert_eq!(pause(i32::MAX, 0), None);
    }

    #[test]
    fn pauses_never_shrink_and_jitter_stays_within_a_tenth() {
        for tried in 1..TRIES {
            let (low, high) = (pause(tried, 0).unwrap(), pause(tried, u32::MAX).unwrap());
            assert!(low < high && high <= low + low / 10, "{tried}");
            if let Some(next) = pause(tried + 1, 0) {
                assert!(low <= next, "{tried}");
            }
        }
        assert_eq!(pause(0, 0), pause(1, 0));
        assert_eq!(pause(-7, 0), pause(1, 0));
    }
}
