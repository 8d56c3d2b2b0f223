//! What becomes of statements, and which demonstrations carry over.

use super::*;

fn kinds(found: &[CarryOver]) -> Vec<(Kind, Option<u128>, Option<u128>)> {
    let number = |id: Option<Uuid>| id.map(|id| id.as_u128());
    let told = found.iter();
    told.map(|c| (c.kind, number(c.from), number(c.to)))
        .collect()
}

#[test]
fn each_statement_is_the_same_reworded_added_or_removed() {
    let old = version(1, &[&["Lifts.", "Carries.", "Sorts.", "Counts."]]);
    let new = version(2, &[&["Lifts.", "Sorts.", "Stacks."]]);
    let found = compare(&old, &new, &[]);
    let expected = [
        (Kind::Same, Some(1_001_001), Some(2_001_001)),
        (Kind::Same, Some(1_001_003), Some(2_001_002)),
        (Kind::Added, None, Some(2_001_003)),
        (Kind::Removed, Some(1_001_002), None),
        (Kind::Removed, Some(1_001_004), None),
    ];
    let mut found = kinds(&found);
    found.sort();
    let mut expected = expected.to_vec();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn one_place_with_another_text_is_reworded_to_the_last_character() {
    let old = version(1, &[&["Lifts.", "Carries."]]);
    for text in ["Lifts", "lifts.", "Lifts. ", "Li\u{200b}fts."] {
        let new = version(2, &[&[text, "Carries."]]);
        let found = compare(&old, &new, &[]);
        assert_eq!(found[0].kind, Kind::Reworded, "{text:?}");
        assert_eq!(found[1].kind, Kind::Same);
    }
}

#[test]
fn a_text_that_moves_to_another_level_or_domain_is_not_the_same() {
    let old = version(1, &[&["Lifts."], &["Carries."]]);
    let new = version(2, &[&["Carries."], &["Lifts."]]);
    let found = compare(&old, &new, &[]);
    assert!(found.iter().all(|c| c.kind == Kind::Reworded), "{found:?}");
    let mut moved = version(2, &[&["Lifts."], &["Carries."]]);
    moved.statements[0].domain = Some(2);
    let found = kinds(&compare(&old, &moved, &[]));
    assert!(found.contains(&(Kind::Removed, Some(1_001_001), None)));
    assert!(found.contains(&(Kind::Added, None, Some(2_001_001))));
}

#[test]
fn one_text_twice_in_a_level_is_two_statements() {
    let old = version(1, &[&["Lifts.", "Lifts."]]);
    let new = version(2, &[&["Lifts."]]);
    let found = kinds(&compare(&old, &new, &[]));
    assert!(found.contains(&(Kind::Same, Some(1_001_001), Some(2_001_001))));
    assert!(found.contains(&(Kind::Removed, Some(1_001_002), None)));
}

#[test]
fn what_a_provider_accepted_is_told_as_reworded_wherever_it_stands() {
    let old = version(1, &[&["Lifts.", "Carries."]]);
    let new = version(2, &[&["Stacks.", "Lifts.", "Carries loads."]]);
    let moved = (id(1, 1, 2), id(2, 1, 3));
    let by_place = compare(&old, &new, &[]);
    assert!(
        by_place
            .iter()
            .all(|c| c.to != Some(moved.1) || c.kind == Kind::Added)
    );
    let found = compare(&old, &new, &[moved]);
    let pair = found.iter().find(|c| c.to == Some(moved.1)).unwrap();
    assert_eq!((pair.kind, pair.from), (Kind::Reworded, Some(moved.0)));
}

fn standing(versions: &[Version<'_>], judged: &[Judgement], of: Uuid) -> StatementStanding {
    let last = versions.last().unwrap();
    let target = Lineage::new(versions.to_vec(), judged)
        .target(last.id)
        .unwrap();
    let found = target.attainment(1, &[held(9, of)], &HashMap::new(), NOW);
    found.unwrap().statements[0]
}

#[test]
fn the_same_text_carries_over_by_itself_even_past_a_version_without_it() {
    let one = version(1, &[&["Lifts."]]);
    let two = version(2, &[&["Stacks."]]);
    let three = version(3, &[&["Lifts."]]);
    let found = standing(&[one, two, three], &[], id(1, 1, 1));
    assert_eq!(found.standing, Standing::CarriedOver);
    assert_eq!(found.demonstration, Some(Uuid::from_u128(9)));
}

#[test]
fn a_reworded_one_waits_for_the_decision_and_follows_it() {
    let versions = [version(1, &[&["Lifts."]]), version(2, &[&["Lifts loads."]])];
    let judged = |accepted| Judgement {
        from: id(1, 1, 1),
        to: id(2, 1, 1),
        accepted,
    };
    let told = |judged: &[Judgement]| {
        let found = standing(&versions, judged, id(1, 1, 1));
        (found.standing, found.waiting.is_some())
    };
    assert_eq!(told(&[]), (Standing::Missing, true));
    assert_eq!(told(&[judged(false)]), (Standing::Missing, false));
    assert_eq!(told(&[judged(true)]), (Standing::CarriedOver, false));
    // The last word stands.
    let both = [judged(true), judged(false)];
    assert_eq!(told(&both), (Standing::Missing, false));
    // It is a word on one direction only.
    let back = [versions[1].clone(), versions[0].clone()];
    let found = standing(&back, &[judged(true)], id(2, 1, 1));
    assert_eq!(found.standing, Standing::Missing);
}

#[test]
fn decisions_and_same_texts_chain_over_several_versions() {
    let versions = [
        version(1, &[&["Lifts."]]),
        version(2, &[&["Lifts loads."]]),
        version(3, &[&["Lifts loads."]]),
        version(4, &[&["Lifts heavy loads."]]),
    ];
    let first = Judgement {
        from: id(1, 1, 1),
        to: id(2, 1, 1),
        accepted: true,
    };
    let second = Judgement {
        from: id(3, 1, 1),
        to: id(4, 1, 1),
        accepted: true,
    };
    let told = |judged: &[Judgement]| standing(&versions, judged, id(1, 1, 1)).standing;
    assert_eq!(told(&[first, second]), Standing::CarriedOver);
    assert_eq!(told(&[second]), Standing::Missing);
    assert_eq!(told(&[first]), Standing::Missing);
    // The same two wordings in other versions are the same matter: its last word stands.
    let refused = Judgement {
        from: id(2, 1, 1),
        accepted: false,
        ..second
    };
    assert_eq!(told(&[first, second, refused]), Standing::Missing);
}
