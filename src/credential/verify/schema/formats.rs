//! The forms of strings.

use jiff::civil::Date;

use super::class::{Format, Position};
use super::uri::is_uri;
use crate::credential::CREDENTIALS_CONTEXT;
use crate::credential::instant::instant;

/// Whether the text has the form.
pub(super) fn is(format: Format, text: &str) -> bool {
    match format {
        Format::Uri => is_uri(text),
        Format::DataUrl => {
            text.strip_prefix("data:")
                .is_some_and(|rest| rest.contains(','))
                && is_uri(text)
        }
        Format::Moment => instant(text).is_some(),
        Format::Day => is_day(text),
        Format::Email => is_email(text),
        Format::Tag => is_tag(text),
        Format::Jws => is_jws(text),
        Format::Integrity => is_integrity(text),
    }
}

/// Whether the URL is a context for that place: for those that have versions, in any version.
pub(super) fn is_context(position: Position, url: &str) -> bool {
    let (base, major) = match position {
        Position::Credentials => return url == CREDENTIALS_CONTEXT,
        Position::OpenBadges => ("https://purl.imsglobal.org/spec/ob/v3p0/context", b'3'),
        Position::Clr => ("https://purl.imsglobal.org/spec/clr/v2p0/context", b'2'),
    };
    let version = url
        .strip_prefix(base)
        .and_then(|rest| rest.strip_suffix(".json"));
    match version.map(str::as_bytes) {
        Some([]) => true,
        Some([b'-', first, b'.', minor, b'.', patch]) => {
            *first == major && minor.is_ascii_digit() && patch.is_ascii_digit()
        }
        _ => false,
    }
}

/// Whether the name is an extension of an enumeration: `ext:` and a name.
pub(super) fn is_extension(text: &str) -> bool {
    text.strip_prefix("ext:")
        .and_then(|name| name.bytes().next())
        .is_some_and(|first| first.is_ascii_alphanumeric() || b"|._".contains(&first))
}

/// Whether the key of a map of languages is `xx` or `xx-XX`.
pub(super) fn is_short_tag(tag: &str) -> bool {
    let (language, region) = match tag.split_once('-') {
        Some((language, region)) => (language, Some(region)),
        None => (tag, None),
    };
    language.len() == 2
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && region.is_none_or(|region| {
            region.len() == 2 && region.bytes().all(|b| b.is_ascii_uppercase())
        })
}

/// Whether the text has the shape of a language tag (BCP 47): parts of one to eight letters or
/// digits, the first of letters alone.
pub(super) fn is_any_tag(tag: &str) -> bool {
    tag.split('-').enumerate().all(|(nth, part)| {
        (1..=8).contains(&part.len())
            && part.bytes().all(|b| match nth {
                0 => b.is_ascii_alphabetic(),
                _ => b.is_ascii_alphanumeric(),
            })
    })
}

/// Language of two to four small letters, perhaps a script (`Latn`), perhaps a region (`US`, `419`).
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    if !((2..=4).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase())) {
        return false;
    }
    let mut part = parts.next();
    if part.is_some_and(is_script) {
        part = parts.next();
    }
    part.is_none_or(is_region) && parts.next().is_none()
}

fn is_script(part: &str) -> bool {
    match part.as_bytes() {
        [first, rest @ ..] => {
            rest.len() == 3 && first.is_ascii_uppercase() && rest.iter().all(u8::is_ascii_lowercase)
        }
        [] => false,
    }
}

fn is_region(part: &str) -> bool {
    match part.len() {
        2 => part.bytes().all(|b| b.is_ascii_uppercase()),
        3 => part.bytes().all(|b| b.is_ascii_digit()),
        _ => false,
    }
}

fn is_day(text: &str) -> bool {
    let shaped = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    shaped && text.parse::<Date>().is_ok()
}

fn is_email(text: &str) -> bool {
    let plain = |c: char| !c.is_whitespace() && !c.is_control();
    text.rsplit_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && !domain.is_empty() && text.chars().all(plain)
    })
}

/// Three parts of base64url; the middle one is empty when the payload is detached.
fn is_jws(text: &str) -> bool {
    let is_base64url = |part: &str| {
        part.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let mut parts = text.split('.');
    let whole = matches!(
        (parts.next(), parts.next(), parts.next(), parts.next()),
        (Some(header), Some(_), Some(signature), None)
            if !header.is_empty() && !signature.is_empty()
    );
    whole && text.split('.').all(is_base64url)
}

fn is_integrity(text: &str) -> bool {
    let mut digests = text.split_ascii_whitespace().peekable();
    digests.peek().is_some()
        && digests.all(|digest| {
            let digest = digest.split_once('?').map_or(digest, |(digest, _)| digest);
            digest
                .split_once('-')
                .is_some_and(|(algorithm, value)| match algorithm {
                    "sha256" => is_base64_of(value, 32),
                    "sha384" => is_base64_of(value, 48),
                    "sha512" => is_base64_of(value, 64),
                    _ => false,
                })
        })
}

/// Whether the text is the padded base64 of so many bytes.
fn is_base64_of(text: &str, bytes: usize) -> bool {
    let digits = text.trim_end_matches('=');
    text.len() == bytes.div_ceil(3) * 4
        && digits.len() == (bytes * 4).div_ceil(3)
        && digits
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/')
}
