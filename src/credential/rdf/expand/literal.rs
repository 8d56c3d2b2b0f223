//! Literals and their lexical forms (JSON-LD 1.1 API, section 8.6).

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::credential::rdf::quad::{LiteralKind, Term};
use crate::kernel::json::Json;

const I18N: &str = "https://www.w3.org/ns/i18n#";
const RDF_JSON: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON";
const RDF_LANG_STRING: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
const XSD_BOOLEAN: &str = "http://www.w3.org/2001/XMLSchema#boolean";
const XSD_DOUBLE: &str = "http://www.w3.org/2001/XMLSchema#double";
const XSD_INTEGER: &str = "http://www.w3.org/2001/XMLSchema#integer";
const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

/// A JSON literal: the canonical form (RFC 8785) of any value.
pub(super) fn json(value: &Json) -> Term<'static> {
    let canonical = String::from_utf8(value.canonical()).expect("canonical JSON is UTF-8");
    Term::Literal {
        lexical: Cow::Owned(canonical),
        kind: LiteralKind::Datatype(Cow::Borrowed(RDF_JSON)),
    }
}

/// A string, in a language where one is given.
pub(super) fn text<'a>(text: &'a str, language: Option<&'a str>) -> Term<'a> {
    match language {
        None => Term::Literal {
            lexical: Cow::Borrowed(text),
            kind: LiteralKind::Plain,
        },
        Some(tag) if tag.bytes().any(|byte| byte.is_ascii_uppercase()) => {
            tagged(text, Cow::Owned(tag.to_ascii_lowercase()))
        }
        Some(tag) => tagged(text, Cow::Borrowed(tag)),
    }
}

/// A string in a language, whose tag is in lower case.
pub(super) fn tagged<'a>(text: &'a str, language: Cow<'a, str>) -> Term<'a> {
    Term::Literal {
        lexical: Cow::Borrowed(text),
        kind: LiteralKind::Language(language),
    }
}

/// A string that is written in a direction, perhaps in a language (JSON-LD 1.1 API, section 8.2.2,
/// `i18n-datatype`): the direction is signed, too.
pub(super) fn directed<'a>(text: &'a str, language: &str, direction: &str) -> Term<'a> {
    let language = language.to_ascii_lowercase();
    Term::Literal {
        lexical: Cow::Borrowed(text),
        kind: LiteralKind::Datatype(Cow::Owned(format!("{I18N}{language}_{direction}"))),
    }
}

/// A string, number or truth value of the datatype, or of its own; the problem, if it has none.
pub(super) fn typed<'a>(
    value: &'a Json,
    datatype: Option<&Cow<'a, str>>,
) -> Result<Term<'a>, &'static str> {
    if datatype.is_some_and(|datatype| datatype == RDF_LANG_STRING) {
        return Err("a text of this datatype needs its language; write @language instead of @type");
    }
    let as_double = datatype.is_some_and(|datatype| datatype == XSD_DOUBLE);
    let (lexical, own) = match value {
        Json::Bool(true) => (Cow::Borrowed("true"), XSD_BOOLEAN),
        Json::Bool(false) => (Cow::Borrowed("false"), XSD_BOOLEAN),
        Json::String(text) if as_double => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => (Cow::Owned(double(number)), XSD_DOUBLE),
            _ => return Err("no number, as its datatype demands; write one"),
        },
        Json::String(text) => (Cow::Borrowed(text.as_str()), XSD_STRING),
        Json::Number(number) => match number.as_i64() {
            Some(whole) if !as_double => (Cow::Owned(whole.to_string()), XSD_INTEGER),
            _ => match number.as_f64() {
                Some(whole) if !as_double && whole.fract() == 0.0 && whole.abs() < 1e21 => {
                    (Cow::Owned(format!("{whole:.0}")), XSD_INTEGER)
                }
                Some(number) if as_double || !is_misread(number) => {
                    (Cow::Owned(double(number)), XSD_DOUBLE)
                }
                _ => return Err("a number that others read as 0; write it as a string"),
            },
        },
        _ => return Err("no value; write a string, a number, true or false"),
    };
    let datatype = datatype.cloned().unwrap_or(Cow::Borrowed(own));
    Ok(Term::Literal {
        lexical,
        kind: match datatype.as_ref() {
            XSD_STRING => LiteralKind::Plain,
            _ => LiteralKind::Datatype(datatype),
        },
    })
}

/// Whether JavaScript writes the number, which is no whole one, without a point, like `1e-7`:
/// widespread implementations take such a number for a whole one, and sign 0.
fn is_misread(number: f64) -> bool {
    number.abs() < 1e-6 && !format!("{number:e}").contains('.')
}

/// The canonical form of an `xsd:double` (XML Schema 1.1 Part 2, section 3.3.5): 16 digits at most,
/// halves rounded away from zero, as JavaScript does.
fn double(number: f64) -> String {
    let rounded = half_rounded_up(number).unwrap_or_else(|| format!("{number:.15e}"));
    let (mantissa, exponent) = rounded.split_once('e').unwrap_or((&rounded, "0"));
    let digits = mantissa.trim_end_matches('0');
    let zero = if digits.ends_with('.') { "0" } else { "" };
    format!("{digits}{zero}E{exponent}")
}

/// A number that lies just between two of 16 digits, as the larger of them; Rust takes the even one.
fn half_rounded_up(number: f64) -> Option<String> {
    const UNIT: u64 = 10_u64.pow(15);
    let exact = format!("{number:.40e}");
    let (mantissa, exponent) = exact.split_once('e')?;
    let digits: String = mantissa
        .trim_end_matches('0')
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    if digits.len() != 17 || !digits.ends_with('5') {
        return None;
    }
    let larger = digits.parse::<u64>().ok()? / 10 + 1;
    let sign = if number < 0.0 { "-" } else { "" };
    if larger == 10 * UNIT {
        let exponent = exponent.parse::<i32>().ok()? + 1;
        return Some(format!("{sign}1.0e{exponent}"));
    }
    let (whole, fraction) = (larger / UNIT, larger % UNIT);
    Some(format!("{sign}{whole}.{fraction:015}e{exponent}"))
}
