//! The bound on the search for the ways in which alike blank nodes differ.

/// How many steps [`canonical`](super::canonical) may take to tell alike blank nodes apart. A step
/// is one hash, or one blank node put in its place while their orders are tried. A learner's record
/// takes a few dozen, and all of them are over in a tenth of a second.
pub const MOST_STEPS: u64 = 200_000;

/// How many blank nodes in a row a search may lead through. Each takes room on the stack.
const MOST_DEPTH: u32 = 256;

/// The blank nodes look too much alike (RDFC-1.0, section 7.1: dataset poisoning).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "too many nodes without an id look alike: it takes {0} to tell them apart; give such nodes an \
     id, or say the same thing once only"
)]
pub struct TooComplex(String);

/// What is left of the bound.
pub(super) struct Work {
    most: u64,
    left: u64,
    depth: u32,
}

impl Work {
    /// At most `steps`.
    pub(super) fn within(steps: u64) -> Self {
        Self {
            most: steps,
            left: steps,
            depth: 0,
        }
    }

    /// Takes `steps`, if so many are left.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), TooComplex> {
        self.left = u64::try_from(steps)
            .ok()
            .and_then(|steps| self.left.checked_sub(steps))
            .ok_or_else(|| TooComplex(format!("more than {} steps", self.most)))?;
        Ok(())
    }

    /// Goes one blank node further; [`Work::leave`] comes back.
    pub(super) fn enter(&mut self) -> Result<(), TooComplex> {
        if self.depth == MOST_DEPTH {
            let most = format!("a chain of more than {MOST_DEPTH} of them");
            return Err(TooComplex(most));
        }
        self.depth += 1;
        Ok(())
    }

    /// Comes back from where [`Work::enter`] went.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}
