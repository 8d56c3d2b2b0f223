//! Contexts given by hand, and how contexts meet.

use super::super::CanonizeErrorKind::{
    InvalidContext, Redefinition, UndefinedTerm, UnknownContext,
};
use super::super::{Contexts, canonize};
use super::{read, refusal};

const WORDS: &str = "https://skills.example/words/v1";

#[test]
fn a_vocabulary_given_by_hand_holds() {
    let mut contexts = Contexts::pinned();
    let document = format!(
        r#"{{"@context": ["https://www.w3.org/ns/credentials/v2", "{WORDS}"],
            "id": "urn:a", "type": ["VerifiableCredential", "Apprenticeship"], "weeks": 40}}"#
    );
    let found = refusal(&document, &contexts);
    assert_eq!(found, (UnknownContext, "/@context/1".to_owned()));
    let words = read(r#"{"@context": {"@vocab": "https://skills.example/words#"}}"#);
    contexts.add(WORDS, &words).unwrap();
    assert_eq!(
        canonize(&read(&document), &contexts).unwrap(),
        "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://skills.example/words#Apprenticeship> .\n\
         <urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .\n\
         <urn:a> <https://skills.example/words#weeks> \"40\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"
    );
    assert_eq!(contexts.add(WORDS, &words).unwrap_err().kind, Redefinition);
}

#[test]
fn contexts_by_hand_build_on_known_ones_only() {
    let mut contexts = Contexts::pinned();
    let add = |contexts: &mut Contexts, url: &str, text: &str| {
        contexts
            .add(url, &read(text))
            .map_err(|error| (error.kind, error.pointer))
    };
    let pinned = "https://www.w3.org/ns/credentials/v2";
    assert_eq!(
        add(&mut contexts, pinned, r#"{"@context": {}}"#),
        Err((Redefinition, String::new()))
    );
    assert_eq!(
        add(&mut contexts, WORDS, r#"{"a": "urn:a"}"#),
        Err((InvalidContext, String::new()))
    );
    assert_eq!(
        add(&mut contexts, WORDS, r#"{"@context": {"a": {"@id": 5}}}"#),
        Err((InvalidContext, "/@context/a".to_owned()))
    );
    let itself = format!(r#"{{"@context": {{"a": {{"@id": "urn:a", "@context": "{WORDS}"}}}}}}"#);
    assert_eq!(
        add(&mut contexts, WORDS, &itself),
        Err((UnknownContext, String::new()))
    );
    let both = format!(r#"{{"@context": ["{pinned}", {{"a": "urn:p#", "b": "a:b"}}]}}"#);
    add(&mut contexts, WORDS, &both).unwrap();
    let document = format!(r#"{{"@context": "{WORDS}", "id": "a:x", "name": "N", "b": "B"}}"#);
    assert_eq!(
        canonize(&read(&document), &contexts).unwrap(),
        "<urn:p#x> <https://schema.org/name> \"N\" .\n<urn:p#x> <urn:p#b> \"B\" .\n"
    );
}

#[test]
fn a_context_of_a_type_ends_at_the_next_node() {
    let document = |inner: &str| {
        format!(
            r#"{{"@context": ["https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
                "type": "Profile", "parentOrg": {{{inner} "email": "a@b.example"}}}}"#
        )
    };
    let contexts = Contexts::pinned();
    let found = refusal(&document(""), &contexts);
    assert_eq!(found, (UndefinedTerm, "/parentOrg/email".to_owned()));
    assert!(canonize(&read(&document(r#""type": "Profile","#)), &contexts).is_ok());
}

#[test]
fn a_prefix_of_the_surroundings_reaches_into_a_known_context() {
    let datatype = |before: &str| {
        let document = format!(
            r#"{{"@context": [{before} "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
                "id": "urn:a", "awardedDate": "2026-01-01T00:00:00Z"}}"#
        );
        let text = canonize(&read(&document), &Contexts::pinned()).unwrap();
        text.split("^^").nth(1).unwrap().to_owned()
    };
    assert_eq!(datatype(""), "<xsd:dateTime> .\n");
    assert_eq!(
        datatype(r#"{"xsd": "http://www.w3.org/2001/XMLSchema#"},"#),
        "<http://www.w3.org/2001/XMLSchema#dateTime> .\n"
    );
    // Only a term that may be a prefix is one.
    assert_eq!(datatype(r#"{"xsd": "urn:word"},"#), "<xsd:dateTime> .\n");
}
