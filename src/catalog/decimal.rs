//! Decimal numbers that keep every digit they were given.

use std::{cmp::Ordering, fmt, str::FromStr};

use crate::kernel::text::excerpt;

/// The most digits on either side of the point.
const MAX_DIGITS: usize = 15;

/// A decimal number, such as `4.12` or `-0.5`: kept as its digits, never as binary floating point,
/// so that what a source printed comes back as it was. `4.10` and `4.1` are equal in
/// [order](Ord), and differ as texts.
#[derive(Clone, Debug)]
pub struct Decimal(String);

/// A text that is no decimal number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a decimal number; write up to 15 digits, and after a point up to 15 more, as in 4.12"
)]
pub struct DecimalError(pub String);

impl Decimal {
    /// The number as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number in hundredths, rounded toward zero: 412 for `4.12`.
    #[must_use]
    pub fn hundredths(&self) -> i64 {
        let (negative, whole, fraction) = self.parts();
        let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(2);
        let value = whole.bytes().chain(digits).fold(0_i64, |sum, digit| {
            sum.saturating_mul(10)
                .saturating_add(i64::from(digit.saturating_sub(b'0')))
        });
        if negative { -value } else { value }
    }

    /// Whether it is below zero, the digits before the point without leading zeros, and those
    /// after it without trailing ones.
    fn parts(&self) -> (bool, &str, &str) {
        let (negative, digits) = match self.0.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, self.0.as_str()),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let (whole, fraction) = (
            whole.trim_start_matches('0'),
            fraction.trim_end_matches('0'),
        );
        (
            negative && !(whole.is_empty() && fraction.is_empty()),
            whole,
            fraction,
        )
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let is_number = |digits: &str| {
            (1..=MAX_DIGITS).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
        };
        let digits = text.strip_prefix('-').unwrap_or(text);
        let fits = match digits.split_once('.') {
            Some((whole, fraction)) => is_number(whole) && is_number(fraction),
            None => is_number(digits),
        };
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(DecimalError(excerpt(text, 40).into_owned()))
        }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = |(_, whole, fraction): (bool, &str, &str), than: (bool, &str, &str)| {
            let longer = whole.len().cmp(&than.1.len());
            longer
                .then_with(|| whole.cmp(than.1))
                .then_with(|| fraction.cmp(than.2))
        };
        let (own, theirs) = (self.parts(), other.parts());
        match (own.0, theirs.0) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => size(own, theirs),
            (true, true) => size(theirs, own),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "", "-", ".", "1.", ".5", "+1", "1e3", "1,5", " 1", "1.2.3", "--1", "١",
        ] {
            assert!(text.parse::<Decimal>().is_err(), "{text:?}");
        }
        assert!("1234567890123456".parse::<Decimal>().is_err());
    }

    #[test]
    fn digits_stay_as_given() {
        for text in ["4.10", "4", "-0.5", "007", "-0"] {
            assert_eq!(decimal(text).to_string(), text);
        }
        assert_eq!(decimal("4.10"), decimal("4.1"));
        assert_eq!(decimal("-0"), decimal("0.00"));
    }

    #[test]
    fn hundredths_drop_what_is_smaller() {
        for (text, hundredths) in [
            ("4.12", 412),
            ("4", 400),
            ("3.5", 350),
            ("-1.239", -123),
            ("-0", 0),
        ] {
            assert_eq!(decimal(text).hundredths(), hundredths);
        }
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_the_numbers(a in -99_999_i32..99_999, b in -99_999_i32..99_999) {
            let text = |n: i32| {
                let sign = if n < 0 { "-" } else { "" };
                format!("{sign}{}.{:02}", n.abs() / 100, n.abs() % 100)
            };
            prop_assert_eq!(decimal(&text(a)).cmp(&decimal(&text(b))), a.cmp(&b));
        }
    }
}
