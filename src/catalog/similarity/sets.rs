//! Set operations over lists: two things are the same when their keys are. Of those that are the
//! same within one list, the first stands for all. The order is that of the lists.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

/// What is in either: all of `a`, then what only `b` has.
pub fn union<'t, T, K: Eq + Hash>(a: &'t [T], b: &'t [T], key: impl Fn(&T) -> K) -> Vec<&'t T> {
    let mut seen = HashSet::new();
    let all = a.iter().chain(b);
    all.filter(|thing| seen.insert(key(thing))).collect()
}

/// What is in both, each as `a` and as `b` have it; in the order of `a`.
pub fn intersection<'t, T, K: Eq + Hash>(
    a: &'t [T],
    b: &'t [T],
    key: impl Fn(&T) -> K,
) -> Vec<(&'t T, &'t T)> {
    let mut theirs: HashMap<K, &'t T> = HashMap::new();
    for thing in b {
        theirs.entry(key(thing)).or_insert(thing);
    }
    // Taken out, each is found once.
    let both = |thing| Some((thing, theirs.remove(&key(thing))?));
    a.iter().filter_map(both).collect()
}

/// What is in `a` and not in `b`.
pub fn difference<'t, T, K: Eq + Hash>(a: &'t [T], b: &[T], key: impl Fn(&T) -> K) -> Vec<&'t T> {
    let mut seen: HashSet<K> = b.iter().map(&key).collect();
    let mine = a.iter();
    mine.filter(|thing| seen.insert(key(thing))).collect()
}
