//! Whether an audit chain is whole: a walk along its records that finds what was changed, left out
//! or put in between.

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

/// Where a chain ends: a record's place and hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// The chain: `platform`, or a provider's id.
    pub chain: String,
    /// The newest record's place, from 1; 0 for a chain without records.
    pub sequence: i64,
    /// Its hash, 64 hexadecimal digits.
    pub hash: String,
}

/// Where all chains ended at a time: kept elsewhere, it shows later that none was cut or rewritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// When, in RFC 3339.
    pub at: String,
    /// Every chain's end.
    pub chains: Vec<End>,
}

/// Ends from checkpoints: for each chain, the hashes that its records must have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(BTreeMap<String, BTreeMap<i64, Vec<String>>>);

impl Marks {
    /// Adds what a checkpoint tells.
    pub fn add(&mut self, checkpoint: Checkpoint) {
        for end in checkpoint.chains.into_iter().filter(|end| end.sequence > 0) {
            let of_chain = self.0.entry(end.chain).or_default();
            let hashes = of_chain.entry(end.sequence).or_default();
            if !hashes.contains(&end.hash) {
                hashes.push(end.hash);
            }
        }
    }

    /// Whether no checkpoint tells of any chain.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The chains that checkpoints tell of.
    pub fn chains(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    fn of(&self, chain: &str) -> BTreeMap<i64, Vec<String>> {
        self.0.get(chain).cloned().unwrap_or_default()
    }
}

/// One record, as far as it holds the chain together. Hashes are hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its place.
    pub sequence: i64,
    /// The hash of the record before, as it tells.
    pub previous: String,
    /// Its hash, as it tells.
    pub hash: String,
    /// Its hash, computed from what it holds.
    pub computed: String,
}

/// What is wrong with a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The record does not have the hash that it tells.
    Changed,
    /// Records up to this place are missing.
    Missing(i64),
    /// The place is none that a chain gives out.
    Inserted,
    /// It does not follow the record before: one of the two was replaced.
    Unlinked,
    /// A checkpoint tells another hash of this record.
    Rewritten,
    /// A checkpoint, or the head, tells of this record, and the chain ends before it.
    Truncated,
    /// The head names another record, or another hash, than the chain's last.
    WrongHead,
    /// The chain has records and no head.
    NoHead,
}

/// A fault and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The chain.
    pub chain: String,
    /// The place in it.
    pub sequence: i64,
    /// What is wrong there.
    pub fault: Fault,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "chain {}, record {}: ", self.chain, self.sequence)?;
        match self.fault {
            Fault::Changed => {
                f.write_str("it was changed: it does not have the hash that it tells")
            }
            Fault::Missing(to) if to == self.sequence => f.write_str("it is missing"),
            Fault::Missing(to) => write!(f, "it and all up to {to} are missing"),
            Fault::Inserted => f.write_str("it was put in: no chain gives out this place"),
            Fault::Unlinked => {
                f.write_str("it does not follow the record before: one of the two was replaced")
            }
            Fault::Rewritten => f.write_str("a checkpoint tells another hash of it"),
            Fault::Truncated => f.write_str("the chain ends before it: its tail was cut off"),
            Fault::WrongHead => f.write_str("the chain's head does not agree with its last record"),
            Fault::NoHead => f.write_str("the chain has lost its head"),
        }
    }
}

/// A walk along one chain, from its first record on.
#[derive(Debug)]
pub struct Walk {
    chain: String,
    /// The last record's place.
    last: i64,
    /// The last record's hash.
    hash: String,
    marks: BTreeMap<i64, Vec<String>>,
}

impl Walk {
    /// Begins before the first record.
    #[must_use]
    pub fn new(chain: &str, marks: &Marks) -> Self {
        Self {
            chain: chain.to_owned(),
            last: 0,
            hash: "0".repeat(64),
            marks: marks.of(chain),
        }
    }

    /// The place of the last record that was passed.
    #[must_use]
    pub fn last(&self) -> i64 {
        self.last
    }

    /// Passes the next record, in the order of their places; what is wrong there.
    pub fn step(&mut self, link: Link) -> Vec<Finding> {
        let mut faults = Vec::new();
        let expected = self.last.saturating_add(1);
        if link.sequence < expected {
            return vec![self.finding(link.sequence, Fault::Inserted)];
        }
        if link.sequence > expected {
            faults.push((expected, Fault::Missing(link.sequence - 1)));
            for sequence in self.marks.range(expected..link.sequence).map(|(s, _)| *s) {
                faults.push((sequence, Fault::Rewritten));
            }
        } else if link.previous != self.hash {
            faults.push((link.sequence, Fault::Unlinked));
        }
        if link.computed != link.hash {
            faults.push((link.sequence, Fault::Changed));
        }
        let marks = self.marks.get(&link.sequence);
        if marks.is_some_and(|hashes| hashes.iter().any(|hash| *hash != link.hash)) {
            faults.push((link.sequence, Fault::Rewritten));
        }
        self.last = link.sequence;
        self.hash = link.hash;
        let faults = faults.into_iter();
        faults
            .map(|(sequence, fault)| self.finding(sequence, fault))
            .collect()
    }

    /// Whether the head tells of records beyond those that were passed.
    #[must_use]
    pub fn is_before(&self, head: Option<&End>) -> bool {
        head.is_some_and(|head| head.sequence > self.last)
    }

    /// Ends the walk after the last record; what is wrong with the end.
    #[must_use]
    pub fn end(self, head: Option<&End>) -> Vec<Finding> {
        let mut findings = Vec::new();
        match head {
            None if self.last > 0 => findings.push(self.finding(self.last, Fault::NoHead)),
            None => {}
            Some(head) if head.sequence > self.last => {
                findings.push(self.finding(head.sequence, Fault::Truncated));
            }
            Some(head) if head.sequence < self.last || head.hash != self.hash => {
                findings.push(self.finding(self.last, Fault::WrongHead));
            }
            Some(_) => {}
        }
        // The last of the marks says it all.
        if let Some((sequence, _)) = self.marks.range(self.last.saturating_add(1)..).next_back()
            && findings.iter().all(|f| f.fault != Fault::Truncated)
        {
            findings.push(self.finding(*sequence, Fault::Truncated));
        }
        findings
    }

    fn finding(&self, sequence: i64, fault: Fault) -> Finding {
        Finding {
            chain: self.chain.clone(),
            sequence,
            fault,
        }
    }
}
