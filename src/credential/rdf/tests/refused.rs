//! What is refused, with the kind of the refusal and its place.

use super::super::CanonizeErrorKind::{
    BadValue, InvalidContext, Redefinition, RelativeIri, UndefinedTerm, UndefinedType,
    UnknownContext,
};
use super::super::{CanonizeErrorKind, Contexts};
use super::refusal;

const CONTEXTS: &str = r#""https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json""#;

fn all_refused(cases: &[(&str, CanonizeErrorKind, &str)]) {
    for (members, kind, pointer) in cases {
        let document = format!(r#"{{"@context": [{CONTEXTS}], {members}}}"#);
        let found = refusal(&document, &Contexts::pinned());
        assert_eq!(found, (*kind, (*pointer).to_owned()), "{members}");
    }
}

fn contexts_refused(cases: &[(&str, CanonizeErrorKind, &str)]) {
    for (context, kind, pointer) in cases {
        let document = format!(r#"{{"@context": [{CONTEXTS}, {context}], "name": "N"}}"#);
        let found = refusal(&document, &Contexts::pinned());
        assert_eq!(found, (*kind, (*pointer).to_owned()), "{context}");
    }
}

#[test]
fn whatever_would_be_dropped() {
    all_refused(&[
        (r#""salary": 5"#, UndefinedTerm, "/salary"),
        (r#""salary": null"#, UndefinedTerm, "/salary"),
        (r#""@foo": 5"#, UndefinedTerm, "/@foo"),
        (
            r#""achievement": {"name": "A"}"#,
            UndefinedTerm,
            "/achievement",
        ),
        (
            r#""type": "VerifiableCredential", "evidence": [{"type": "Evidence", "grade~/": 1}]"#,
            UndefinedTerm,
            "/evidence/0/grade~0~1",
        ),
        (r#""type": ["Profile", "Person"]"#, UndefinedType, "/type/1"),
        (r#""type": "@json""#, UndefinedType, "/type"),
        (r#""id": "a/b", "name": "N""#, RelativeIri, "/id"),
        (r#""id": "", "name": "N""#, RelativeIri, "/id"),
        (r#""id": "urn:a>", "name": "N""#, RelativeIri, "/id"),
        (r#""id": "@type", "name": "N""#, RelativeIri, "/id"),
        (r#""image": "a.png""#, RelativeIri, "/image"),
        (r#""image": """#, RelativeIri, "/image"),
        (
            r#""type": "DataIntegrityProof", "proofPurpose": "hope""#,
            RelativeIri,
            "/proofPurpose",
        ),
        (r#""id": "urn:a""#, BadValue, ""),
        (r#""name": {"@value": null}"#, BadValue, "/name/@value"),
        (
            r#""name": {"@language": "en"}"#,
            BadValue,
            "/name/@language",
        ),
        (
            r#""name": {"@value": "N", "@index": "i"}"#,
            BadValue,
            "/name/@index",
        ),
        (
            r#""name": {"@value": "N", "@direction": "sideways"}"#,
            BadValue,
            "/name/@direction",
        ),
        (r#""name": 1e-7"#, BadValue, "/name"),
        (r#""@graph": ["free"]"#, BadValue, "/@graph/0"),
        (r#""@graph": [{"@value": "free"}]"#, BadValue, "/@graph/0"),
        (
            r#""@reverse": {"name": {"id": "urn:a"}}"#,
            BadValue,
            "/@reverse",
        ),
        (r#""@nest": {"name": "N"}"#, BadValue, "/@nest"),
        (
            r#""type": "VerifiableCredential", "proof": "urn:proof:1""#,
            BadValue,
            "/proof",
        ),
        (
            r#""type": "VerifiableCredential", "proof": [{"id": "urn:proof:1"}]"#,
            BadValue,
            "/proof/0",
        ),
        (
            r#""type": "VerifiablePresentation", "verifiableCredential": ["eyJh"]"#,
            BadValue,
            "/verifiableCredential",
        ),
    ]);
}

#[test]
fn whatever_is_malformed() {
    all_refused(&[
        (r#""id": 5"#, BadValue, "/id"),
        (r#""id": null"#, BadValue, "/id"),
        (r#""id": "urn:a", "@id": "urn:b""#, BadValue, "/@id"),
        (r#""type": 5"#, BadValue, "/type"),
        (r#""name": {"@value": ["N"]}"#, BadValue, "/name/@value"),
        (r#""name": {"@value": "N", "name": "M"}"#, BadValue, "/name"),
        (
            r#""name": {"@value": 5, "@language": "en"}"#,
            BadValue,
            "/name/@value",
        ),
        (
            r#""name": {"@value": "N", "@language": "e n"}"#,
            BadValue,
            "/name/@value",
        ),
        (
            r#""name": {"@value": "N", "@type": "urn:t", "@language": "en"}"#,
            BadValue,
            "/name",
        ),
        (
            r#""name": {"@value": "N", "@type": "text"}"#,
            BadValue,
            "/name/@type",
        ),
        (r#""name": {"@list": [], "name": "N"}"#, BadValue, "/name"),
        (r#""name": {"@set": null}"#, BadValue, "/name/@set"),
        (
            r#""name": {"@included": ["x"]}"#,
            BadValue,
            "/name/@included",
        ),
        (r#""@graph": 5"#, BadValue, "/@graph"),
    ]);
    let pinned = Contexts::pinned();
    assert_eq!(refusal("[]", &pinned), (BadValue, String::new()));
    assert_eq!(refusal("{}", &pinned), (BadValue, String::new()));
}

#[test]
fn contexts_that_are_not_known() {
    contexts_refused(&[
        (
            r#""https://unknown.example/v1""#,
            UnknownContext,
            "/@context/2",
        ),
        (
            r#"{"a": {"@id": "urn:a", "@context": "https://unknown.example/v1"}}"#,
            UnknownContext,
            "/@context/2/a/@context",
        ),
    ]);
    all_refused(&[(
        r#""name": {"@context": "https://www.w3.org/ns/credentials/v2#"}"#,
        UnknownContext,
        "/name/@context",
    )]);
}

#[test]
fn contexts_that_define_again() {
    contexts_refused(&[
        (r#"{"name": "urn:name"}"#, Redefinition, "/@context/2/name"),
        (r#"{"name": null}"#, Redefinition, "/@context/2/name"),
        (
            r#"{"name": {"@id": "https://schema.org/name", "@type": "@id"}}"#,
            Redefinition,
            "/@context/2/name",
        ),
        (r#"{"id": "@type"}"#, Redefinition, "/@context/2/id"),
        (
            r#"{"a": "urn:a"}, {"a": "urn:b"}"#,
            Redefinition,
            "/@context/3/a",
        ),
        (
            r#"{"a": {"@id": "urn:a", "@context": {"name": "urn:name"}}}"#,
            Redefinition,
            "/@context/2/a/@context/name",
        ),
        ("null", Redefinition, "/@context/2"),
        (
            r#""https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json""#,
            Redefinition,
            "/@context/2",
        ),
    ]);
    // The achievement of a record and that of a badge are two things.
    let document = r#"{"@context": ["https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "type": ["ClrSubject", "AchievementSubject"]}"#;
    let found = refusal(document, &Contexts::pinned());
    assert_eq!(found, (Redefinition, String::new()));
}

#[test]
fn contexts_that_break_the_rules() {
    contexts_refused(&[
        ("5", InvalidContext, "/@context/2"),
        (r#"[{"a": "urn:a"}]"#, InvalidContext, "/@context/2"),
        (
            r#"{"@base": "https://a.example/"}"#,
            InvalidContext,
            "/@context/2/@base",
        ),
        (
            r#"{"@import": "https://a.example/"}"#,
            InvalidContext,
            "/@context/2/@import",
        ),
        (
            r#"{"@propagate": false}"#,
            InvalidContext,
            "/@context/2/@propagate",
        ),
        (
            r#"{"@direction": "rtl"}"#,
            InvalidContext,
            "/@context/2/@direction",
        ),
        (
            r#"{"@version": 1.0}"#,
            InvalidContext,
            "/@context/2/@version",
        ),
        (r#"{"@vocab": "words"}"#, InvalidContext, "/@context/2"),
        (
            r#"{"@language": "e n"}"#,
            InvalidContext,
            "/@context/2/@language",
        ),
        (r#"{"@id": "urn:a"}"#, InvalidContext, "/@context/2/@id"),
        (r#"{"@foo": "urn:a"}"#, InvalidContext, "/@context/2/@foo"),
        (r#"{"": "urn:a"}"#, InvalidContext, "/@context/2/"),
        (r#"{"a": 5}"#, InvalidContext, "/@context/2/a"),
        (r#"{"a": "word"}"#, InvalidContext, "/@context/2/a"),
        (r#"{"a": "@context"}"#, InvalidContext, "/@context/2/a"),
        (r#"{"a": "@foo"}"#, InvalidContext, "/@context/2/a"),
        (
            r#"{"a": {"@type": "@id"}}"#,
            InvalidContext,
            "/@context/2/a",
        ),
        (
            r#"{"a": "b:x", "b": "a:y"}"#,
            InvalidContext,
            "/@context/2/a",
        ),
        (
            r#"{"a": {"@id": "urn:a", "@type": "word"}}"#,
            InvalidContext,
            "/@context/2/a",
        ),
        (
            r#"{"a": {"@id": "urn:a", "@type": "_:t"}}"#,
            InvalidContext,
            "/@context/2/a",
        ),
        (
            r#"{"a": {"@id": "urn:a", "x": 1}}"#,
            InvalidContext,
            "/@context/2/a",
        ),
        (
            r#"{"a": {"@id": "urn:a", "@container": ["@list", "@set"]}}"#,
            InvalidContext,
            "/@context/2/a",
        ),
        (r#"{"urn:b": "urn:a"}"#, InvalidContext, "/@context/2/urn:b"),
    ]);
}

#[test]
fn terms_whose_definition_cannot_be_used() {
    for definition in [
        r#"{"@reverse": "urn:a"}"#,
        r#"{"@id": "urn:a", "@direction": "rtl"}"#,
        r#"{"@id": "urn:a", "@container": "@index", "@index": "name"}"#,
    ] {
        let document = format!(r#"{{"@context": [{CONTEXTS}, {{"a": {definition}}}], "a": "v"}}"#);
        let found = refusal(&document, &Contexts::pinned());
        assert_eq!(found, (BadValue, "/a".to_owned()), "{definition}");
    }
    for container in ["@id", "@type", "@index"] {
        let document = format!(
            r#"{{"@context": [{CONTEXTS}, {{"a": {{"@id": "urn:a", "@container": "{container}"}}}}],
                "a": {{"urn:k": {{"name": "N"}}}}}}"#
        );
        let found = refusal(&document, &Contexts::pinned());
        assert_eq!(found, (BadValue, "/a".to_owned()), "{container}");
    }
    let document = format!(r#"{{"@context": [{CONTEXTS}, {{"a": null, "b": "_:b"}}], "a": 1}}"#);
    let found = refusal(&document, &Contexts::pinned());
    assert_eq!(found, (UndefinedTerm, "/a".to_owned()));
    let found = refusal(
        &document.replace(r#""a": 1"#, r#""b": 1"#),
        &Contexts::pinned(),
    );
    assert_eq!(found, (BadValue, "/b".to_owned()));
}
