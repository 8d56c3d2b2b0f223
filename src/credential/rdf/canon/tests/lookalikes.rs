//! Blank nodes that look alike: told apart where they differ, within a bound on work.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::canonical_of;
use super::reader::read;
use crate::credential::rdf::canon::{canonical, canonical_within};

/// A line for each pair of blank nodes, given by number.
fn edges(pairs: impl IntoIterator<Item = (u32, u32)>) -> String {
    pairs
        .into_iter()
        .fold(String::new(), |mut out, (from, to)| {
            writeln!(out, "_:n{from} <urn:p> _:n{to} .").unwrap();
            out
        })
}

/// The fewest steps that are enough for `document`.
fn steps_of(document: &str) -> u64 {
    let dataset = read(document);
    let (mut too_few, mut enough) = (0, 1_000_000);
    while too_few < enough {
        let middle = (too_few + enough) / 2;
        match canonical_within(&dataset, middle) {
            Ok(_) => enough = middle,
            Err(_) => too_few = middle + 1,
        }
    }
    enough
}

#[test]
fn a_circle_and_two_halves_of_one_differ() {
    let circle = edges((0..6).map(|n| (n, (n + 1) % 6)));
    let halves = edges((0..6).map(|n| (n, if n % 3 == 2 { n - 2 } else { n + 1 })));
    assert_ne!(canonical_of(&circle), canonical_of(&halves));
}

#[test]
fn what_needs_no_search_costs_no_steps() {
    let tree = "_:a <urn:p> _:b .\n_:a <urn:p> _:c .\n_:b <urn:q> \"1\" .\n_:c <urn:q> \"2\" .\n";
    assert_eq!(steps_of(tree), 0);
    let twins = "<urn:s> <urn:p> _:b .\n<urn:s> <urn:p> _:c .\n";
    assert_eq!(steps_of(twins), 0);
}

#[test]
fn a_bound_is_kept_to_the_step() {
    let circle = edges((0..4).map(|n| (n, (n + 1) % 4)));
    let steps = steps_of(&circle);
    assert!(steps > 0);
    let dataset = read(&circle);
    assert!(canonical_within(&dataset, steps).is_ok());
    let refused = canonical_within(&dataset, steps - 1).unwrap_err();
    assert_eq!(
        refused.to_string(),
        format!(
            "too many nodes without an id look alike: it takes more than {} steps to tell them \
             apart; give such nodes an id, or say the same thing once only",
            steps - 1
        )
    );
}

#[test]
fn cliques_are_named_while_small_and_refused_when_large() {
    let clique = |size: u32| edges((0..size).flat_map(|a| (0..size).map(move |b| (a, b))));
    assert!(canonical(&read(&clique(4))).is_ok());
    for size in [8, 12, 40] {
        assert!(canonical(&read(&clique(size))).is_err(), "{size}");
    }
}

#[test]
fn long_lists_of_one_value_are_refused_for_their_depth() {
    let list = |length: u32| {
        let values = (0..=length).map(|n| format!("_:n{n} <urn:first> \"x\" .\n"));
        values.collect::<String>() + &edges((0..length).map(|n| (n, n + 1)))
    };
    assert!(canonical(&read(&list(20))).is_ok());
    let refused = canonical(&read(&list(5000))).unwrap_err();
    assert!(
        refused.to_string().contains("a chain of more than"),
        "{refused}"
    );
}

/// Every graph of three blank nodes and one property: those and only those that are the same up to
/// the numbers of the nodes have the same document.
#[test]
fn graphs_of_three_nodes_have_one_document_for_each_shape() {
    const ORDERS: [[u32; 3]; 6] = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ];
    let mut shapes: BTreeMap<String, BTreeSet<Vec<(u32, u32)>>> = BTreeMap::new();
    for graph in 0..1_u32 << 9 {
        let pairs = (0..9)
            .filter(|bit| graph >> bit & 1 == 1)
            .map(|bit| (bit / 3, bit % 3));
        let pairs: Vec<_> = pairs.collect();
        let renumbered = ORDERS.iter().map(|order| {
            let number = |n: u32| order[n as usize];
            let mut pairs: Vec<_> = pairs.iter().map(|&(a, b)| (number(a), number(b))).collect();
            pairs.sort_unstable();
            pairs
        });
        let shape = renumbered.min().unwrap();
        shapes
            .entry(canonical_of(&edges(pairs)))
            .or_default()
            .insert(shape);
    }
    assert!(
        shapes.values().all(|shapes| shapes.len() == 1),
        "{shapes:?}"
    );
    // Directed graphs of three nodes with loops, up to isomorphism (OEIS A000595).
    assert_eq!(shapes.len(), 104);
}
