//! Attainment: which levels a learner has reached, and what is missing for the others.
//!
//! All of it is derived, at the moment that it is asked for, from the demonstrations that hold
//! then: nothing here is ever stored. A demonstration stands at a statement of one version of a
//! framework; for the statements of the framework's other versions it may carry over:
//!
//! - to the statement with the very same text at the same level, by itself;
//! - to a reworded one, by a decision of the provider.
//!
//! Texts are compared exactly as they are stored. A published version is frozen and credentials
//! name its digest, so two texts that differ in one character are two things that were signed;
//! and whether a changed comma changes what is asked of a learner, a person must say.

mod compare;
mod gathered;
mod level;
mod lineage;
mod rule;
mod target;
#[cfg(test)]
mod tests;

pub use compare::{CarryOver, Kind, Place, Version, compare};
pub use level::{Attainment, Held, Standing, StatementStanding};
pub use lineage::{Change, Judgement, Lineage};
pub use rule::{AppliedRule, AttainmentRule, Progress, RuleKind};
pub use target::Target;
