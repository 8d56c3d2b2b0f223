//! The validity period.

use jiff::Timestamp;

use super::report::{Check, CheckName, Problem};
use crate::credential::instant::instant;
use crate::kernel::json::Json;

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
    let out_of_range = |reason: String| Check::fail(name, reason, Problem::RANGE_ERROR);
    match (from, until.into_iter().chain(exp).min()) {
        (Some(from), Some(end)) if end < from => {
            out_of_range(format!("it ends at {end}, before it begins at {from}"))
        }
        (Some(from), _) if now < from => out_of_range(format!("it is not valid before {from}")),
        (_, Some(end)) if now >= end => out_of_range(format!("it expired at {end}")),
        (Some(from), Some(end)) => Check::pass(name, format!("valid from {from} until {end}")),
        (Some(from), None) => Check::pass(name, format!("valid from {from}, without an end")),
        (None, Some(end)) => Check::pass(name, format!("valid until {end}")),
        (None, None) => Check::pass(name, "it names no time from or until which it is valid"),
    }
}

fn malformed(member: &str) -> Check {
    Check::fail(
        CheckName::Time,
        format!("{member} is missing or not a date and time with a time zone"),
        Problem::MALFORMED_VALUE_ERROR,
    )
}

/// Whether `now` lies between the `nbf` and `exp` of a JWT presentation, where it has them
/// (RFC 7519, sections 4.1.4 and 4.1.5).
pub(super) fn check_claims(presentation: &Json, now: Timestamp) -> Check {
    let name = CheckName::Time;
    let claim = |claim: &str| match presentation.get(claim) {
        None => Ok(None),
        Some(value) => match value.as_i64().map(Timestamp::from_second) {
            Some(Ok(at)) => Ok(Some(at)),
            _ => Err(malformed(claim)),
        },
    };
    match (claim("nbf"), claim("exp")) {
        (Err(check), _) | (_, Err(check)) => check,
        (Ok(Some(from)), _) if now < from => Check::fail(
            name,
            format!("it is not valid before {from}"),
            Problem::RANGE_ERROR,
        ),
        (_, Ok(Some(end))) if now >= end => {
            Check::fail(name, format!("it expired at {end}"), Problem::RANGE_ERROR)
        }
        _ => Check::pass(name, "its claims set no other time"),
    }
}
