//! The validity period.

use jiff::Timestamp;

use super::report::{Check, CheckName, Problem};
use crate::kernel::json::Json;

/// Reads an XML Schema `dateTimeStamp`: date, `T`, time, perhaps a fraction, and a time zone.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    const SHAPE: &[u8] = b"dddd-dd-ddTdd:dd:dd";
    if text.len() > 40 || !text.is_ascii() {
        return None;
    }
    let (head, tail) = text.as_bytes().split_at_checked(SHAPE.len())?;
    let fits = |(byte, shape): (&u8, &u8)| match shape {
        b'd' => byte.is_ascii_digit(),
        _ => byte == shape,
    };
    if !head.iter().zip(SHAPE).all(fits) {
        return None;
    }
    let zone = match tail.split_first()? {
        (b'.', rest) => {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            (digits > 0).then(|| rest.get(digits..))??
        }
        _ => tail,
    };
    let zoned = match zone {
        [b'Z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => [h1, h2, m1, m2].iter().all(|b| b.is_ascii_digit()),
        _ => false,
    };
    if zoned { text.parse().ok() } else { None }
}

/// Whether `now` lies in the period from `validFrom` to `validUntil`, the end excluded
/// (VC Data Model 2.0, section 4.9). A JWT's `exp` ends it too.
pub(super) fn check(credential: &Json, now: Timestamp) -> Check {
    let name = CheckName::Time;
    let member = |member: &str| match credential.get(member) {
        None => Ok(None),
        Some(value) => value
            .as_str()
            .and_then(instant)
            .map(Some)
            .ok_or_else(|| malformed(member)),
    };
    let (from, until) = match (member("validFrom"), member("validUntil")) {
        (Ok(from), Ok(until)) => (from, until),
        (Err(check), _) | (_, Err(check)) => return check,
    };
    let exp = match credential.get("exp") {
        None => None,
        Some(value) => match value.as_i64().map(Timestamp::from_second) {
            Some(Ok(end)) => Some(end),
            _ => return malformed("exp"),
        },
    };
    let Some(from) = from else {
        return malformed("validFrom");
    };
    if now < from {
        return Check::fail(
            name,
            format!("it is not valid before {from}"),
            Problem::RANGE_ERROR,
        );
    }
    match until.into_iter().chain(exp).min() {
        Some(end) if now >= end => {
            Check::fail(name, format!("it expired at {end}"), Problem::RANGE_ERROR)
        }
        Some(end) => Check::pass(name, format!("valid from {from} until {end}")),
        None => Check::pass(name, format!("valid from {from}, without an end")),
    }
}

fn malformed(member: &str) -> Check {
    Check::fail(
        CheckName::Time,
        format!("{member} is missing or not a date and time with a time zone"),
        Problem::MALFORMED_VALUE_ERROR,
    )
}
