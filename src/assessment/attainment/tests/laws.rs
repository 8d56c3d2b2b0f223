//! What holds for any versions, rules and demonstrations.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

const WORDS: [&str; 5] = ["Lifts.", "Carries.", "Sorts.", "Stacks.", "Counts."];

fn texts() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    let level = prop::collection::vec(prop::sample::select(&WORDS[..]), 1..6);
    prop::collection::vec(level, 1..3)
}

fn made(number: u128, texts: &[Vec<&'static str>]) -> Version<'static> {
    let levels: Vec<_> = texts.iter().map(Vec::as_slice).collect();
    version(number, &levels)
}

fn kind() -> impl Strategy<Value = RuleKind> {
    prop_oneof![
        Just(RuleKind::All),
        (0u32..8).prop_map(RuleKind::Count),
        (0u32..120).prop_map(RuleKind::Share),
    ]
}

/// Two versions, demonstrations of both under two plans, their rules, and decisions.
#[derive(Debug, Clone)]
struct Case {
    versions: [Version<'static>; 2],
    held: Vec<Held>,
    rules: HashMap<Uuid, AttainmentRule>,
    judged: Vec<Judgement>,
}

fn place() -> impl Strategy<Value = Uuid> {
    (1u128..3, 1i32..3, 1i32..6).prop_map(|(v, l, p)| id(v, l, p))
}

fn demonstration() -> impl Strategy<Value = (Uuid, u128, Option<i64>)> {
    (place(), 1u128..3, prop::option::of(-1i64..2))
}

fn rule() -> impl Strategy<Value = AttainmentRule> {
    let rule = (kind(), prop::collection::vec(place(), 0..3));
    rule.prop_map(|(kind, essentials)| AttainmentRule { kind, essentials })
}

fn case() -> impl Strategy<Value = Case> {
    let judged = (place(), place(), any::<bool>()).prop_map(|(from, to, accepted)| Judgement {
        from,
        to,
        accepted,
    });
    (
        texts(),
        texts(),
        prop::collection::vec(demonstration(), 0..12),
        (rule(), rule()),
        prop::collection::vec(judged, 0..3),
    )
        .prop_map(|(old, new, held, (one, two), judged)| Case {
            versions: [made(1, &old), made(2, &new)],
            held: (1..).zip(held).map(|(n, d)| demonstrated(n, d)).collect(),
            rules: HashMap::from([(Uuid::from_u128(1), one), (Uuid::from_u128(2), two)]),
            judged,
        })
}

fn demonstrated(number: u128, (statement, plan, end): (Uuid, u128, Option<i64>)) -> Held {
    Held {
        id: Uuid::from_u128(number),
        statement,
        plan_version: Uuid::from_u128(plan),
        valid_until: end.map(|s| Timestamp::from_second(s).unwrap()),
    }
}

fn all(case: &Case, held: &[Held]) -> Vec<Attainment> {
    let target = Lineage::new(case.versions.to_vec(), &case.judged)
        .target(case.versions[1].id)
        .unwrap();
    let levels: Vec<_> = target.levels().collect();
    let at = |level| target.attainment(level, held, &case.rules, NOW).unwrap();
    levels.into_iter().map(at).collect()
}

proptest! {
    #[test]
    fn one_more_demonstration_takes_no_level_away(case in case(), more in demonstration()) {
        let before = all(&case, &case.held);
        let mut held = case.held.clone();
        held.push(demonstrated(99, more));
        for (before, after) in before.iter().zip(all(&case, &held)) {
            prop_assert!(!before.attained || after.attained, "{before:?} {after:?}");
            let pairs = before.statements.iter().zip(&after.statements);
            for (before, after) in pairs {
                prop_assert!(before.standing <= after.standing);
            }
        }
    }

    #[test]
    fn the_order_of_demonstrations_and_versions_does_not_matter(case in case()) {
        let told = all(&case, &case.held);
        let mut turned = case.clone();
        turned.held.reverse();
        for version in &mut turned.versions {
            version.statements.reverse();
        }
        prop_assert_eq!(&told, &all(&turned, &turned.held));
        let versions = [case.versions[1].clone(), case.versions[0].clone()];
        let target = Lineage::new(versions.to_vec(), &case.judged).target(versions[0].id).unwrap();
        for told in told {
            let again = target.attainment(told.level, &case.held, &case.rules, NOW).unwrap();
            prop_assert_eq!(told, again);
        }
    }

    #[test]
    fn what_is_needed_found_and_missing_agree(case in case()) {
        for level in all(&case, &case.held) {
            let p = &level.progress;
            let counted = level.statements.iter().filter(|s| s.standing.counts()).count();
            prop_assert_eq!((p.total, p.found), (level.statements.len(), counted));
            prop_assert!((1..=p.total).contains(&p.needed));
            prop_assert_eq!(p.needed, level.rule.kind.needed(p.total));
            prop_assert_eq!(level.attained, p.more == 0);
            let enough = p.found >= p.needed && p.missing_essentials.is_empty();
            prop_assert_eq!(level.attained, enough);
            prop_assert!(p.more >= p.missing_essentials.len());
            prop_assert!(p.more <= p.total - p.found);
            prop_assert_eq!(p.text.contains("more"), !level.attained);
            for s in &level.statements {
                prop_assert_eq!(s.standing == Standing::Missing, s.demonstration.is_none());
                prop_assert!(s.waiting.is_none() || !s.standing.counts());
            }
        }
    }

    #[test]
    fn essentials_are_necessary_and_everything_is_enough(case in case()) {
        for level in all(&case, &case.held) {
            let named = |s: &&StatementStanding| level.rule.essentials.contains(&s.statement);
            let mut essential = level.statements.iter().filter(named);
            prop_assert!(!level.attained || essential.all(|s| s.standing.counts()));
            let everything = level.statements.iter().all(|s| s.standing.counts());
            prop_assert!(level.attained || !everything);
            // What a plan calls essential at this very level is in its rule, and nothing more.
            let plan = level.rule.plan_version.and_then(|p| case.rules.get(&p));
            let meant = plan.iter().flat_map(|r| &r.essentials);
            for own in meant.filter(|e| level.statements.iter().any(|s| s.statement == **e)) {
                prop_assert!(level.rule.essentials.contains(own));
            }
        }
    }

    #[test]
    fn carrying_over_to_an_identical_version_changes_nothing(case in case()) {
        let texts = &case.versions[0];
        let copied = texts.statements.iter().map(|p| Place { id: id(2, p.level, p.position), ..*p });
        let copy = Version { id: Uuid::from_u128(2), statements: copied.collect() };
        let changes = compare(texts, &copy, &[]);
        prop_assert_eq!(changes.len(), texts.statements.len());
        for change in changes {
            prop_assert_eq!(change.kind, Kind::Same);
            let from = change.from.unwrap().as_u128();
            prop_assert_eq!(change.to.unwrap().as_u128(), from + 1_000_000);
        }
        let old: Vec<_> = case.held.iter().copied().filter(|h| h.statement.as_u128() < 2_000_000).collect();
        let versions = [texts.clone(), copy];
        let told = |target| {
            let target = Lineage::new(versions.to_vec(), &[]).target(target).unwrap();
            target.attainments(&old, &case.rules, NOW)
        };
        let pairs = told(versions[0].id).into_iter().zip(told(versions[1].id));
        for (own, carried) in pairs {
            prop_assert_eq!(own.attained, carried.attained);
            prop_assert_eq!(own.progress.text, carried.progress.text);
        }
    }

    #[test]
    fn a_comparison_tells_each_statement_once(old in texts(), new in texts()) {
        let (old, new) = (made(1, &old), made(2, &new));
        let changes = compare(&old, &new, &[]);
        let from: BTreeSet<_> = changes.iter().filter_map(|c| c.from).collect();
        let to: BTreeSet<_> = changes.iter().filter_map(|c| c.to).collect();
        prop_assert_eq!(from.len(), old.statements.len());
        prop_assert_eq!(to.len(), new.statements.len());
        let one_sided = changes.iter().filter(|c| c.from.is_none() != c.to.is_none()).count();
        prop_assert_eq!(changes.len() * 2 - one_sided, from.len() + to.len());
        // Seen from the other side it is the same, with added and removed changed over.
        let back = compare(&new, &old, &[]);
        for c in changes {
            let kind = match c.kind { Kind::Added => Kind::Removed, Kind::Removed => Kind::Added, k => k };
            let turned = CarryOver { from: c.to, to: c.from, kind };
            prop_assert!(back.contains(&turned), "{turned:?}");
        }
    }
}
