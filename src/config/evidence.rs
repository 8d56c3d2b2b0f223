//! What the settings say of uploaded evidence.

use super::{ConfigError, wrong};
use crate::assessment::files::{DEFAULT_MAX_BYTES, Limits};

/// Files that are larger could not tell their size over GraphQL, whose `Int` has 32 bits.
const MOST_BYTES: u64 = i32::MAX as u64;

/// Checks and completes what is set.
pub(super) fn limits(
    max_bytes: Option<u64>,
    types: Option<Vec<String>>,
) -> Result<Limits, ConfigError> {
    let max_bytes = max_bytes.unwrap_or(DEFAULT_MAX_BYTES);
    if !(1..=MOST_BYTES).contains(&max_bytes) {
        let remedy = format!("give 1 to {MOST_BYTES} bytes");
        return Err(wrong("evidence-max-bytes", remedy));
    }
    let Some(types) = types else {
        return Ok(Limits {
            max_bytes,
            ..Limits::default()
        });
    };
    let types: Vec<_> = types
        .iter()
        .map(|t| t.trim().to_ascii_lowercase())
        .collect();
    if types.is_empty() || !types.iter().all(|t| is_media_type(t)) {
        let remedy = "give media types such as application/pdf, without parameters";
        return Err(wrong("evidence-types", remedy));
    }
    Ok(Limits { max_bytes, types })
}

/// A type and a subtype, each a token (RFC 9110, sections 5.6.2 and 8.3.1).
fn is_media_type(text: &str) -> bool {
    let is_token = |part: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || "!#$%&'+-.^_`|~".contains(c);
        !part.is_empty() && part.chars().all(fits)
    };
    text.split_once('/')
        .is_some_and(|(kind, sub)| is_token(kind) && is_token(sub))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_checked_and_the_rest_completed() {
        let types = |list: &[&str]| Some(list.iter().map(|t| (*t).to_owned()).collect());
        assert_eq!(limits(None, None).unwrap(), Limits::default());
        let set = limits(Some(1), types(&[" Application/PDF"])).unwrap();
        assert_eq!(
            (set.max_bytes, set.types.as_slice()),
            (1, &["application/pdf".to_owned()][..])
        );
        for (bytes, list) in [
            (Some(0), None),
            (Some(u64::MAX), None),
            (None, types(&[])),
            (None, types(&["pdf"])),
            (None, types(&["*/*"])),
            (None, types(&["text/plain; charset=utf-8"])),
            (None, types(&["text/plain\r\nx: y"])),
        ] {
            assert!(limits(bytes, list.clone()).is_err(), "{bytes:?} {list:?}");
        }
    }
}
