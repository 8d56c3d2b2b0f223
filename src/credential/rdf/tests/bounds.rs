//! What an attacker may make us do.

use super::super::CanonizeErrorKind::TooComplex;
use super::super::{Contexts, canonize};
use super::{read, refusal};

#[test]
fn terms_of_a_document_are_counted_at_each_use() {
    let terms: Vec<String> = (0..1_000)
        .map(|n| format!(r#""t{n}": "urn:t{n}""#))
        .collect();
    let node = r#"{"type": "T", "t1": 1}"#;
    let document = |nodes: usize| {
        format!(
            r#"{{"@context": {{"type": "@type", "p": "urn:p", "T": {{"@id": "urn:T", "@context": {{{}}}}}}},
                "p": [{}]}}"#,
            terms.join(","),
            vec![node; nodes].join(",")
        )
    };
    // One scope is worked out once, however many nodes are of the type.
    assert!(canonize(&read(&document(40)), &Contexts::pinned()).is_ok());
    let nested = format!(r#"{{"@context": {{{}}}, "t1": 1}}"#, terms.join(","));
    let document = format!(
        r#"{{"@context": {{"p": "urn:p"}}, "p": [{}]}}"#,
        vec![nested; 21].join(",")
    );
    let (kind, pointer) = refusal(&document, &Contexts::pinned());
    assert_eq!(kind, TooComplex);
    assert!(pointer.starts_with("/p/"), "{pointer}");
}

#[test]
fn contexts_do_not_pile_up() {
    let pile = |count: usize| {
        let contexts: Vec<String> = (0..count)
            .map(|n| format!(r#"{{"t{n}": "urn:t{n}"}}"#))
            .collect();
        format!(r#"{{"@context": [{}], "t0": 1}}"#, contexts.join(","))
    };
    assert!(canonize(&read(&pile(64)), &Contexts::pinned()).is_ok());
    let found = refusal(&pile(65), &Contexts::pinned());
    assert_eq!(found, (TooComplex, "/@context/64".to_owned()));
    // A context that says nothing new does not count.
    let again = vec![r#""https://www.w3.org/ns/credentials/v2""#; 5_000].join(",");
    let document = format!(r#"{{"@context": [{again}], "name": "N"}}"#);
    assert!(canonize(&read(&document), &Contexts::pinned()).is_ok());
}

#[test]
fn blank_nodes_that_look_alike_are_given_up() {
    let clique = (0..12).map(|n| {
        let others = (0..12).filter(|other| *other != n);
        let others: Vec<String> = others
            .map(|other| format!(r#"{{"@id": "_:n{other}"}}"#))
            .collect();
        format!(r#"{{"@id": "_:n{n}", "urn:p": [{}]}}"#, others.join(","))
    });
    let clique: Vec<String> = clique.collect();
    let document = format!(r#"{{"@graph": [{}]}}"#, clique.join(","));
    let found = refusal(&document, &Contexts::pinned());
    assert_eq!(found, (TooComplex, String::new()));
}
