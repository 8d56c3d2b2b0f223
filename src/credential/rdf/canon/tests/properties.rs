//! What holds for every dataset.

use std::collections::HashSet;

use proptest::prelude::*;
use proptest::sample::select;

use super::reader::read;
use crate::credential::rdf::canon::canonical;
use crate::credential::rdf::quad::{Dataset, LiteralKind, Quad, Resource, Term};

const BLANKS: u32 = 5;

fn iri() -> impl Strategy<Value = String> {
    select(vec!["urn:a", "urn:b", "urn:ü"]).prop_map(str::to_owned)
}

fn resource() -> impl Strategy<Value = Resource<'static>> {
    prop_oneof![
        1 => iri().prop_map(|iri| Resource::Iri(iri.into())),
        3 => (0..BLANKS).prop_map(Resource::Blank),
    ]
}

fn kind() -> impl Strategy<Value = LiteralKind<'static>> {
    prop_oneof![
        Just(LiteralKind::Plain),
        iri().prop_map(|iri| LiteralKind::Datatype(iri.into())),
        Just(LiteralKind::Language("de-AT".into())),
    ]
}

fn object() -> impl Strategy<Value = Term<'static>> {
    let lexical = prop_oneof![any::<String>(), "[\"\\\\\n\r\t\u{0}\u{7f}\u{fffe}u0]{0,6}"];
    prop_oneof![
        1 => (lexical, kind()).prop_map(|(lexical, kind)| Term::Literal {
            lexical: lexical.into(),
            kind,
        }),
        3 => resource().prop_map(|resource| match resource {
            Resource::Iri(iri) => Term::Iri(iri),
            Resource::Blank(blank) => Term::Blank(blank),
        }),
    ]
}

prop_compose! {
    fn quad()(
        subject in resource(),
        predicate in iri(),
        object in object(),
        graph in proptest::option::weighted(0.2, resource()),
    ) -> Quad<'static> {
        Quad { subject, predicate: predicate.into(), object, graph }
    }
}

fn quads() -> impl Strategy<Value = Vec<Quad<'static>>> {
    proptest::collection::vec(quad(), 0..10)
}

fn dataset(quads: Vec<Quad<'static>>) -> Dataset<'static> {
    let blanks = BLANKS;
    Dataset { quads, blanks }
}

/// `quads` with the blank nodes numbered anew.
fn renumbered(mut quads: Vec<Quad<'static>>, numbers: &[u32]) -> Vec<Quad<'static>> {
    let resource = |resource: &mut Resource<'_>| {
        if let Resource::Blank(blank) = resource {
            *blank = numbers[*blank as usize];
        }
    };
    for quad in &mut quads {
        resource(&mut quad.subject);
        quad.graph.as_mut().map(resource);
        if let Term::Blank(blank) = &mut quad.object {
            *blank = numbers[*blank as usize];
        }
    }
    quads
}

proptest! {
    #[test]
    fn order_numbers_and_repetition_do_not_count(
        (quads, shuffled) in quads().prop_flat_map(|quads| {
            let twice = quads.iter().chain(quads.first()).cloned().collect::<Vec<_>>();
            (Just(quads), Just(twice).prop_shuffle())
        }),
        numbers in Just((0..BLANKS).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let other = renumbered(shuffled, &numbers);
        prop_assert_eq!(canonical(&dataset(quads)), canonical(&dataset(other)));
    }

    #[test]
    fn a_document_says_all_that_the_dataset_does(quads in quads()) {
        let document = canonical(&dataset(quads.clone())).unwrap();
        let different: HashSet<_> = quads.into_iter().collect();
        prop_assert_eq!(document.lines().count(), different.len());
        prop_assert!(document.is_empty() || document.ends_with('\n'));
        prop_assert!(document.lines().is_sorted());
        prop_assert_eq!(canonical(&read(&document)).unwrap(), document);
    }

    #[test]
    fn one_statement_more_is_another_document(quads in quads(), more in quad()) {
        prop_assume!(!quads.contains(&more));
        let longer = quads.iter().cloned().chain([more]).collect();
        prop_assert_ne!(canonical(&dataset(quads)), canonical(&dataset(longer)));
    }
}
