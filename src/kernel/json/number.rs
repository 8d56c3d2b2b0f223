//! Numbers that every reader understands alike (RFC 7493, section 2.2; RFC 8785, section 3.2.2.3).

use serde_json::Number;

use crate::kernel::text::excerpt;

/// How many characters of a number are shown.
const SHOWN_CHARS: usize = 40;

/// The largest whole number that a double and all its neighbours hold exactly: 2^53 - 1.
pub(super) const MAX_SAFE: u64 = (1 << 53) - 1;

/// The number in the one form we hold it in: whole ones as integers, with no negative zero.
pub(super) fn plain(number: Number) -> Number {
    match number.as_f64() {
        Some(value) if number.is_f64() && is_safe_integer(value) => whole(value),
        _ => number,
    }
}

/// A double as the number that `literal`, its text in the document, says, or why it is not.
pub(super) fn from_double(value: f64, literal: &str) -> Result<Number, String> {
    if value.fract() == 0.0 && !is_safe_integer(value) {
        return Err(beyond(literal));
    }
    let shortest = format!("{value:e}");
    let written = decimal(literal);
    if written != decimal(&shortest) && !is_ecmascript(value, &written) {
        return Err(format!(
            "the number {} is not held exactly: a double reads it as {shortest}",
            excerpt(literal, SHOWN_CHARS)
        ));
    }
    if is_safe_integer(value) {
        return Ok(whole(value));
    }
    Number::from_f64(value).ok_or_else(|| beyond(literal))
}

/// Whether this is how ECMAScript, and so RFC 8785, writes the double: of two shortest forms that
/// lie equally near it takes another one than Rust.
fn is_ecmascript(value: f64, written: &Option<(bool, String, i64)>) -> bool {
    let text = serde_json_canonicalizer::to_string(&value);
    text.is_ok_and(|text| decimal(&text) == *written)
}

/// The complaint about a whole number that is too large.
pub(super) fn beyond(literal: &str) -> String {
    format!(
        "the number {} is a whole number beyond {MAX_SAFE} (2^53 - 1)",
        excerpt(literal, SHOWN_CHARS)
    )
}

fn is_safe_integer(value: f64) -> bool {
    value.fract() == 0.0 && value.abs() <= MAX_SAFE as f64
}

fn whole(value: f64) -> Number {
    Number::from(value as i64)
}

/// A decimal literal as its sign, its digits without zeros at either end, and the power of ten of
/// the last digit; zero has no digits. `None` if the exponent is beyond any number.
fn decimal(literal: &str) -> Option<(bool, String, i64)> {
    let (negative, literal) = match literal.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, literal),
    };
    let (mantissa, exponent) = literal.split_once(['e', 'E']).unwrap_or((literal, "0"));
    let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{before}{after}");
    let digits = all.trim_start_matches('0').trim_end_matches('0');
    if digits.is_empty() {
        return Some((negative, String::new(), 0));
    }
    let zeros = all.len() - all.trim_end_matches('0').len();
    let exponent: i64 = exponent.parse().ok()?;
    let shift = i64::try_from(zeros).ok()? - i64::try_from(after.len()).ok()?;
    Some((negative, digits.to_owned(), exponent.checked_add(shift)?))
}

/// Finds the number literals of a JSON text one after another.
///
/// The JSON reader hands over numbers as doubles only; this gives back what was written. It looks
/// at nothing but strings and numbers, and follows the reader only over text that the reader has
/// accepted.
pub(super) struct Literals<'a> {
    text: &'a str,
    at: usize,
    taken: usize,
}

impl<'a> Literals<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Literals {
            text,
            at: 0,
            taken: 0,
        }
    }

    /// The number literal with this count from 0; counts only ever rise between calls.
    pub(super) fn nth(&mut self, count: usize) -> Option<&'a str> {
        loop {
            let literal = self.next()?;
            self.taken += 1;
            if self.taken > count {
                return Some(literal);
            }
        }
    }

    fn next(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at)? {
                b'"' => self.skip_string(bytes),
                b'-' | b'0'..=b'9' => {
                    let start = self.at;
                    while let Some(b'+' | b'-' | b'.' | b'e' | b'E' | b'0'..=b'9') =
                        bytes.get(self.at)
                    {
                        self.at += 1;
                    }
                    return self.text.get(start..self.at);
                }
                _ => self.at += 1,
            }
        }
    }

    fn skip_string(&mut self, bytes: &[u8]) {
        self.at += 1;
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
    }
}
