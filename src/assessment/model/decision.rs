//! What a decision looks at, and what it says.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Fact, Rule, stored_enum};

/// All that a decision under a plan looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The observations of the assessment, in any order.
    pub observations: Vec<Fact>,
    /// The moment for which it is decided, Unix milliseconds.
    pub as_of: i64,
    /// The member who makes the decision; `None` while nobody does.
    pub signer: Option<Uuid>,
}

/// One requirement of the rule, held against the observations of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Requirement {
    /// `OBSERVATIONS`, `ASSESSORS`, `EVIDENCE_KIND` (one for each kind), `AGREEMENT` or
    /// `SIGN_OFF`.
    pub name: String,
    /// How many are needed.
    pub needed: i32,
    /// How many count.
    pub found: i32,
    /// Whether that is enough.
    pub met: bool,
    /// The same in words; when not met, what is still missing.
    pub text: String,
}

stored_enum! {
    /// Why an observation does not count.
    Cause {
        /// A later observation corrects it.
        Superseded = "SUPERSEDED",
        /// The plan does not look at competence in that way.
        Method = "METHOD",
        /// It was observed after the moment for which it is decided.
        Future = "FUTURE",
        /// It was observed too long ago.
        Window = "WINDOW",
        /// It was rated lower than the plan counts.
        Rating = "RATING",
        /// It has no evidence, and the plan requires it.
        Evidence = "EVIDENCE",
    }
}

/// Why an observation does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Uncounted {
    /// The observation.
    pub observation: Uuid,
    /// The reason, for machines; decisions of the first form do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// The reason, in words.
    pub reason: String,
}

/// The outcome for one statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementOutcome {
    /// The statement.
    pub statement: Uuid,
    /// Whether it is demonstrated: each requirement is met.
    pub met: bool,
    /// The observations that count, in the order of their ids.
    pub counted: Vec<Uuid>,
    /// The observations that do not, with the reason, in the order of their ids.
    pub uncounted: Vec<Uncounted>,
    /// Each requirement of the rule.
    pub requirements: Vec<Requirement>,
}

/// A decision with its explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The rule that was applied.
    pub rule: Rule,
    /// The moment for which it was decided, Unix milliseconds; decisions of the first form, in
    /// which time played no part, do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<i64>,
    /// The member who made the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<Uuid>,
    /// Whether every statement is demonstrated.
    pub complete: bool,
    /// Each statement of the plan, in its order.
    pub statements: Vec<StatementOutcome>,
}
