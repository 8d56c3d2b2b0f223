//! Row ids, and the global ids by which GraphQL names any object.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use uuid::Uuid;

use super::rng::{self, Rng};

/// A `UUIDv7` (RFC 9562 §5.7): ordered by time, unguessable in its last 74 bits.
#[must_use]
pub fn v7(now: Timestamp, rng: &dyn Rng) -> Uuid {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &rng::bytes(rng)).into_uuid()
}

/// A `UUIDv4` (RFC 9562 §5.4): random, telling nothing about when it was made.
#[must_use]
pub fn v4(rng: &dyn Rng) -> Uuid {
    uuid::Builder::from_random_bytes(rng::bytes(rng)).into_uuid()
}

/// An id as canonical URLs write it (RFC 9562 §4: hyphenated, lower case); other ways of writing
/// it name nothing, so that each thing has one address.
#[must_use]
pub fn canonical(text: &str) -> Option<Uuid> {
    let id = Uuid::try_parse(text).ok()?;
    (id.to_string() == text).then_some(id)
}

/// An id as others may write it (RFC 9562 §4: hyphenated, in either case), as JSON Schema's format
/// `uuid` has it.
#[must_use]
pub fn hyphenated(text: &str) -> Option<Uuid> {
    const CHARS: usize = 36;
    let id = Uuid::try_parse(text).ok()?;
    (text.len() == CHARS).then_some(id)
}

/// An opaque id that names one object among all types (Relay's `Node.id`).
#[must_use]
pub fn global(kind: &str, id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(format!("{kind}:{}", id.simple()))
}

/// Reads a global id back into its type name and row id; `None` when it is none.
#[must_use]
pub fn parse_global(global: &str) -> Option<(String, Uuid)> {
    let bytes = URL_SAFE_NO_PAD.decode(global).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (kind, id) = text.split_once(':')?;
    Some((kind.to_owned(), Uuid::try_parse(id).ok()?))
}

#[cfg(test)]
mod tests {
    use super::super::rng::SystemRng;
    use super::*;

    #[test]
    fn v7_sorts_by_time() {
        let early = v7("2026-01-01T00:00:00Z".parse().unwrap(), &SystemRng);
        let late = v7("2026-01-01T00:00:00.001Z".parse().unwrap(), &SystemRng);
        assert!(early < late);
        assert_eq!(early.get_version_num(), 7);
        assert_eq!(v4(&SystemRng).get_version_num(), 4);
    }

    #[test]
    fn global_ids_round_trip_and_reject_noise() {
        let id = v4(&SystemRng);
        assert_eq!(
            parse_global(&global("Statement", id)),
            Some(("Statement".to_owned(), id))
        );
        for noise in [
            "",
            "!!",
            "U3RhdGVtZW50",
            &URL_SAFE_NO_PAD.encode("Statement:xyz"),
        ] {
            assert_eq!(parse_global(noise), None, "{noise}");
        }
    }
}
