//! What an import is asked to do, and how it ends.

use uuid::Uuid;

use super::report::Report;
use crate::events::progress::JobState;

/// What a table tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Learners, to be created.
    Learners,
    /// Results, each an observation in its learner's assessment under a plan.
    Results {
        /// The plan.
        plan: Uuid,
    },
}

impl Kind {
    /// The stored form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Learners => "LEARNERS",
            Self::Results { .. } => "RESULTS",
        }
    }

    /// The plan, where there is one.
    #[must_use]
    pub const fn plan(self) -> Option<Uuid> {
        match self {
            Self::Learners => None,
            Self::Results { plan } => Some(plan),
        }
    }

    /// Reads the stored form back.
    #[must_use]
    pub fn parse(text: &str, plan: Option<Uuid>) -> Option<Self> {
        match (text, plan) {
            ("LEARNERS", None) => Some(Self::Learners),
            ("RESULTS", Some(plan)) => Some(Self::Results { plan }),
            _ => None,
        }
    }
}

/// What an import is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// What the table tells of.
    pub kind: Kind,
    /// Whether everything is only checked.
    pub dry_run: bool,
    /// Whether good rows are kept where others are bad; otherwise a bad row keeps all from being
    /// kept.
    pub skip_bad_lines: bool,
}

impl Order {
    /// What a stored job was asked to do; `None` where its kind is not known.
    #[must_use]
    pub fn parse(
        kind: &str,
        plan: Option<Uuid>,
        dry_run: bool,
        skip_bad_lines: bool,
    ) -> Option<Self> {
        Some(Self {
            kind: Kind::parse(kind, plan)?,
            dry_run,
            skip_bad_lines,
        })
    }

    /// How an import with this report ends.
    #[must_use]
    pub fn outcome(&self, report: &Report) -> JobState {
        let is_good = report.refused == 0 || (self.skip_bad_lines && report.accepted > 0);
        if is_good {
            JobState::Done
        } else {
            JobState::Refused
        }
    }

    /// Whether the accepted rows of an import with this report are kept.
    #[must_use]
    pub fn keeps(&self, report: &Report) -> bool {
        !self.dry_run && self.outcome(report) == JobState::Done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clean_file_or_a_lenient_order_is_kept() {
        let order = |dry_run, skip_bad_lines| Order {
            kind: Kind::Learners,
            dry_run,
            skip_bad_lines,
        };
        let report = |accepted, refused| Report {
            accepted,
            refused,
            ..Report::default()
        };
        for (order, report, outcome, keeps) in [
            (order(false, false), report(2, 0), JobState::Done, true),
            (order(false, false), report(2, 1), JobState::Refused, false),
            (order(false, true), report(2, 1), JobState::Done, true),
            (order(false, true), report(0, 1), JobState::Refused, false),
            (order(true, false), report(2, 0), JobState::Done, false),
            (order(true, true), report(2, 1), JobState::Done, false),
            (order(true, false), report(2, 1), JobState::Refused, false),
            (order(false, false), report(0, 0), JobState::Done, true),
        ] {
            assert_eq!(order.outcome(&report), outcome, "{order:?} {report:?}");
            assert_eq!(order.keeps(&report), keeps, "{order:?} {report:?}");
        }
    }

    #[test]
    fn stored_forms_are_read_back() {
        let plan = Uuid::from_u128(1);
        for kind in [Kind::Learners, Kind::Results { plan }] {
            assert_eq!(Kind::parse(kind.as_str(), kind.plan()), Some(kind));
        }
        assert_eq!(Kind::parse("RESULTS", None), None);
    }
}
