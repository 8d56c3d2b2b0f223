//! From bytes to [`Json`], through serde_json's reader and a visitor that refuses what is not strict.

use serde::de::DeserializeSeed as _;
use serde_json::error::Category;

use crate::kernel::text::excerpt;

use super::visitor::{Refusal, ValueSeed, Walk};
use super::{Json, JsonError, JsonErrorKind, pointer_token};

/// The deepest nesting that can be asked for: serde_json's reader stops at 128 to save the stack.
const DEEPEST: usize = 120;

/// How many characters of a member name are shown.
const SHOWN_CHARS: usize = 200;

/// What [`parse`] accepts beyond the bare rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseOptions {
    /// How many arrays and objects may be nested; never more than 120, whatever is asked.
    pub max_depth: usize,
    /// Whether the bytes may begin with a UTF-8 byte order mark, which is then skipped
    /// (RFC 8259, section 8.1, allows a reader to).
    pub allow_bom: bool,
}

impl Default for ParseOptions {
    /// 64 levels, no byte order mark.
    fn default() -> Self {
        ParseOptions {
            max_depth: 64,
            allow_bom: false,
        }
    }
}

/// Reads one JSON document from bytes, strictly (I-JSON, RFC 7493).
///
/// # Errors
/// The first rule broken, with its place: bytes that are not UTF-8, broken grammar, lone
/// surrogates, content after the value, a member name twice in an object, nesting beyond
/// `options.max_depth`, a number that a double does not hold exactly as written (whole numbers
/// beyond 2^53 - 1 in magnitude included, in any notation).
pub fn parse(bytes: &[u8], options: &ParseOptions) -> Result<Json, JsonError> {
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?;
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) if options.allow_bom => rest,
        Some(_) => return Err(byte_order_mark()),
        None => text,
    };
    let mut walk = Walk::new(text, options.max_depth.min(DEEPEST));
    let mut reader = serde_json::Deserializer::from_str(text);
    ValueSeed(&mut walk)
        .deserialize(&mut reader)
        .and_then(|json| reader.end().map(|()| json))
        .map_err(|error| explain(walk, &error))
}

/// serde's error, or our refusal in its place, with the way to it.
fn explain(walk: Walk<'_>, error: &serde_json::Error) -> JsonError {
    let (line, column) = (error.line(), error.column());
    let refusal = walk.refusal.unwrap_or_else(|| {
        let text = error.to_string();
        let place = format!(" at line {line} column {column}");
        let message = text.strip_suffix(&place).unwrap_or(&text).to_owned();
        let remedy = match error.classify() {
            Category::Eof => "the text ends too early: supply the whole document",
            _ => "correct the JSON text at this place",
        };
        Refusal {
            kind: JsonErrorKind::Syntax,
            message,
            remedy,
        }
    });
    JsonError {
        kind: refusal.kind,
        line,
        column,
        path: walk
            .trail
            .iter()
            .rev()
            .map(|token| pointer_token(&excerpt(token, SHOWN_CHARS)))
            .collect(),
        message: refusal.message,
        remedy: refusal.remedy.to_owned(),
    }
}

fn not_utf8(bytes: &[u8], offset: usize) -> JsonError {
    let before = bytes.get(..offset).unwrap_or_default();
    JsonError {
        kind: JsonErrorKind::Encoding,
        line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
        column: before
            .iter()
            .rev()
            .take_while(|byte| **byte != b'\n')
            .count()
            + 1,
        path: String::new(),
        message: format!("the bytes are not UTF-8 from byte offset {offset} on"),
        remedy: "save the file as UTF-8".to_owned(),
    }
}

fn byte_order_mark() -> JsonError {
    JsonError {
        kind: JsonErrorKind::Encoding,
        line: 1,
        column: 1,
        path: String::new(),
        message: "the text begins with a byte order mark".to_owned(),
        remedy: "save it as UTF-8 without a byte order mark".to_owned(),
    }
}
