//! Where an assessment stands, and what moves it.

use super::stored_enum;

stored_enum! {
    /// Where an assessment stands.
    State {
        /// Agreed on; nothing is observed yet.
        Planned = "PLANNED",
        /// Observations are being recorded.
        Open = "OPEN",
        /// Observing is done; a decision is awaited.
        Submitted = "SUBMITTED",
        /// The plan's rule was applied.
        Decided = "DECIDED",
        /// Ended without a decision.
        Withdrawn = "WITHDRAWN",
        /// The learner objects; it is looked at again.
        Appealed = "APPEALED",
        /// The plan's rule was applied once more, after an appeal.
        ReDecided = "RE_DECIDED",
    }
}

stored_enum! {
    /// What moves an assessment from one state to another.
    Move {
        /// Begin observing.
        Open = "OPEN",
        /// Say that observing is done.
        Submit = "SUBMIT",
        /// Take it back for more observations.
        Reopen = "REOPEN",
        /// Apply the plan's rule.
        Decide = "DECIDE",
        /// End it without a decision.
        Withdraw = "WITHDRAW",
        /// Object to the decision.
        Appeal = "APPEAL",
        /// Apply the plan's rule again, after an appeal.
        ReDecide = "RE_DECIDE",
    }
}

/// Why a move is not possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Where the assessment stands.
    pub state: State,
    /// What was wanted.
    pub wanted: Move,
    /// What is possible from there instead.
    pub possible: Vec<Move>,
}
