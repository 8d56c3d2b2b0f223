//! Names for blank nodes, after the statements that mention each (RDFC-1.0, sections 4.4 and 4.6).

use super::lines::Lines;
use super::work::{TooComplex, Work};
use crate::kernel::digest::sha256;

/// A SHA-256 digest. Digests are ordered as their hexadecimal digits are.
pub(super) type Digest = [u8; 32];

/// What is known about the blank nodes of `lines`.
pub(super) struct Namer<'a> {
    pub(super) lines: &'a Lines<'a>,
    pub(super) work: Work,
    /// By number of the blank node: the hash of the statements that mention it.
    first_degree: Vec<Digest>,
    /// By number of the blank node: its canonical name, with `_:`.
    names: Vec<Option<String>>,
    given: usize,
}

impl<'a> Namer<'a> {
    /// No blank node of `lines` has a name yet.
    pub(super) fn new(lines: &'a Lines<'a>, work: Work) -> Self {
        let first_degree = lines.blanks().map(|blank| first_degree(lines, blank));
        Self {
            lines,
            work,
            first_degree: first_degree.collect(),
            names: vec![None; lines.blanks().len()],
            given: 0,
        }
    }

    /// The canonical name of `blank`, with `_:`, if it has one already.
    pub(super) fn name(&self, blank: u32) -> Option<&str> {
        self.names.get(blank as usize)?.as_deref()
    }

    /// The hash of the statements that mention `blank` (section 4.6).
    pub(super) fn first_degree(&self, blank: u32) -> Digest {
        let digest = self.first_degree.get(blank as usize);
        digest.copied().unwrap_or_default()
    }

    /// Gives every blank node its name (section 4.4.3, steps 3 to 5).
    pub(super) fn name_all(&mut self) -> Result<(), TooComplex> {
        let mentioned = |&blank: &u32| self.lines.mentioning(blank).next().is_some();
        let mut blanks: Vec<u32> = self.lines.blanks().filter(mentioned).collect();
        blanks.sort_by_key(|&blank| self.first_degree(blank));
        let (unique, alike): (Vec<_>, Vec<_>) = blanks
            .chunk_by(|&a, &b| self.first_degree(a) == self.first_degree(b))
            .partition(|group| group.len() == 1);
        unique
            .concat()
            .into_iter()
            .for_each(|blank| self.give(blank));
        for group in alike {
            let mut ways = Vec::new();
            for &blank in group {
                if self.name(blank).is_none() {
                    ways.push(self.n_degree(blank, vec![blank])?);
                }
            }
            ways.sort_by_key(|way| way.digest);
            let met = ways.into_iter().flat_map(|way| way.met);
            met.for_each(|blank| self.give(blank));
        }
        Ok(())
    }

    fn give(&mut self, blank: u32) {
        if let Some(name @ None) = self.names.get_mut(blank as usize) {
            *name = Some(format!("_:c14n{}", self.given));
            self.given += 1;
        }
    }
}

/// The hash of the statements that mention `blank`, in which it is `_:a` and every other `_:z`.
fn first_degree(lines: &Lines<'_>, blank: u32) -> Digest {
    let name = |other| if other == blank { "_:a" } else { "_:z" };
    sha256(lines.filled(lines.mentioning(blank), name).as_bytes())
}
