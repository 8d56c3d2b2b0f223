//! The canonical form of [`Json`] (JSON Canonicalization Scheme, RFC 8785).
//!
//! serde_json_canonicalizer is the reference, and writes what is not ours. [`Json`] holds each name
//! once and nearly all its numbers as plain integers, so that its form can be written directly,
//! in a fraction of the time; tests hold the two equal.

use serde_json::{Number, Value};

use super::Json;
use super::number::MAX_SAFE;

/// The canonical form of any serde_json value.
///
/// Whole numbers beyond 2^53 - 1, which strict JSON does not have, are written as the nearest
/// double, as the RFC demands.
#[must_use]
pub fn canonical(value: &Value) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value)
        .expect("unique string keys and finite numbers always have a canonical form")
}

/// The canonical form of the object with these members, whose names differ: of a document in part,
/// or with one member in place of another, without a copy of it.
#[must_use]
pub fn canonical_members<'a>(members: impl Iterator<Item = (&'a str, &'a Json)>) -> String {
    let mut out = Vec::new();
    write_members(members, &mut out);
    String::from_utf8(out).expect("JSON text made of strings is UTF-8")
}

/// Appends the canonical form of `json`.
pub(super) fn write(json: &Json, out: &mut Vec<u8>) {
    match json {
        Json::Null => out.extend_from_slice(b"null"),
        Json::Bool(true) => out.extend_from_slice(b"true"),
        Json::Bool(false) => out.extend_from_slice(b"false"),
        Json::Number(number) => write_number(number, out),
        Json::String(text) => write_string(text, out),
        Json::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write(item, out);
            }
            out.push(b']');
        }
        Json::Object(object) => write_members(object.iter(), out),
    }
}

/// Appends the canonical form of the object with these members, whose names differ.
pub(super) fn write_members<'a>(
    members: impl Iterator<Item = (&'a str, &'a Json)>,
    out: &mut Vec<u8>,
) {
    let mut members: Vec<(&str, &Json)> = members.collect();
    // RFC 8785, section 3.2.3: by UTF-16 code units.
    members.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
    out.push(b'{');
    for (index, (name, value)) in members.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_string(name, out);
        out.push(b':');
        write(value, out);
    }
    out.push(b'}');
}

fn write_string(text: &str, out: &mut Vec<u8>) {
    // serde_json escapes just what RFC 8785, section 3.2.2.2, escapes, and in the same form.
    serde_json::to_writer(out, text).expect("writing a string to memory cannot fail");
}

fn write_number(number: &Number, out: &mut Vec<u8>) {
    match number.as_i64() {
        Some(whole) if whole.unsigned_abs() <= MAX_SAFE => {
            out.extend_from_slice(whole.to_string().as_bytes());
        }
        _ => serde_json_canonicalizer::to_writer(number, out)
            .expect("a finite number always has a canonical form"),
    }
}
