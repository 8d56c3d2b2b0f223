//! Whole documents.

mod bounds;
mod contexts;
mod refused;

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;

use super::{CanonizeErrorKind, Contexts, canonize};
use crate::kernel::json::{Json, Object, ParseOptions, any_json, parse};

/// The folder with shared data; without one the test is skipped aloud, and fails where `CI=true`.
#[expect(clippy::disallowed_methods, reason = "a test's own environment")]
pub(super) fn shared_dir() -> Option<PathBuf> {
    let dir = std::env::var_os("ATTESTRY_SHARED_DIR").map(PathBuf::from);
    if dir.is_none() {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "ATTESTRY_SHARED_DIR is not set; name the folder with the shared data"
        );
        eprintln!("SKIPPED: ATTESTRY_SHARED_DIR is not set, so nothing published was compared");
    }
    dir
}

fn read(text: &str) -> Json {
    parse(text.as_bytes(), &ParseOptions::default()).unwrap()
}

/// The kind of the refusal and its place.
fn refusal(document: &str, contexts: &Contexts) -> (CanonizeErrorKind, String) {
    let error = canonize(&read(document), contexts).unwrap_err();
    (error.kind, error.pointer)
}

/// Each document of this folder with the statements that jsonld.js makes of it.
#[test]
fn documents_say_what_they_say() {
    macro_rules! documents {
        ($($name:literal)*) => {
            [$(($name, include_str!(concat!("documents/", $name, ".jsonld")),
                include_str!(concat!("documents/", $name, ".nq")))),*]
        };
    }
    let documents = documents! {
        "a-graph" "datatype-by-surroundings" "graphs-and-lists" "inline-context"
        "language-default" "learner-record" "multikey" "presentation"
    };
    for (name, document, statements) in documents {
        let found = canonize(&read(document), &Contexts::pinned());
        assert_eq!(found.as_deref(), Ok(statements), "{name}");
    }
}

