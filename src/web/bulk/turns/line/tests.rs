use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use uuid::Uuid;

use super::Line;

const fn provider(n: u8) -> Uuid {
    Uuid::from_u128(n as u128)
}

/// A line with jobs of these providers, one after another.
fn line(most: usize, providers: &[u8]) -> Line {
    let mut line = Line::new(most);
    for n in providers {
        line.join(provider(*n));
    }
    line
}

/// Lets the next job run, if one may.
fn call(line: &mut Line) -> Option<u64> {
    let numbers: Vec<_> = line.waiting.iter().map(|(n, _)| *n).collect();
    numbers.into_iter().find(|n| line.begin(*n))
}

/// The numbers of all jobs, in the order in which they run when each ends before the next begins.
fn order(line: &mut Line) -> Vec<u64> {
    let mut order = Vec::new();
    while let Some(number) = call(line) {
        order.push(number);
        line.leave(number);
    }
    order
}

#[test]
fn one_providers_many_do_not_keep_anothers_first_waiting() {
    let mut line = line(1, &[1, 1, 1, 2, 2, 3]);
    assert_eq!(order(&mut line), [1, 4, 6, 2, 5, 3]);
}

#[test]
fn who_comes_later_stands_behind_those_who_wait_longer() {
    let mut line = line(1, &[1, 1, 2]);
    assert_eq!(call(&mut line), Some(1));
    line.leave(1);
    assert_eq!(call(&mut line), Some(3));
    // Provider 1 waits since its first job ended, provider 3 since now.
    line.join(provider(3));
    line.leave(3);
    assert_eq!(order(&mut line), [2, 4]);
}

#[test]
fn only_the_next_may_begin() {
    let mut line = line(1, &[1, 2]);
    assert!(!line.begin(2));
    assert!(!line.begin(9));
    assert!(line.begin(1));
    assert!(!line.begin(1), "it runs already");
    assert!(!line.begin(2), "there is no room");
    line.leave(1);
    assert!(line.begin(2));
}

#[test]
fn a_provider_runs_one_while_others_find_room() {
    let mut line = line(2, &[1, 1, 2, 3]);
    assert_eq!(call(&mut line), Some(1));
    assert_eq!(call(&mut line), Some(3));
    assert_eq!(call(&mut line), None);
    line.leave(3);
    assert_eq!(call(&mut line), Some(4));
    line.leave(1);
    assert_eq!(call(&mut line), Some(2));
}

#[test]
fn who_gives_up_keeps_nobody_waiting() {
    let mut line = line(1, &[1, 2, 3]);
    line.leave(1);
    line.leave(2);
    assert_eq!(order(&mut line), [3]);
    assert!(line.waiting.is_empty() && line.running.is_empty());
}

proptest! {
    /// Whoever joins, ends and gives up when: there is room for all who run, no provider runs two,
    /// nobody who could go is left waiting, and a provider has at most one turn between two of
    /// another that waits all the while.
    #[test]
    fn turns_are_fair(most in 1_usize..4, steps in prop::collection::vec((0_u8..5, 0_usize..8), 0..60)) {
        let mut line = Line::new(most);
        // By one that waits and another: how often the other began meanwhile.
        let mut passed: HashMap<(Uuid, Uuid), u32> = HashMap::new();
        for (what, pick) in steps {
            let all: Vec<_> = line.running.iter().chain(&line.waiting).copied().collect();
            match (what, all.get(pick), line.running.first()) {
                (0, Some((number, p)), _) => {
                    line.leave(*number);
                    passed.retain(|(waits, _), _| waits != p);
                }
                (1, _, Some((number, _))) => line.leave(*number),
                _ => {
                    line.join(provider(what));
                }
            }
            while let Some(number) = call(&mut line) {
                let begun = line.running.iter().find(|(n, _)| *n == number).unwrap().1;
                passed.retain(|(waits, _), _| *waits != begun);
                for p in standing(&line) {
                    let times = passed.entry((p, begun)).or_default();
                    *times += 1;
                    prop_assert!(*times <= 1, "{p} waits while {begun} goes again");
                }
            }
            prop_assert!(line.running.len() == most || standing(&line).is_empty());
            let running: HashSet<_> = line.running.iter().map(|(_, p)| *p).collect();
            prop_assert_eq!(running.len(), line.running.len(), "one of each provider");
        }
    }
}

/// The providers that wait and have none running.
fn standing(line: &Line) -> HashSet<Uuid> {
    let running: HashSet<_> = line.running.iter().map(|(_, p)| *p).collect();
    let waiting = line.waiting.iter().map(|(_, p)| *p);
    waiting.filter(|p| !running.contains(p)).collect()
}
