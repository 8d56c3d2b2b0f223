//! How alike blank nodes differ: by the ways that lead on from each, through other blank nodes
//! (RDFC-1.0, sections 4.7 and 4.8).

use std::collections::BTreeMap;

use super::namer::{Digest, Namer};
use super::work::TooComplex;
use crate::kernel::digest::{hex, sha256};

/// The ways that lead on from a blank node.
pub(super) struct Ways {
    /// Their hash, which does not depend on names.
    pub(super) digest: Digest,
    /// The blank nodes in the order in which the ways meet them, first the one where they begin.
    /// The place of each is its provisional name: the algorithm's identifier issuer.
    pub(super) met: Vec<u32>,
}

/// One way to go on to a group of blank nodes.
struct Path {
    /// What the way is compared by.
    text: String,
    met: Vec<u32>,
}

impl Namer<'_> {
    /// The ways that lead on from `blank`, where those `met` are behind already (section 4.8.3).
    pub(super) fn n_degree(&mut self, blank: u32, mut met: Vec<u32>) -> Result<Ways, TooComplex> {
        self.work.enter()?;
        let mut text = String::new();
        for (digest, group) in self.related(blank, &met)? {
            text.push_str(&hex(&digest));
            let path = self.least_path(group, &met)?;
            text.push_str(&path.text);
            met = path.met;
        }
        self.work.leave();
        let digest = sha256(text.as_bytes());
        Ok(Ways { digest, met })
    }

    /// The blank nodes that share a statement with `blank`, by how they do (steps 1 to 3).
    fn related(
        &mut self,
        blank: u32,
        met: &[u32],
    ) -> Result<BTreeMap<Digest, Vec<u32>>, TooComplex> {
        let mut related: BTreeMap<_, Vec<u32>> = BTreeMap::new();
        for line in self.lines.mentioning(blank) {
            for (position, other) in line.blanks().filter(|(_, other)| *other != blank) {
                self.work.spend(1)?;
                let mut how = String::from(position);
                if position != 'g' {
                    how.extend(["<", line.predicate, ">"]);
                }
                match self.name_so_far(other, met) {
                    Some(name) => how.push_str(&name),
                    None => how.push_str(&hex(&self.first_degree(other))),
                }
                related
                    .entry(sha256(how.as_bytes()))
                    .or_default()
                    .push(other);
            }
        }
        Ok(related)
    }

    /// Of the ways to go on to `group` in any order, the one whose text comes first (steps 5.2 to
    /// 5.6).
    fn least_path(&mut self, mut group: Vec<u32>, met: &[u32]) -> Result<Path, TooComplex> {
        let mut least = Path {
            text: String::new(),
            met: met.to_vec(),
        };
        group.sort_unstable();
        loop {
            self.work.spend(group.len() + met.len())?;
            if let Some(path) = self.path(&group, met.to_vec(), &least.text)? {
                least = path;
            }
            if !next_order(&mut group) {
                return Ok(least);
            }
        }
    }

    /// The way to go on to `group` in this order; `None` if `least` comes before it (steps 5.4.1
    /// to 5.4.6).
    fn path(
        &mut self,
        group: &[u32],
        mut met: Vec<u32>,
        least: &str,
    ) -> Result<Option<Path>, TooComplex> {
        let mut text = String::new();
        let mut new = Vec::new();
        for &blank in group {
            let name = self.name_so_far(blank, &met).unwrap_or_else(|| {
                new.push(blank);
                met.push(blank);
                provisional(met.len() - 1)
            });
            text.push_str(&name);
            if is_beaten(&text, least) {
                return Ok(None);
            }
        }
        for blank in new {
            if let Some(name) = self.name_so_far(blank, &met) {
                text.push_str(&name);
            }
            let ways = self.n_degree(blank, met)?;
            met = ways.met;
            text.extend(["<", &hex(&ways.digest), ">"]);
            if is_beaten(&text, least) {
                return Ok(None);
            }
        }
        let is_less = least.is_empty() || text.as_str() < least;
        Ok(is_less.then_some(Path { text, met }))
    }

    /// The canonical name of `blank`, or else its provisional one among those `met`, with `_:`.
    fn name_so_far(&self, blank: u32, met: &[u32]) -> Option<String> {
        self.name(blank).map(str::to_owned).or_else(|| {
            let place = met.iter().position(|&other| other == blank)?;
            Some(provisional(place))
        })
    }
}

fn provisional(place: usize) -> String {
    format!("_:b{place}")
}

/// Whether a path that begins with `text` comes after `least`, where there is one.
fn is_beaten(text: &str, least: &str) -> bool {
    !least.is_empty() && text.len() >= least.len() && text > least
}

/// Puts `items` in the next order, in the order of orders; `false` if this was the last.
fn next_order(items: &mut [u32]) -> bool {
    let Some(fall) = items
        .windows(2)
        .rposition(|pair| matches!(pair, [a, b] if a < b))
    else {
        return false;
    };
    let (head, tail) = items.split_at_mut(fall + 1);
    if let Some(pivot) = head.last_mut()
        && let Some(greater) = tail.iter_mut().rev().find(|item| **item > *pivot)
    {
        std::mem::swap(pivot, greater);
    }
    tail.reverse();
    true
}
