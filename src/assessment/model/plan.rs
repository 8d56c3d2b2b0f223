//! What an assessment plan asks for.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{EvidenceKind, rubric::Criterion, rubric::Scale, stored_enum};

stored_enum! {
    /// How competence is looked at.
    Method {
        /// Watching the work being done.
        Observation = "OBSERVATION",
        /// Watching a staged piece of work.
        Simulation = "SIMULATION",
        /// Answers on paper or screen.
        WrittenTest = "WRITTEN_TEST",
        /// A collection of finished work.
        Portfolio = "PORTFOLIO",
        /// A conversation.
        Interview = "INTERVIEW",
        /// What was learned before, elsewhere.
        RecognitionOfPriorLearning = "RECOGNITION_OF_PRIOR_LEARNING",
    }
}

stored_enum! {
    /// How far assessors must agree about a statement. Each is heard with their latest rating.
    #[derive(Default)]
    Agreement {
        /// They need not.
        #[default]
        None = "NONE",
        /// More than half must rate it high enough.
        Majority = "MAJORITY",
        /// All must rate it high enough.
        Unanimous = "UNANIMOUS",
    }
}

/// What a statement needs to be demonstrated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// How many observations count at least.
    pub min_observations: i32,
    /// By how many different assessors at least.
    pub min_assessors: i32,
    /// The lowest rating that counts.
    pub lowest_rating: i32,
    /// Whether only observations with evidence count.
    pub evidence_required: bool,
    /// The kinds of evidence of which each must rest with an observation that counts.
    #[serde(default)]
    pub evidence_kinds: Vec<EvidenceKind>,
    /// How many days before the decision an observation may lie, at most; any number when left
    /// out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_days: Option<i32>,
    /// Whether someone who observed nothing in the assessment must make the decision.
    #[serde(default)]
    pub sign_off: bool,
    /// How far the assessors must agree.
    #[serde(default)]
    pub agreement: Agreement,
}

impl Default for Rule {
    /// One observation, by anyone, rated 3 or higher.
    fn default() -> Self {
        Self {
            min_observations: 1,
            min_assessors: 1,
            lowest_rating: 3,
            evidence_required: false,
            evidence_kinds: Vec::new(),
            window_days: None,
            sign_off: false,
            agreement: Agreement::None,
        }
    }
}

stored_enum! {
    /// How many of a level's statements make the level attained.
    #[derive(Default)]
    AttainmentKind {
        /// All of them.
        #[default]
        All = "ALL",
        /// A fixed number of them.
        Count = "COUNT",
        /// A share of them.
        Share = "SHARE",
    }
}

/// When a level is attained.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attainment {
    /// How it is counted.
    pub kind: AttainmentKind,
    /// How many statements, for `COUNT`. A level with fewer needs all of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<i32>,
    /// How many of a hundred, rounded up to whole statements, for `SHARE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<i32>,
    /// Statements of the plan that are needed in any case.
    #[serde(default)]
    pub essentials: Vec<Uuid>,
}

/// What one version of a plan asks for. It never changes; its RFC 8785 form is what is stored,
/// and what its digest is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanContent {
    /// The statements, in order, each once.
    pub statements: Vec<Uuid>,
    /// The ways in which competence may be looked at, each once.
    pub methods: Vec<Method>,
    /// The ratings that assessors give.
    #[serde(default)]
    pub scale: Scale,
    /// The rubric; may be empty.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    /// What a statement needs to be demonstrated.
    pub rule: Rule,
    /// How long a demonstration, and a record of it, stays valid, in days; `None` for no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity_days: Option<i32>,
    /// Whether records issued under it can be suspended.
    pub suspendable: bool,
    /// When a level is attained.
    #[serde(default)]
    pub attainment: Attainment,
}
