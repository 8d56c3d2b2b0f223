use proptest::prelude::*;

use super::*;

/// Statements of level, position and text.
fn version<'a>(number: u8, statements: &[(i32, i32, &'a str)]) -> Vec<Item<'a>> {
    let item = |(at, (level, position, text)): (usize, &(i32, i32, &'a str))| Item {
        id: Uuid::from_u128((u128::from(number) << 64) + at as u128),
        seat: Seat {
            level: *level,
            domain: None,
            position: *position,
        },
        text,
    };
    statements.iter().enumerate().map(item).collect()
}

/// The changes as kind, older and newer text.
fn told<'a>(diff: &Diff<'a>) -> Vec<(Kind, &'a str, &'a str)> {
    let text = |item: Option<Item<'a>>| item.map_or("", |item| item.text);
    let changes = diff.changes.iter();
    changes
        .map(|c| (c.kind, text(c.from), text(c.to)))
        .collect()
}

#[test]
fn each_kind_of_change_is_found() {
    let old = version(
        1,
        &[
            (1, 1, "Checks the brakes before each ride"),
            (1, 2, "Oils the chain"),
            (1, 3, "Greets customers at the counter"),
            (2, 1, "Trues wheels within two millimetres"),
            (2, 2, "Orders spare parts"),
        ],
    );
    let new = version(
        2,
        &[
            (1, 1, "Writes down what was repaired"),
            (1, 2, "Checks the brakes after each ride"),
            (1, 3, "Oils the chain"),
            (2, 1, "Orders spare parts"),
            (2, 2, "Trues wheels within two millimetres"),
            (2, 3, "Greets customers at the counter"),
        ],
    );
    let diff = diff(&old, &new, &HashMap::new());
    let expected = [
        (Kind::Added, "", "Writes down what was repaired"),
        (
            Kind::Reworded,
            "Checks the brakes before each ride",
            "Checks the brakes after each ride",
        ),
        (Kind::Moved, "Orders spare parts", "Orders spare parts"),
        (
            Kind::Moved,
            "Greets customers at the counter",
            "Greets customers at the counter",
        ),
    ];
    // Of two that changed places one has moved.
    assert_eq!(diff.unchanged, 2);
    let mut found = told(&diff);
    if let Some(other) = found.iter_mut().find(|(_, _, to)| to.starts_with("Trues")) {
        *other = expected[2];
    }
    assert_eq!(found, expected);
    let label = |level: i32| format!("Level {level}");
    assert_eq!(
        text(&diff, &label).lines().take(3).collect::<Vec<_>>(),
        [
            "1 added, 0 removed, 1 reworded, 2 moved, 2 unchanged",
            "+ Level 1, 1: Writes down what was repaired",
            "~ Level 1, 2: Checks the brakes [-before-] {+after+} each ride",
        ]
    );
}

#[test]
fn what_shifts_by_an_insertion_has_not_moved() {
    let old = version(1, &[(1, 1, "one"), (1, 2, "two"), (1, 3, "three")]);
    let new = version(
        2,
        &[
            (1, 1, "zero"),
            (1, 2, "one"),
            (1, 3, "two"),
            (1, 4, "three"),
        ],
    );
    let diff = diff(&old, &new, &HashMap::new());
    assert_eq!(told(&diff), [(Kind::Added, "", "zero")]);
    assert_eq!(diff.unchanged, 3);
}

#[test]
fn other_words_are_another_statement() {
    let old = version(1, &[(1, 1, "Paints frames by hand")]);
    let new = version(2, &[(1, 1, "Sells helmets to children")]);
    let kinds: Vec<_> = diff(&old, &new, &HashMap::new())
        .changes
        .iter()
        .map(|c| c.kind)
        .collect();
    assert_eq!(kinds, [Kind::Added, Kind::Removed]);
}

#[test]
fn two_with_one_text_are_told_apart_by_counting() {
    let old = version(1, &[(1, 1, "again"), (1, 2, "again")]);
    let new = version(2, &[(1, 1, "again")]);
    let diff = diff(&old, &new, &HashMap::new());
    assert_eq!(told(&diff), [(Kind::Removed, "again", "")]);
    assert_eq!(diff.unchanged, 1);
}