/// The direction of a text is signed like its language (JSON-LD 1.1 API, `i18n-datatype`).
#[test]
fn a_direction_is_said() {
    let document = |name: &str| {
        format!(
            r#"{{"@context": "https://www.w3.org/ns/credentials/v2", "id": "urn:x:1",
                "type": "VerifiableCredential", "name": {name}}}"#
        )
    };
    let said = |name: &str| canonize(&read(&document(name)), &Contexts::pinned()).unwrap();
    let both = said(r#"{"@value": "N", "@language": "AR-eg", "@direction": "rtl"}"#);
    assert!(
        both.contains("\"N\"^^<https://www.w3.org/ns/i18n#ar-eg_rtl>"),
        "{both}"
    );
    let alone = said(r#"{"@value": "N", "@direction": "ltr"}"#);
    assert!(
        alone.contains("\"N\"^^<https://www.w3.org/ns/i18n#_ltr>"),
        "{alone}"
    );
    for bad in [
        r#"{"@value": 1, "@direction": "ltr"}"#,
        r#"{"@value": "N", "@direction": "up"}"#,
        r#"{"@value": "N", "@direction": ["ltr"]}"#,
        r#"{"@value": "N", "@type": "urn:x:t", "@direction": "ltr"}"#,
        r#"{"@direction": "ltr"}"#,
    ] {
        let refused = canonize(&read(&document(bad)), &Contexts::pinned());
        assert!(refused.is_err(), "{bad}");
    }
}

/// An object in the list of contexts that holds nothing but a context stands for it.
#[test]
fn a_wrapped_context_is_unwrapped() {
    let document = |context: &str| {
        let text = format!(
            r#"{{"@context": ["https://www.w3.org/ns/credentials/v2", {context}], "id": "urn:x:1",
                "type": "VerifiableCredential", "grade": "A"}}"#
        );
        canonize(&read(&text), &Contexts::pinned())
    };
    let plain = document(r#"{"grade": "https://school.example/#grade"}"#).unwrap();
    let wrapped = document(r#"{"@context": {"grade": "https://school.example/#grade"}}"#);
    assert_eq!(wrapped.unwrap(), plain);
    let twice =
        document(r#"{"@context": {"grade": "https://school.example/#grade"}, "x": "urn:x:x"}"#);
    assert!(twice.is_err());
}

#[test]
fn golden_documents_say_what_they_say() {
    let Some(dir) = shared_dir() else { return };
    let mut count = 0;
    for entry in fs::read_dir(dir.join("conformance/golden-nquads")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "jsonld") {
            let document = read(&fs::read_to_string(&path).unwrap());
            let statements = fs::read_to_string(path.with_extension("nq")).unwrap();
            let found = canonize(&document, &Contexts::pinned());
            assert_eq!(found, Ok(statements), "{path:?}");
            count += 1;
        }
    }
    assert_eq!(count, 14);
}

/// The same with the members of every object in reverse, contexts aside.
fn reversed(json: &Json) -> Json {
    match json {
        Json::Array(items) => Json::Array(items.iter().map(reversed).collect()),
        Json::Object(object) => {
            let mut members: Vec<(String, Json)> = object
                .iter()
                .map(|(name, value)| match name {
                    "@context" => (name.to_owned(), value.clone()),
                    _ => (name.to_owned(), reversed(value)),
                })
                .collect();
            members.reverse();
            Json::Object(members.into_iter().collect())
        }
        other => other.clone(),
    }
}

#[test]
fn the_order_of_members_says_nothing() {
    for document in [
        include_str!("documents/inline-context.jsonld"),
        include_str!("documents/learner-record.jsonld"),
        include_str!("documents/presentation.jsonld"),
    ] {
        let document = read(document);
        let contexts = Contexts::pinned();
        let turned = reversed(&document);
        assert_ne!(document, turned);
        assert_eq!(canonize(&document, &contexts), canonize(&turned, &contexts));
    }
}

const WORDS: [&str; 32] = [
    "@context",
    "@id",
    "@type",
    "@value",
    "@language",
    "@list",
    "@set",
    "@graph",
    "@included",
    "@vocab",
    "@container",
    "@protected",
    "id",
    "type",
    "name",
    "proof",
    "image",
    "achievement",
    "Achievement",
    "Profile",
    "VerifiableCredential",
    "proofPurpose",
    "verifiableCredential",
    "x",
    "https://www.w3.org/ns/credentials/v2",
    "urn:a",
    "_:b",
    "x:y",
    "@json",
    "en",
    "",
    "cnf",
];

/// The value with names and texts that mean something in their places.
fn meaningful(json: Json, pick: &mut impl FnMut() -> &'static str) -> Json {
    match json {
        Json::String(_) => Json::String(pick().to_owned()),
        Json::Array(items) => Json::Array(
            items
                .into_iter()
                .map(|item| meaningful(item, pick))
                .collect(),
        ),
        Json::Object(object) => Json::Object(
            object
                .into_iter()
                .map(|(_, value)| (pick().to_owned(), meaningful(value, pick)))
                .collect(),
        ),
        other => other,
    }
}

proptest! {
    #[test]
    fn any_document_ends_in_statements_or_an_error(
        json in any_json(),
        seeds in prop::collection::vec(0..WORDS.len(), 64),
        credential in any::<bool>(),
    ) {
        let mut at = 0;
        let mut document = meaningful(json, &mut || {
            at += 1;
            WORDS[seeds[at % seeds.len()]]
        });
        if credential && let Json::Object(object) = document {
            let mut whole = Object::new();
            whole.insert("@context", read(r#"["https://www.w3.org/ns/credentials/v2"]"#));
            whole.extend(object);
            document = Json::Object(whole);
        }
        let contexts = Contexts::pinned();
        let found = canonize(&document, &contexts);
        prop_assert_eq!(&found, &canonize(&document, &contexts));
        match found {
            Ok(text) => prop_assert!(text.is_empty() || text.ends_with(" .\n")),
            Err(error) => {
                let place = document.pointer(&error.pointer);
                prop_assert!(place.is_some(), "{} is nowhere", error);
            }
        }
    }
}
