//! What the settings say of events.

use super::{ConfigError, wrong};

/// For how many days events are kept unless the settings say otherwise.
const DEFAULT_KEEP_DAYS: u32 = 90;

/// Ten years.
const MOST_KEEP_DAYS: u32 = 3_650;

/// Checks and completes for how many days they are kept.
pub(super) fn keep_days(days: Option<u32>) -> Result<u32, ConfigError> {
    let days = days.unwrap_or(DEFAULT_KEEP_DAYS);
    if (1..=MOST_KEEP_DAYS).contains(&days) {
        return Ok(days);
    }
    let remedy = format!("give 1 to {MOST_KEEP_DAYS} days");
    Err(wrong("events-keep-days", remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_to_ten_years() {
        assert_eq!(keep_days(None).unwrap(), 90);
        for good in [1, 3_650] {
            assert_eq!(keep_days(Some(good)).unwrap(), good);
        }
        for bad in [0, 3_651, u32::MAX] {
            let refused = keep_days(Some(bad)).unwrap_err();
            assert!(refused.to_string().starts_with("events-keep-days: give"));
        }
    }
}