#[test]
fn much_is_compared_in_bounded_time() {
    let words: Vec<String> = (0..3_000).map(|n| format!("word{n} ")).collect();
    let (long, other) = (
        words.concat(),
        words.iter().rev().cloned().collect::<String>(),
    );
    let kinds: Vec<_> = spans(&long, &other).iter().map(|s| s.kind).collect();
    assert_eq!(kinds, [SpanKind::Removed, SpanKind::Added]);
    let texts: Vec<String> = (0..2_000).map(|n| format!("a b c {n}")).collect();
    let statements = |offset: usize| -> Vec<_> {
        let texts = texts.iter().skip(offset).take(1_000);
        (1..)
            .zip(texts)
            .map(|(n, text)| (1, n, text.as_str()))
            .collect()
    };
    let diff = diff(
        &version(1, &statements(0)),
        &version(2, &statements(1_000)),
        &HashMap::new(),
    );
    assert_eq!(diff.changes.len(), 2_000);
}

#[test]
fn what_the_versions_say_counts_more_than_words() {
    let old = version(
        1,
        &[(1, 1, "Looks"), (1, 2, "Waits"), (2, 1, "Steers a boat")],
    );
    let new = version(
        2,
        &[
            (1, 1, "Waits"),
            (2, 1, "Looks back, slowly"),
            (3, 1, "Rows"),
            (3, 2, "Looks"),
        ],
    );
    let known = HashMap::from([
        (new[1].id, old[0].id),
        (new[2].id, old[2].id),
        // Of another version.
        (new[3].id, Uuid::nil()),
    ]);
    let diff = diff(&old, &new, &known);
    let expected = [
        (Kind::Reworded, "Looks", "Looks back, slowly"),
        (Kind::Reworded, "Steers a boat", "Rows"),
        (Kind::Added, "", "Looks"),
    ];
    assert_eq!((told(&diff), diff.unchanged), (expected.to_vec(), 1));
    let text = text(&diff, &|level| format!("L{level}"));
    assert!(
        text.contains("\n~ L3, 1, from L2, 1: [-Steers a boat-]{+Rows+}\n"),
        "{text}"
    );
}

proptest! {
    #[test]
    fn spans_are_both_sentences(old in "[a-c \u{a0}]{0,40}", new in "[a-c \u{a0}]{0,40}") {
        let spans = spans(&old, &new);
        let without = |kind| -> String {
            let kept = spans.iter().filter(|s| s.kind != kind);
            kept.map(|s| s.text.as_str()).collect()
        };
        prop_assert_eq!(without(SpanKind::Added), old);
        prop_assert_eq!(without(SpanKind::Removed), new);
    }

    #[test]
    fn every_statement_is_accounted_for_once(
        old in prop::collection::vec((1..4_i32, "[ab ]{1,4}"), 0..20),
        new in prop::collection::vec((1..4_i32, "[ab ]{1,4}"), 0..20),
    ) {
        let place = |statements: &[(i32, String)]| -> Vec<(i32, i32, String)> {
            (1..).zip(statements).map(|(n, (level, text))| (*level, n, text.clone())).collect()
        };
        let (old, new) = (place(&old), place(&new));
        let old: Vec<_> = old.iter().map(|(l, p, t)| (*l, *p, t.as_str())).collect();
        let new: Vec<_> = new.iter().map(|(l, p, t)| (*l, *p, t.as_str())).collect();
        let (old, new) = (version(1, &old), version(2, &new));
        let found = diff(&old, &new, &HashMap::new());
        let mut from: Vec<_> = found.changes.iter().filter_map(|c| c.from).map(|i| i.id).collect();
        let mut to: Vec<_> = found.changes.iter().filter_map(|c| c.to).map(|i| i.id).collect();
        prop_assert_eq!(from.len() + found.unchanged, old.len());
        prop_assert_eq!(to.len() + found.unchanged, new.len());
        from.sort_unstable();
        from.dedup();
        to.sort_unstable();
        to.dedup();
        prop_assert_eq!(from.len() + found.unchanged, old.len());
        prop_assert_eq!(to.len() + found.unchanged, new.len());
        for change in &found.changes {
            let same = change.from.map(|i| i.text) == change.to.map(|i| i.text);
            prop_assert_eq!(same, change.kind == Kind::Moved);
        }
        let itself = diff(&old, &old, &HashMap::new());
        prop_assert!(itself.changes.is_empty());
        prop_assert_eq!(itself.unchanged, old.len());
    }
}
