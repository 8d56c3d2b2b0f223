use proptest::prelude::*;

use super::*;

fn anchor(kind: AnchorKind, ordinal: u32, text: &str) -> Anchor {
    Anchor {
        kind,
        ordinal,
        text: text.to_owned(),
        element: None,
        importance: None,
    }
}

fn plain<'a>(texts: &[&'a str]) -> Vec<Subject<'a>> {
    let subject = |text: &&'a str| Subject {
        text,
        anchors: Vec::new(),
    };
    texts.iter().map(subject).collect()
}

/// Pairs as places and score.
fn told(found: &Likeness<'_>) -> Vec<(usize, usize, u64)> {
    let pairs = found.pairs.iter();
    pairs.map(|pair| (pair.a, pair.b, pair.score)).collect()
}

#[test]
fn anchors_are_the_same_by_kind_and_text() {
    let a = [
        anchor(AnchorKind::Skill, 1, "Active Listening"),
        anchor(AnchorKind::Skill, 2, "Repairing"),
        anchor(AnchorKind::Task, 1, "Fit new brake pads."),
        anchor(AnchorKind::Technology, 1, "C++"),
    ];
    let b = [
        anchor(AnchorKind::Knowledge, 1, "Active listening"),
        anchor(AnchorKind::Skill, 1, "Cooking"),
        anchor(AnchorKind::Skill, 2, "  active\tLISTENING "),
        anchor(AnchorKind::Skill, 3, "Active Listening"),
        anchor(AnchorKind::Technology, 1, "C#"),
    ];
    let found = anchors(&a, &b);
    assert_eq!(found.len(), 6);
    assert_eq!(found[0].shared, [(&a[0], &b[2])], "of equal ones the first");
    assert_eq!(found[0].only_a, [&a[1]]);
    assert_eq!(found[0].only_b, [&b[1]]);
    assert_eq!((found[1].shared.len(), found[1].only_b.len()), (0, 1));
    // Signs are not aside: these are two languages.
    assert_eq!((found[4].only_a.len(), found[4].only_b.len()), (1, 1));
    assert_eq!(found[5].only_a, [&a[2]]);
}

#[test]
fn statements_are_alike_by_their_stems() {
    let a = plain(&[
        "Records the vital signs of patients",
        "Orders spare parts",
        "Plans menus with the kitchen",
    ]);
    let b = plain(&[
        "Plans a route",
        "Ordering the spare part",
        "Records and reports vital signs of each patient",
    ]);
    let found = alike(&a, &b);
    // Four stems of six; all three.
    assert_eq!(told(&found), [(1, 1, 100), (0, 2, 66)]);
    assert_eq!(found.pairs[0].words, ["orders", "part", "spare"]);
    assert_eq!(
        found.pairs[1].words,
        ["patient", "records", "signs", "vital"]
    );
    assert_eq!((found.only_a, found.only_b), (vec![2], vec![0]));
}

#[test]
fn the_threshold_is_where_it_is_said_to_be() {
    assert!(METHOD.contains(&format!("with {THRESHOLD} or more")));
    assert_eq!(ANCHOR_WEIGHT, 3, "the method says three");
    let words = |from: u32, to: u32| {
        let words: Vec<String> = (from..to).map(|n| format!("w{n}")).collect();
        words.join(" ")
    };
    let a = words(0, 35);
    let (enough, short) = (words(0, 100), words(0, 101));
    assert_eq!(
        told(&alike(&plain(&[&a]), &plain(&[&enough]))),
        [(0, 0, 35)]
    );
    assert_eq!(told(&alike(&plain(&[&a]), &plain(&[&short]))), []);
}

#[test]
fn shared_anchors_count_where_both_have_any() {
    let tasks = [
        anchor(AnchorKind::Task, 1, "Fit brakes."),
        anchor(AnchorKind::Task, 2, "Greet guests."),
    ];
    let subject = |text, anchors: &[usize]| Subject {
        text,
        anchors: anchors.iter().map(|at| &tasks[*at]).collect(),
    };
    let score = |a: &[usize], b: &[usize]| {
        let (a, b) = (
            [subject("one two three four", a)],
            [subject("one six seven eight", b)],
        );
        let found = alike(&a, &b);
        found
            .pairs
            .first()
            .map(|pair| (pair.score, pair.anchors.len()))
    };
    // One word of seven; with the anchor four of ten; with one of two four of thirteen.
    assert_eq!(score(&[], &[]), None);
    assert_eq!(score(&[0], &[0]), Some((40, 1)));
    assert_eq!(score(&[0], &[1]), None);
    assert_eq!(score(&[0, 1], &[0]), None);
    assert_eq!(score(&[0, 1], &[1, 0]), Some((53, 2)));
    let same = |b: &[usize]| told(&alike(&[subject("one", &[0])], &[subject("one", b)]));
    assert_eq!(same(&[]), [(0, 0, 100)], "unknown anchors are no others");
    assert_eq!(same(&[1]), []);
}

#[test]
fn the_best_pairs_are_taken_first_and_once() {
    let a = plain(&["red green blue", "red green"]);
    let b = plain(&["red green", "red green blue black"]);
    assert_eq!(told(&alike(&a, &b)), [(1, 0, 100), (0, 1, 75)]);
    let a = plain(&["red green blue"]);
    assert_eq!(told(&alike(&a, &b)), [(0, 1, 75)]);
}

