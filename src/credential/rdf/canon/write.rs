//! Canonical N-Quads (RDFC-1.0, appendix A): one way to write each character.

use std::fmt::Write as _;
use std::ops::BitOr as _;

use super::lines::{Gap, Gaps};
use crate::credential::rdf::quad::{LiteralKind, Quad, Resource, Term};

const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

/// Appends the line of `quad` to `out`, without the names of its blank nodes; says which are
/// missing.
pub(super) fn push_quad(out: &mut String, quad: &Quad<'_>) -> Gaps {
    let start = out.len();
    let gap = |out: &String, &blank: &u32| {
        let at = out.len() - start;
        Some(Gap { at, blank })
    };
    let mut gaps = [None; 3];
    let [subject, object, graph] = &mut gaps;
    match &quad.subject {
        Resource::Iri(iri) => push_iri(out, iri),
        Resource::Blank(blank) => *subject = gap(out, blank),
    }
    out.push(' ');
    push_iri(out, &quad.predicate);
    out.push(' ');
    match &quad.object {
        Term::Iri(iri) => push_iri(out, iri),
        Term::Blank(blank) => *object = gap(out, blank),
        Term::Literal { lexical, kind } => push_literal(out, lexical, kind),
    }
    out.push(' ');
    match &quad.graph {
        Some(Resource::Iri(iri)) => {
            push_iri(out, iri);
            out.push(' ');
        }
        Some(Resource::Blank(blank)) => {
            *graph = gap(out, blank);
            out.push(' ');
        }
        None => {}
    }
    out.push_str(".\n");
    gaps
}

fn push_iri(out: &mut String, iri: &str) {
    out.push('<');
    push_name(out, iri);
    out.push('>');
}

fn push_literal(out: &mut String, lexical: &str, kind: &LiteralKind<'_>) {
    out.push('"');
    if any(lexical, is_special_in_literal) {
        lexical.chars().for_each(|char| push_char(out, char));
    } else {
        out.push_str(lexical);
    }
    out.push('"');
    match kind {
        LiteralKind::Datatype(iri) if iri != XSD_STRING => {
            out.push_str("^^");
            push_iri(out, iri);
        }
        LiteralKind::Language(tag) => {
            out.push('@');
            push_name(out, tag);
        }
        LiteralKind::Plain | LiteralKind::Datatype(_) => {}
    }
}

/// Appends an IRI or a language tag. Neither may hold the characters that are escaped here; one
/// that does must not be mistaken for another line.
fn push_name(out: &mut String, name: &str) {
    if !any(name, is_forbidden_in_iri) {
        return out.push_str(name);
    }
    for char in name.chars() {
        if u8::try_from(char).is_ok_and(is_forbidden_in_iri) {
            push_code(out, char);
        } else {
            out.push(char);
        }
    }
}

/// Appends one character of a literal.
fn push_char(out: &mut String, char: char) {
    match char {
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{c}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        // U+FFFE and U+FFFF are what XML 1.1 leaves out of its characters.
        '\0'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => push_code(out, char),
        _ => out.push(char),
    }
}

fn push_code(out: &mut String, char: char) {
    write!(out, "\\u{:04X}", u32::from(char)).expect("writing to a string does not fail");
}

/// Whether `byte` is, or begins, a character that a literal escapes.
fn is_special_in_literal(byte: u8) -> bool {
    const FIRST_OF_FFFE: u8 = 0xef;
    matches!(byte, 0..=0x1f | b'"' | b'\\' | 0x7f | FIRST_OF_FFFE)
}

/// Whether `byte` is a character that no IRI holds (RDF 1.1 N-Quads, production `IRIREF`).
fn is_forbidden_in_iri(byte: u8) -> bool {
    matches!(
        byte,
        0..=b' ' | b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`' | b'\\'
    )
}

/// Whether `test` holds for any byte. It is asked of all of them, which compiles to a few vector
/// instructions: nearly every text holds none.
fn any(text: &str, test: impl Fn(u8) -> bool) -> bool {
    text.bytes().map(test).fold(false, bool::bitor)
}
