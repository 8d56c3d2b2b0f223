//! What a plan asks for, what was observed, and what a decision says.

mod decision;
mod observation;
mod plan;
mod rubric;
mod state;

pub use decision::{Case, Cause, Explanation, Requirement, StatementOutcome, Uncounted};
pub use observation::{CriterionRating, EvidenceKind, Fact, NewEvidence, NewObservation};
pub use plan::{Agreement, Attainment, AttainmentKind, Method, PlanContent, Rule};
pub use rubric::{Criterion, Descriptor, Scale, ScaleRating};
pub use state::{Move, Refusal, State};

macro_rules! stored_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant,)* }

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
use stored_enum;
