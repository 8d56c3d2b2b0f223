//! Strict JSON: what is read means the same to every reader.
//!
//! Text is accepted only if it is I-JSON (RFC 7493): UTF-8 without lone surrogates, no member name
//! twice in one object, and only numbers that an IEEE 754 double holds exactly as they are written.
//! Whatever passes has one canonical form (RFC 8785), and that form passes again.

mod canonical;
mod convert;
mod error;
mod number;
mod object;
mod parse;
#[cfg(test)]
mod tests;
mod visitor;

use serde_json::Number;

pub use canonical::{canonical, canonical_members};
pub use error::{JsonError, JsonErrorKind};
pub use object::Object;
pub use parse::{ParseOptions, parse};
#[cfg(test)]
pub(crate) use tests::any_json;

/// A JSON value whose objects keep the order of their members.
///
/// A number is held as RFC 8785 would write it (`1.0` and `1` are the same), so that equal values
/// compare equal. Equality of objects heeds the order of members; compare [`canonical`] forms
/// where it must not count.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A finite number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(Object),
}

impl Json {
    /// The member `name` of an object; `None` if there is none or this is no object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.as_object()?.get(name)
    }

    /// The value at a JSON Pointer (RFC 6901); the empty pointer is the value itself.
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Json> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer
            .strip_prefix('/')?
            .split('/')
            .try_fold(self, |at, token| match at {
                Json::Object(object) if token.contains('~') => {
                    object.get(&token.replace("~1", "/").replace("~0", "~"))
                }
                Json::Object(object) => object.get(token),
                Json::Array(items) if token == "0" || !token.starts_with(['0', '+']) => {
                    items.get(token.parse::<usize>().ok()?)
                }
                _ => None,
            })
    }

    /// The string, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Json::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// The number, if this is a whole one of at least 0.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Json::Number(number) => number.as_u64(),
            _ => None,
        }
    }

    /// The number, if this is a whole one.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Json::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// The items, if this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Json]> {
        match self {
            Json::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members, if this is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }

    /// True for `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Json::Null)
    }

    /// What kind of value this is, for messages: `a string`, `an object` and so on.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Bool(_) => "true or false",
            Json::Number(_) => "a number",
            Json::String(_) => "a string",
            Json::Array(_) => "an array",
            Json::Object(_) => "an object",
        }
    }

    /// The canonical form (RFC 8785) of this value.
    #[must_use]
    pub fn canonical(&self) -> Vec<u8> {
        let mut out = Vec::new();
        canonical::write(self, &mut out);
        out
    }

    /// This value as compact JSON text, members in their order.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).expect("string keys and finite numbers always serialize")
    }
}

/// One name or index as a reference token of a JSON Pointer (RFC 6901, section 3), with its slash.
#[must_use]
pub fn pointer_token(token: &str) -> String {
    format!("/{}", token.replace('~', "~0").replace('/', "~1"))
}
