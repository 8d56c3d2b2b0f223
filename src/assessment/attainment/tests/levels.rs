//! Levels: the three kinds of rules, essentials, and words.

use super::*;

const TEXTS: [&str; 5] = [
    "Hand tools — chooses by size.",
    "Loads — lifts from the knees.",
    "Counts the stock without a list.",
    "Racks — fills from below.",
    "Aisles — keeps clear.",
];

fn level(held: &[Held], rules: &HashMap<Uuid, AttainmentRule>) -> Attainment {
    let versions = [version(1, &[&TEXTS])];
    let target = Lineage::new(versions.to_vec(), &[])
        .target(Uuid::from_u128(1))
        .unwrap();
    target.attainment(1, held, rules, NOW).unwrap()
}

fn first(count: i32) -> Vec<Held> {
    let numbers = (1..).zip(1..=count);
    numbers
        .map(|(n, position)| held(n, id(1, 1, position)))
        .collect()
}

#[test]
fn without_a_plan_all_statements_are_needed() {
    let none = HashMap::new();
    let gap = level(&[], &none);
    assert_eq!(gap.rule.text, "all 5 statements, as no plan says otherwise");
    assert_eq!(gap.progress.text, "0 of 5 demonstrated, 5 needed: 5 more");
    assert!(!level(&first(4), &none).attained);
    assert!(level(&first(5), &none).attained);
}

#[test]
fn a_count_is_enough() {
    let rules = rules(RuleKind::Count(3), &[]);
    let gap = level(&first(2), &rules);
    assert!(!gap.attained);
    assert_eq!(gap.rule.plan_version, Some(Uuid::from_u128(1)));
    assert_eq!(gap.rule.text, "3 of 5 statements");
    assert_eq!(gap.progress.text, "2 of 5 demonstrated, 3 needed: 1 more");
    let reached = level(&first(3), &rules);
    assert!(reached.attained);
    assert_eq!(reached.progress.text, "3 of 5 demonstrated, 3 needed");
}

#[test]
fn a_share_is_rounded_up() {
    for (percent, needed) in [(1, 1), (20, 1), (21, 2), (60, 3), (99, 5), (100, 5)] {
        assert_eq!(RuleKind::Share(percent).needed(5), needed, "{percent}");
    }
    let rules = rules(RuleKind::Share(50), &[]);
    let gap = level(&first(2), &rules);
    assert_eq!(gap.rule.text, "50 percent of 5 statements, which is 3");
    assert!(!gap.attained && level(&first(3), &rules).attained);
}

#[test]
fn a_rule_never_needs_nothing_nor_more_than_there_is() {
    assert_eq!(RuleKind::Count(0).needed(5), 1);
    assert_eq!(RuleKind::Share(0).needed(5), 1);
    assert_eq!(RuleKind::Count(u32::MAX).needed(5), 5);
    assert_eq!(RuleKind::Share(u32::MAX).needed(5), 5);
}

#[test]
fn essentials_must_be_among_them() {
    let essential = id(1, 1, 1);
    let rules = rules(RuleKind::Count(2), &[essential]);
    let others = [held(1, id(1, 1, 2)), held(2, id(1, 1, 3))];
    let gap = level(&others, &rules);
    assert!(!gap.attained);
    assert_eq!(gap.rule.text, "2 of 5 statements, among them “Hand tools”");
    assert_eq!(gap.progress.missing_essentials, [essential]);
    assert_eq!(
        gap.progress.text,
        "2 of 5 demonstrated, 2 needed: 1 more, the essential “Hand tools”"
    );
    assert!(level(&[others[0], held(3, essential)], &rules).attained);
}

#[test]
fn the_gap_names_the_essentials_among_what_is_missing() {
    let essentials = [id(1, 1, 1), id(1, 1, 3)];
    let rules = rules(RuleKind::Count(4), &essentials);
    let gap = level(&first(1), &rules);
    assert_eq!(
        gap.progress.text,
        "1 of 5 demonstrated, 4 needed: 3 more, among them the essential “Counts the stock without a list.”"
    );
    let gap = level(&[held(1, id(1, 1, 2)), held(2, id(1, 1, 4))], &rules);
    assert_eq!(
        gap.progress.text,
        "2 of 5 demonstrated, 4 needed: 2 more, the essentials “Hand tools” and “Counts the stock without a list.”"
    );
}

