use proptest::prelude::*;

use super::*;
use crate::kernel::digest::sha256_hex;

const CHAIN: &str = "platform";

/// A record's hash: of the one before, and what it holds.
fn hash(previous: &str, content: &str) -> String {
    sha256_hex(format!("{previous} {content}").as_bytes())
}

/// A whole chain of `length` records.
fn whole(length: i64) -> Vec<Link> {
    let mut previous = "0".repeat(64);
    let link = |sequence: i64| {
        let own = hash(&previous, &sequence.to_string());
        let link = Link {
            sequence,
            previous: previous.clone(),
            hash: own.clone(),
            computed: own.clone(),
        };
        previous = own;
        link
    };
    (1..=length).map(link).collect()
}

fn end(links: &[Link]) -> Option<End> {
    links.last().map(|link| End {
        chain: CHAIN.to_owned(),
        sequence: link.sequence,
        hash: link.hash.clone(),
    })
}

fn marks(links: &[Link]) -> Marks {
    let mut marks = Marks::default();
    marks.add(Checkpoint {
        at: "2026-03-01T00:00:00Z".to_owned(),
        chains: end(links).into_iter().collect(),
    });
    marks
}

fn walked(links: &[Link], head: Option<&End>, marks: &Marks) -> Vec<(i64, Fault)> {
    let mut walk = Walk::new(CHAIN, marks);
    let mut found = Vec::new();
    for link in links {
        found.extend(walk.step(link.clone()));
    }
    found.extend(walk.end(head));
    assert!(
        found
            .iter()
            .all(|f| f.chain == CHAIN && !f.to_string().is_empty())
    );
    found.into_iter().map(|f| (f.sequence, f.fault)).collect()
}

#[test]
fn a_record_taken_out_and_the_rest_written_anew_is_seen_by_a_checkpoint_alone() {
    let old = whole(9);
    let new = whole(5);
    assert_eq!(walked(&new, end(&new).as_ref(), &Marks::default()), []);
    assert_eq!(
        walked(&new, end(&new).as_ref(), &marks(&old)),
        [(9, Fault::Truncated)]
    );
    let mut other = whole(4);
    let before = other[3].hash.clone();
    other.extend((5..=12).map(|sequence| Link {
        sequence,
        previous: if sequence == 5 {
            before.clone()
        } else {
            "x".to_owned()
        },
        hash: "x".to_owned(),
        computed: "x".to_owned(),
    }));
    assert_eq!(walked(&other, end(&other).as_ref(), &Marks::default()), []);
    assert_eq!(
        walked(&other, end(&other).as_ref(), &marks(&old)),
        [(9, Fault::Rewritten)]
    );
}

#[test]
fn a_chain_and_its_head_agree() {
    let links = whole(3);
    let none = Marks::default();
    assert_eq!(walked(&links, None, &none), [(3, Fault::NoHead)]);
    assert_eq!(
        walked(&links, end(&links[..2]).as_ref(), &none),
        [(3, Fault::WrongHead)]
    );
    assert_eq!(
        walked(&links[..2], end(&links).as_ref(), &none),
        [(3, Fault::Truncated)]
    );
    let mut head = end(&links);
    if let Some(head) = &mut head {
        head.hash = "0".repeat(64);
    }
    assert_eq!(
        walked(&links, head.as_ref(), &none),
        [(3, Fault::WrongHead)]
    );
    assert_eq!(walked(&[], None, &none), []);
    assert_eq!(
        walked(&[], end(&links).as_ref(), &none),
        [(3, Fault::Truncated)]
    );
    assert_eq!(walked(&[], None, &marks(&links)), [(3, Fault::Truncated)]);
}

#[test]
fn places_that_no_chain_gives_out_are_seen() {
    let mut links = whole(3);
    let head = end(&links);
    links.insert(
        0,
        Link {
            sequence: 0,
            ..links[0].clone()
        },
    );
    assert_eq!(
        walked(&links, head.as_ref(), &Marks::default()),
        [(0, Fault::Inserted)]
    );
}

proptest! {
    #[test]
    fn a_whole_chain_has_no_faults(length in 0_i64..40, marked in 0_usize..40) {
        let links = whole(length);
        let marks = marks(&links[..marked.min(links.len())]);
        prop_assert_eq!(walked(&links, end(&links).as_ref(), &marks), []);
    }

    #[test]
    fn a_change_is_found_at_its_place(length in 1_i64..40, place in 0_usize..40) {
        let mut links = whole(length);
        let head = end(&links);
        let place = place % links.len();
        links[place].computed = "other".to_owned();
        let expected = [(links[place].sequence, Fault::Changed)];
        prop_assert_eq!(walked(&links, head.as_ref(), &Marks::default()), expected);
        // With a new hash, what follows tells: the next record, or the head.
        links[place].hash = "other".to_owned();
        let found = walked(&links, head.as_ref(), &Marks::default());
        let expected = if place + 1 == links.len() {
            (links[place].sequence, Fault::WrongHead)
        } else {
            (links[place + 1].sequence, Fault::Unlinked)
        };
        prop_assert_eq!(found, [expected]);
    }

    #[test]
    fn a_deletion_is_found_at_its_place(length in 2_i64..40, place in 0_usize..40) {
        let mut links = whole(length);
        let head = end(&links);
        let place = place % links.len();
        let gone = links.remove(place).sequence;
        let expected = if gone == length {
            (gone, Fault::Truncated)
        } else {
            (gone, Fault::Missing(gone))
        };
        prop_assert_eq!(walked(&links, head.as_ref(), &Marks::default()), [expected]);
    }
}
