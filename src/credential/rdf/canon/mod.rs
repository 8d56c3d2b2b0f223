//! The canonical form of a dataset: RDF Dataset Canonicalization (RDFC-1.0) with SHA-256.
//!
//! Blank nodes have no names of their own, so the same statements can be written in many ways.
//! Here each blank node is named after what is said about it:
//!
//! - `write`: the one way to write each character
//! - `lines`: the statements as lines that lack the names of blank nodes
//! - `namer`: names for the blank nodes, after the statements that mention each
//! - `paths`: the same for those that look alike, after the ways that lead on from each
//! - `work`: the bound on that search

mod lines;
mod namer;
mod paths;
#[cfg(test)]
mod tests;
mod work;
mod write;

pub use work::{MOST_STEPS, TooComplex};

use super::quad::Dataset;
use lines::Lines;
use namer::Namer;
use work::Work;

/// The canonical N-Quads document of `dataset` (RDFC-1.0, section 4.4.3 and appendix A): each
/// statement once, on a line of its own, in code point order, blank nodes named `_:c14n0` and on.
///
/// Two datasets have the same document if and only if they say the same, whatever their blank nodes
/// are called. That holds even for IRIs and language tags that are none: the characters that they
/// must not contain are escaped, so that no value can pass for another line.
///
/// # Errors
/// [`TooComplex`] when telling the blank nodes apart takes more than [`MOST_STEPS`].
pub fn canonical(dataset: &Dataset<'_>) -> Result<String, TooComplex> {
    canonical_within(dataset, MOST_STEPS)
}

/// [`canonical`] with another bound than [`MOST_STEPS`].
///
/// # Errors
/// [`TooComplex`] when telling the blank nodes apart takes more than `steps`.
pub fn canonical_within(dataset: &Dataset<'_>, steps: u64) -> Result<String, TooComplex> {
    let lines = Lines::of(dataset);
    let mut namer = Namer::new(&lines, Work::within(steps));
    namer.name_all()?;
    Ok(lines.document(|blank| namer.name(blank).unwrap_or_default()))
}