#[test]
fn of_several_plans_the_one_that_takes_the_least_is_told() {
    let mut rules = rules(RuleKind::Count(4), &[]);
    let lenient = AttainmentRule {
        kind: RuleKind::Count(2),
        essentials: Vec::new(),
    };
    rules.insert(Uuid::from_u128(2), lenient);
    let under = |plan, n: u128, position| Held {
        plan_version: Uuid::from_u128(plan),
        ..held(n, id(1, 1, position))
    };
    // A rule is the learner's once they demonstrated something under its plan.
    let strict = [under(1, 1, 1), under(1, 2, 2)];
    assert!(!level(&strict, &rules).attained);
    let both = [under(1, 1, 1), under(2, 2, 2)];
    let reached = level(&both, &rules);
    assert!(reached.attained);
    assert_eq!(reached.rule.plan_version, Some(Uuid::from_u128(2)));
}

#[test]
fn what_expired_is_told_and_does_not_count() {
    let ended = Held {
        valid_until: Some(NOW),
        ..held(1, id(1, 1, 1))
    };
    let rules = rules(RuleKind::Count(1), &[]);
    let gap = level(&[ended], &rules);
    assert!(!gap.attained);
    assert_eq!(gap.statements[0].standing, Standing::Expired);
    assert_eq!(gap.statements[0].valid_until, Some(NOW));
    let again = Held {
        valid_until: Some("1970-01-01T00:00:00.001Z".parse().unwrap()),
        ..held(2, id(1, 1, 1))
    };
    let reached = level(&[ended, again], &rules);
    assert!(reached.attained);
    assert_eq!(reached.statements[0].demonstration, Some(again.id));
}

#[test]
fn a_rule_goes_with_its_demonstrations_to_another_version_unless_an_essential_is_gone() {
    let old = version(1, &[&["Lifts.", "Carries.", "Sorts."]]);
    let essential = id(1, 1, 2);
    let rules = rules(RuleKind::Count(2), &[essential]);
    let both = [held(1, id(1, 1, 1)), held(2, id(1, 1, 3))];
    let toward = |texts: &[&str]| {
        let versions = [old.clone(), version(2, &[texts])];
        let target = Lineage::new(versions.to_vec(), &[])
            .target(Uuid::from_u128(2))
            .unwrap();
        target.attainment(1, &both, &rules, NOW).unwrap()
    };
    let same = toward(&["Lifts.", "Carries.", "Sorts."]);
    assert_eq!(same.progress.missing_essentials, [id(2, 1, 2)]);
    // What stands in its place is essential, too.
    let reworded = toward(&["Lifts.", "Carries loads.", "Sorts."]);
    assert_eq!(reworded.progress.missing_essentials, [id(2, 1, 2)]);
    let gone = toward(&["Lifts.", "Sorts."]);
    assert_eq!(gone.rule.plan_version, None);
    assert!(gone.attained, "both statements are demonstrated");
}

#[test]
fn essentials_of_other_levels_do_not_matter_and_unknown_levels_are_none() {
    let versions = [version(1, &[&["Lifts."], &["Carries."]])];
    let target = Lineage::new(versions.to_vec(), &[])
        .target(Uuid::from_u128(1))
        .unwrap();
    let rules = rules(RuleKind::All, &[id(1, 2, 1), Uuid::from_u128(77)]);
    let demonstrated = [held(1, id(1, 1, 1))];
    let reached = target.attainments(&demonstrated, &rules, NOW);
    assert_eq!(reached.len(), 1);
    assert!(reached[0].attained && reached[0].rule.essentials.is_empty());
    assert!(target.attainment(3, &demonstrated, &rules, NOW).is_none());
    assert!(
        Lineage::new(versions.to_vec(), &[])
            .target(Uuid::from_u128(5))
            .is_none()
    );
    assert_eq!(target.levels().collect::<Vec<_>>(), [1, 2]);
}