#[test]
fn what_says_little_or_nothing_is_told_by_itself() {
    let texts = ["to the", "—", "of", "…"];
    let found = alike(&plain(&texts), &plain(&texts));
    let expected: Vec<_> = (0..texts.len()).map(|n| (n, n, 100)).collect();
    assert_eq!(told(&found), expected);
    assert_eq!(alike(&[], &plain(&texts)).only_b, [0, 1, 2, 3]);
}

/// Words of few kinds, so that much is alike.
fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => (0..12_u8).prop_map(|n| format!("word{}", (b'a' + n) as char)),
        1 => Just("the".to_owned()),
        1 => Just("words".to_owned()),
        1 => "\\PC{1,5}".prop_map(|text| format!("{text}x")),
    ];
    prop::collection::vec(word, 1..8).prop_map(|words| words.join(" "))
}

fn any_anchor() -> impl Strategy<Value = Anchor> {
    let kind = prop::sample::select(AnchorKind::ALL);
    (kind, 1..4_u32, 0..6_u8).prop_map(|(kind, ordinal, n)| {
        let text = ["One", "one", " one", "two", "Two  three", "four"];
        anchor(kind, ordinal, text[usize::from(n)])
    })
}

type Owned = Vec<(String, Vec<Anchor>)>;

fn any_list() -> impl Strategy<Value = Owned> {
    let statement = (any_text(), prop::collection::vec(any_anchor(), 0..3));
    prop::collection::vec(statement, 0..8)
}

fn subjects(list: &Owned) -> Vec<Subject<'_>> {
    list.iter()
        .map(|(text, anchors)| Subject {
            text,
            anchors: anchors.iter().collect(),
        })
        .collect()
}

proptest! {
    #[test]
    fn sets_keep_their_laws(
        a in prop::collection::vec(any_anchor(), 0..12),
        b in prop::collection::vec(any_anchor(), 0..12),
    ) {
        let keys = |all: Vec<&Anchor>| {
            let mut keys: Vec<_> = all.into_iter().map(anchor_key).collect();
            keys.sort();
            keys
        };
        let union = sets::union(&a, &b, anchor_key);
        let both = sets::intersection(&a, &b, anchor_key);
        let (mine, theirs) = (
            sets::difference(&a, &b, anchor_key),
            sets::difference(&b, &a, anchor_key),
        );
        prop_assert!(both.iter().all(|(a, b)| anchor_key(a) == anchor_key(b)));
        // Each is in exactly one part, and the parts are the whole.
        let both: Vec<&Anchor> = both.into_iter().map(|(a, _)| a).collect();
        let parts = [both.clone(), mine.clone(), theirs.clone()].concat();
        let all = keys(union);
        let mut once = all.clone();
        once.dedup();
        prop_assert_eq!(&all, &once);
        prop_assert_eq!(keys(parts), all.clone());
        // Symmetric.
        prop_assert_eq!(keys(sets::union(&b, &a, anchor_key)), all);
        let back = sets::intersection(&b, &a, anchor_key);
        prop_assert_eq!(keys(back.into_iter().map(|(b, _)| b).collect()), keys(both));
        // Reflexive.
        prop_assert!(sets::difference(&a, &a, anchor_key).is_empty());
        prop_assert_eq!(
            keys(sets::union(&a, &a, anchor_key)),
            keys(sets::intersection(&a, &a, anchor_key).into_iter().map(|(a, _)| a).collect())
        );
        // By kind the same.
        let split = anchors(&a, &b);
        prop_assert_eq!(split.iter().map(|s| s.only_a.len()).sum::<usize>(), mine.len());
        prop_assert_eq!(split.iter().map(|s| s.only_b.len()).sum::<usize>(), theirs.len());
    }

    #[test]
    fn each_statement_stands_in_one_place(a in any_list(), b in any_list()) {
        let found = alike(&subjects(&a), &subjects(&b));
        let mut places: Vec<_> = found.pairs.iter().map(|p| p.a).chain(found.only_a).collect();
        places.sort_unstable();
        prop_assert_eq!(places, (0..a.len()).collect::<Vec<_>>());
        let mut places: Vec<_> = found.pairs.iter().map(|p| p.b).chain(found.only_b).collect();
        places.sort_unstable();
        prop_assert_eq!(places, (0..b.len()).collect::<Vec<_>>());
        prop_assert!(found.pairs.iter().all(|p| (THRESHOLD..=100).contains(&p.score)));
        prop_assert!(found.pairs.is_sorted_by_key(|p| std::cmp::Reverse(p.score)));
    }

    #[test]
    fn likeness_is_symmetric(a in any_list(), b in any_list()) {
        let there = alike(&subjects(&a), &subjects(&b));
        let back = alike(&subjects(&b), &subjects(&a));
        let mut pairs: Vec<_> = there.pairs.iter().map(|p| (p.a, p.b, p.score, &p.words)).collect();
        let mut mirrored: Vec<_> =
            back.pairs.iter().map(|p| (p.b, p.a, p.score, &p.words)).collect();
        pairs.sort_unstable();
        mirrored.sort_unstable();
        prop_assert_eq!(pairs, mirrored);
        prop_assert_eq!((&there.only_a, &there.only_b), (&back.only_b, &back.only_a));
    }

    #[test]
    fn likeness_is_reflexive(a in any_list()) {
        let found = alike(&subjects(&a), &subjects(&a));
        let expected: Vec<_> = (0..a.len()).map(|n| (n, n, 100)).collect();
        prop_assert_eq!(told(&found), expected);
        prop_assert!(found.only_a.is_empty() && found.only_b.is_empty());
    }
}
