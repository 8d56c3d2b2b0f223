//! Single values that are not written as the standard wants them.

use jiff::{Timestamp, civil, tz::TimeZone};
use uuid::Uuid;

use super::shape::RELATIONS;
use crate::kernel::json::{self, Json, ParseOptions};
use crate::kernel::text::has_form;

/// A value as the standard has it.
pub(super) enum Fit {
    /// It is so already.
    Same(Json),
    /// It was made so.
    Made(Json),
    /// There is no telling what it should be.
    Not(Json),
}

/// A string: of numbers and truth values their text.
pub(super) fn text(value: Json) -> Fit {
    match value {
        Json::String(_) => Fit::Same(value),
        Json::Number(_) | Json::Bool(_) => Fit::Made(value.to_text().into()),
        other => Fit::Not(other),
    }
}

/// A UUID in its hyphenated lower-case form.
pub(super) fn uuid(value: Json) -> Fit {
    let read = value.as_str().and_then(|text| Uuid::try_parse(text).ok());
    match read.map(|id| id.to_string()) {
        Some(id) if value.as_str() == Some(&id) => Fit::Same(value),
        Some(id) => Fit::Made(id.into()),
        None => Fit::Not(value),
    }
}

/// A URI: any text that is not blank.
pub(super) fn uri(value: Json) -> Fit {
    match value.as_str() {
        Some(text) if !text.trim().is_empty() => Fit::Same(value),
        _ => Fit::Not(value),
    }
}

/// A date and time with its offset; without one it is taken as UTC, a date as its first moment.
pub(super) fn time(value: Json) -> Fit {
    let Some(text) = value.as_str() else {
        return Fit::Not(value);
    };
    let read = moment(text);
    match read {
        Some(_) if is_rfc3339(text) => Fit::Same(value),
        Some(moment) => Fit::Made(moment.to_string().into()),
        None => Fit::Not(value),
    }
}

/// The moment that a text tells, in any of the ways that are met.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let local = || {
        let at = text.parse::<civil::DateTime>().ok();
        let day = || Some(text.parse::<civil::Date>().ok()?.at(0, 0, 0, 0));
        at.or_else(day)?.to_zoned(TimeZone::UTC).ok()
    };
    let told = text.parse::<Timestamp>().ok();
    told.or_else(|| Some(local()?.timestamp()))
}

/// Whether a time is written as RFC 3339, section 5.6, has it.
fn is_rfc3339(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else {
        return false;
    };
    let Some(at) = time.find(['Z', '+', '-']) else {
        return false;
    };
    let (clock, offset) = time.split_at(at);
    let (clock, fraction) = match clock.split_once('.') {
        Some((clock, fraction)) => (clock, fraction),
        None => (clock, "0"),
    };
    has_form(date, "dddd-dd-dd")
        && has_form(clock, "dd:dd:dd")
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
        && (offset == "Z" || has_form(offset, "+dd:dd") || has_form(offset, "-dd:dd"))
}

/// A date: of a time its day.
pub(super) fn date(value: Json) -> Fit {
    let Some(text) = value.as_str() else {
        return Fit::Not(value);
    };
    let day = text.get(..10).unwrap_or_default();
    let is_day = day.parse::<civil::Date>().is_ok();
    match is_day && (text.len() == day.len() || moment(text).is_some()) {
        true if text.len() == day.len() => Fit::Same(value),
        true => Fit::Made(day.into()),
        false => Fit::Not(value),
    }
}

/// A whole number, or the digits of one.
pub(super) fn whole(value: Json) -> Fit {
    if value.as_i64().is_some() {
        return Fit::Same(value);
    }
    match value.as_str().and_then(|text| text.trim().parse().ok()) {
        Some(number) => Fit::Made(Json::Number(i64::into(number))),
        None => Fit::Not(value),
    }
}

/// A number, or the digits of one.
pub(super) fn number(value: Json) -> Fit {
    if matches!(value, Json::Number(_)) {
        return Fit::Same(value);
    }
    let digits = value.as_str().map(|text| text.trim().as_bytes().to_vec());
    let read = digits.and_then(|digits| json::parse(&digits, &ParseOptions::default()).ok());
    match read {
        Some(number @ Json::Number(_)) => Fit::Made(number),
        _ => Fit::Not(value),
    }
}

/// Strings: one alone is a list of it; those that are null are left out.
pub(super) fn texts(value: Json) -> Fit {
    let items = match value {
        Json::String(_) => return Fit::Made(vec![value].into()),
        Json::Array(items) => items,
        other => return Fit::Not(other),
    };
    if items.iter().all(|item| item.as_str().is_some()) {
        return Fit::Same(items.into());
    }
    if items
        .iter()
        .any(|item| matches!(item, Json::Array(_) | Json::Object(_)))
    {
        return Fit::Not(items.into());
    }
    let told = items.into_iter().filter(|item| !item.is_null());
    let told: Vec<Json> = told
        .map(|item| match text(item) {
            Fit::Same(item) | Fit::Made(item) | Fit::Not(item) => item,
        })
        .collect();
    Fit::Made(told.into())
}

/// How two things are related: another word than the standard's is an extension.
pub(super) fn relation(value: Json) -> Fit {
    extended(value, &RELATIONS)
}

/// Where the target of a link lives.
pub(super) fn target(value: Json) -> Fit {
    extended(value, &["CASE"])
}

fn extended(value: Json, known: &[&str]) -> Fit {
    let Some(text) = value.as_str() else {
        return Fit::Not(value);
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let own = text.strip_prefix("ext:");
    if known.contains(&text) || own.is_some_and(|own| !own.is_empty() && own.chars().all(fits)) {
        return Fit::Same(value);
    }
    if let Some(meant) = known
        .iter()
        .find(|known| known.eq_ignore_ascii_case(text.trim()))
    {
        return Fit::Made((*meant).into());
    }
    let name: String = own.unwrap_or(text).chars().filter(|c| fits(*c)).collect();
    if name.is_empty() {
        return Fit::Not(value);
    }
    Fit::Made(format!("ext:{name}").into())
}

/// The first UUID that stands in a text, such as the last part of a URL.
pub(super) fn uuid_in(text: &str) -> Option<Uuid> {
    text.split(|c: char| !c.is_ascii_hexdigit() && c != '-')
        .filter(|part| part.len() == 36)
        .find_map(|part| Uuid::try_parse(part).ok())
}
