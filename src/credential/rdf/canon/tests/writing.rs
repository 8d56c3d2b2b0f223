//! Each character has one way to be written (RDFC-1.0, appendix A).

use crate::credential::rdf::canon::canonical;
use crate::credential::rdf::quad::{Dataset, LiteralKind, Quad, Resource, Term};

fn document(quads: Vec<Quad<'_>>) -> String {
    canonical(&Dataset { quads, blanks: 1 }).unwrap()
}

fn saying(object: Term<'_>) -> Quad<'_> {
    Quad {
        subject: Resource::Iri("urn:s".into()),
        predicate: "urn:p".into(),
        object,
        graph: None,
    }
}

fn literal<'a>(lexical: &'a str, kind: LiteralKind<'a>) -> Quad<'a> {
    let lexical = lexical.into();
    saying(Term::Literal { lexical, kind })
}

/// How the characters of a literal are written.
fn written(lexical: &str) -> String {
    let document = document(vec![literal(lexical, LiteralKind::Plain)]);
    let inside = document.strip_prefix("<urn:s> <urn:p> \"");
    inside.unwrap().strip_suffix("\" .\n").unwrap().to_owned()
}

#[test]
fn seven_characters_have_short_escapes() {
    assert_eq!(written("\u{8}\t\n\u{c}\r\"\\"), r#"\b\t\n\f\r\"\\"#);
}

#[test]
fn other_control_characters_and_noncharacters_are_written_by_number() {
    for code in (0..=0x1f).chain([0x7f, 0xfffe, 0xffff]) {
        let char = char::from_u32(code).unwrap();
        if !"\u{8}\t\n\u{c}\r".contains(char) {
            assert_eq!(written(&char.to_string()), format!("\\u{code:04X}"));
        }
    }
}

#[test]
fn all_other_characters_stand_for_themselves() {
    let text = "a'<>^`{|} /~\u{80}\u{85}\u{a0}é\u{2028}\u{d7ff}\u{e000}\u{fdd0}\u{feff}\u{fffd}\u{1fffe}😀";
    assert_eq!(written(text), text);
    assert_eq!(
        written(&format!("{text}\"{text}")),
        format!("{text}\\\"{text}")
    );
}

#[test]
fn a_plain_string_has_no_datatype_and_others_have() {
    let string = LiteralKind::Datatype("http://www.w3.org/2001/XMLSchema#string".into());
    let twice = vec![literal("x", LiteralKind::Plain), literal("x", string)];
    assert_eq!(document(twice), "<urn:s> <urn:p> \"x\" .\n");
    let typed = LiteralKind::Datatype("urn:t".into());
    assert_eq!(
        document(vec![literal("x", typed)]),
        "<urn:s> <urn:p> \"x\"^^<urn:t> .\n"
    );
    let language = LiteralKind::Language("en-GB".into());
    assert_eq!(
        document(vec![literal("x", language)]),
        "<urn:s> <urn:p> \"x\"@en-GB .\n"
    );
}

#[test]
fn no_value_passes_for_another_line() {
    let iri = saying(Term::Iri("urn:o> .\n<urn:x".into()));
    assert_eq!(
        document(vec![iri]),
        "<urn:s> <urn:p> <urn:o\\u003E\\u0020.\\u000A\\u003Curn:x> .\n"
    );
    let language = LiteralKind::Language("en .\n<urn:x>".into());
    assert_eq!(
        document(vec![literal("x", language)]),
        "<urn:s> <urn:p> \"x\"@en\\u0020.\\u000A\\u003Curn:x\\u003E .\n"
    );
}

#[test]
fn blank_nodes_may_stand_in_three_places() {
    let quad = Quad {
        subject: Resource::Blank(7),
        predicate: "urn:p".into(),
        object: Term::Blank(7),
        graph: Some(Resource::Blank(7)),
    };
    assert_eq!(document(vec![quad]), "_:c14n0 <urn:p> _:c14n0 _:c14n0 .\n");
    assert_eq!(document(Vec::new()), "");
}

#[test]
fn lines_stand_in_the_order_of_code_points() {
    let texts = ["😀", "\u{ffff}", "é", "b", "a", "B"];
    let quads = texts.map(|text| literal(text, LiteralKind::Plain)).to_vec();
    let written = ["B", "\\uFFFF", "a", "b", "é", "😀"];
    let lines = written.map(|text| format!("<urn:s> <urn:p> \"{text}\" .\n"));
    assert_eq!(document(quads), lines.concat());
}
