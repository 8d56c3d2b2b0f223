//! What happens in a provider, as events tell it, and who wants to hear of it.

use serde_json::Value;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EventKind { $($(#[$doc])* $name,)* }

        impl EventKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name that is stored, and that webhooks carry as `type`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

kinds! {
    /// An assessment was opened: observations may be recorded.
    AssessmentOpened = "assessment.opened",
    /// An assessment was handed in for decision.
    AssessmentSubmitted = "assessment.submitted",
    /// An assessment was decided.
    AssessmentDecided = "assessment.decided",
    /// A decision was objected to.
    AssessmentAppealed = "assessment.appealed",
    /// An assessment was decided anew, after an appeal.
    AssessmentRedecided = "assessment.redecided",
    /// An assessment was withdrawn.
    AssessmentWithdrawn = "assessment.withdrawn",
    /// A credential was issued.
    CredentialIssued = "credential.issued",
    /// A credential was revoked, suspended or reinstated.
    CredentialStatusChanged = "credential.status_changed",
    /// A learner's personal data was erased.
    LearnerErased = "learner.erased",
    /// A bulk job came to its end.
    BulkFinished = "bulk.finished",
}

impl EventKind {
    /// Reads the stored name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|k| k.as_str() == text)
    }

    /// Whether it tells that an assessment was decided, the first time or anew.
    #[must_use]
    pub const fn is_decision(self) -> bool {
        matches!(self, Self::AssessmentDecided | Self::AssessmentRedecided)
    }
}

/// Something that happened, to be told.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// What happened.
    pub kind: EventKind,
    /// What it happened to: a JSON object whose members are global ids and codes, such as
    /// `{"assessmentId": "…", "learnerId": "…"}`. Never personal data: it leaves the house.
    pub payload: Value,
}

/// The kinds that a webhook wants, as they are stored: names between spaces, each once. None at all
/// means every kind, those that are yet to come among them.
#[must_use]
pub fn join_kinds(kinds: &[EventKind]) -> String {
    let mut kinds = kinds.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    let names: Vec<_> = kinds.iter().map(|kind| kind.as_str()).collect();
    names.join(" ")
}

/// Reads [`join_kinds`] back. A name that is not known any more is left out.
#[must_use]
pub fn split_kinds(text: &str) -> Vec<EventKind> {
    text.split(' ').filter_map(EventKind::parse).collect()
}

/// Whether a webhook whose stored kinds are `text` wants to hear of `kind`.
#[must_use]
pub fn wants(text: &str, kind: EventKind) -> bool {
    text.is_empty() || text.split(' ').any(|name| name == kind.as_str())
}

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// It waits for its first or next try.
    Pending,
    /// The receiver took it.
    Delivered,
    /// It was given up: a dead letter, until someone asks for it again.
    Dead,
}

impl DeliveryState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Delivered, Self::Dead];

    /// The stored form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Delivered => "DELIVERED",
            Self::Dead => "DEAD",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::parse(kind.as_str()), Some(*kind));
        }
        for state in DeliveryState::ALL {
            assert_eq!(DeliveryState::parse(state.as_str()), Some(state));
        }
        assert_eq!(EventKind::parse("assessment.vanished"), None);
        assert_eq!(DeliveryState::parse("LOST"), None);
    }

    #[test]
    fn kinds_are_kept_once_each_and_unknown_ones_are_forgotten() {
        use EventKind::{AssessmentDecided, BulkFinished};
        let text = join_kinds(&[BulkFinished, AssessmentDecided, BulkFinished]);
        assert_eq!(text, "assessment.decided bulk.finished");
        assert_eq!(split_kinds(&text), [AssessmentDecided, BulkFinished]);
        assert_eq!(
            split_kinds("assessment.vanished bulk.finished"),
            [BulkFinished]
        );
        assert_eq!(split_kinds(&join_kinds(&[])), []);
        assert!(wants(&text, BulkFinished) && !wants(&text, EventKind::LearnerErased));
        assert!(wants(&join_kinds(&[]), EventKind::LearnerErased));
    }
}
