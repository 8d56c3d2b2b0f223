//! What a plan asks for and what a decision says.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The lowest rating an assessor can give.
pub const MIN_RATING: i32 = 1;
/// The highest rating an assessor can give.
pub const MAX_RATING: i32 = 4;

macro_rules! stored_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stored form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Reads the stored form.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.as_str() == text)
            }
        }
    };
}

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
    /// Where an assessment stands.
    State {
        /// Observations are being recorded.
        Open = "OPEN",
        /// Every statement of the plan was demonstrated.
        Decided = "DECIDED",
    }
}

stored_enum! {
    /// What kind of thing a piece of evidence is.
    EvidenceKind {
        /// A web address.
        Url = "URL",
        /// A text.
        Text = "TEXT",
        /// The SHA-256 of a file that is kept elsewhere.
        FileDigest = "FILE_DIGEST",
    }
}

/// A piece of evidence to record.
#[derive(Debug, Clone)]
pub struct NewEvidence {
    /// What it is.
    pub kind: EvidenceKind,
    /// The address, the text, or `sha256:` and 64 hexadecimal digits.
    pub value: String,
    /// What to call it.
    pub name: Option<String>,
}

/// A plan to create.
#[derive(Debug, Clone)]
pub struct NewPlan {
    /// Display name.
    pub name: String,
    /// The statements, in order.
    pub statements: Vec<Uuid>,
    /// How competence is looked at.
    pub method: Method,
    /// What a statement needs to be demonstrated.
    pub rule: Rule,
    /// Whether records issued under it can be suspended.
    pub suspendable: bool,
    /// How long a record stays valid, in days; `None` for no end.
    pub validity_days: Option<i32>,
}

/// An observation to record.
#[derive(Debug, Clone)]
pub struct NewObservation {
    /// The assessment.
    pub assessment: Uuid,
    /// The statement that was observed.
    pub statement: Uuid,
    /// From [`MIN_RATING`] to [`MAX_RATING`].
    pub rating: i32,
    /// Where and how.
    pub context: String,
    /// When; now, when it is left out.
    pub observed_at: Option<jiff::Timestamp>,
    /// What it rests on.
    pub evidence: Vec<NewEvidence>,
}

/// What a version of a plan asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanContent {
    /// The statements, in order.
    pub statements: Vec<Uuid>,
    /// How competence is looked at, as [`Method`]'s stored forms.
    pub methods: Vec<String>,
    /// What each statement needs.
    pub rule: Rule,
    /// Whether records issued under it can be suspended.
    #[serde(default)]
    pub suspendable: bool,
    /// How long a demonstration stays valid, in days; `None` for no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity_days: Option<i32>,
}

/// What a statement needs to be demonstrated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// As much of an observation as a decision looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The observation.
    pub id: Uuid,
    /// The statement that was observed.
    pub statement: Uuid,
    /// Who observed.
    pub assessor: Uuid,
    /// The rating given.
    pub rating: i32,
    /// Whether evidence was recorded with it.
    pub has_evidence: bool,
}

/// One requirement of the rule, held against the observations of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Requirement {
    /// `OBSERVATIONS` or `ASSESSORS`.
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

/// Why an observation does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Uncounted {
    /// The observation.
    pub observation: Uuid,
    /// The reason, in words.
    pub reason: String,
}

/// The outcome for one statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementOutcome {
    /// The statement.
    pub statement: Uuid,
    /// Whether it is demonstrated.
    pub met: bool,
    /// The observations that count, in the order of their ids.
    pub counted: Vec<Uuid>,
    /// The observations that do not, with the reason.
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
    /// Whether every statement is demonstrated.
    pub complete: bool,
    /// Each statement of the plan, in its order.
    pub statements: Vec<StatementOutcome>,
}
