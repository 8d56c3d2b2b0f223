//! Where a learner stands at one level.

use jiff::Timestamp;
use uuid::Uuid;

use super::rule::{AppliedRule, Progress};

/// A demonstration that was not withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The demonstration.
    pub id: Uuid,
    /// What was demonstrated.
    pub statement: Uuid,
    /// The plan version that it was decided under.
    pub plan_version: Uuid,
    /// The moment from which it holds no more; `None` for no end.
    pub valid_until: Option<Timestamp>,
}

impl Held {
    /// Whether it holds at `at`.
    #[must_use]
    pub fn holds(&self, at: Timestamp) -> bool {
        self.valid_until.is_none_or(|end| end > at)
    }
}

/// How a learner stands at a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing was demonstrated that counts for it.
    Missing,
    /// What was demonstrated holds no more.
    Expired,
    /// A demonstration of another version's statement counts for it.
    CarriedOver,
    /// It was demonstrated itself.
    Demonstrated,
}

impl Standing {
    /// Whether the statement counts towards its level.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::Demonstrated | Self::CarriedOver)
    }
}

/// A statement of a level, and how a learner stands at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementStanding {
    /// The statement.
    pub statement: Uuid,
    /// How the learner stands at it.
    pub standing: Standing,
    /// The demonstration that says so; none when it is missing.
    pub demonstration: Option<Uuid>,
    /// Until when that demonstration holds, or held; `None` for no end, and when it is missing.
    pub valid_until: Option<Timestamp>,
    /// A demonstration of an earlier or later wording that holds, and would count for it if the
    /// provider said that it carries over: nobody has decided.
    pub waiting: Option<Uuid>,
}

/// A level, how a learner stands at its statements, and whether that attains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attainment {
    /// Ordinal of the level, from 1.
    pub level: i32,
    /// Whether the level is attained.
    pub attained: bool,
    /// The rule that is met or, where none is, the one that takes the least.
    pub rule: AppliedRule,
    /// How far along that rule the learner is.
    pub progress: Progress,
    /// Every statement of the level, by domain and position.
    pub statements: Vec<StatementStanding>,
}
