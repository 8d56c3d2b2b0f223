//! The credentials inside a document, each judged for itself.

use super::case::Case;
use super::inspect::{Inspected, PartRead};
use super::report::{Check, CheckName, Outcome, Part, Report};
use super::summary::Summary;

/// The reports of the credentials that stand in this document.
pub(super) fn judge(inspected: &Inspected, case: &Case<'_>) -> Vec<Part> {
    let judge_one = |part: &PartRead| {
        let report = match &part.read {
            Ok(inspected) => super::judge(inspected, case),
            Err(error) => Report::new(
                vec![Check::fail(CheckName::Form, &error.reason, error.error)],
                Summary::default(),
                Vec::new(),
            ),
        };
        Part {
            pointer: part.pointer.clone(),
            report,
        }
    };
    inspected.parts.iter().map(judge_one).collect()
}

/// What the parts say about the whole; nothing if there are none.
pub(super) fn check(parts: &[Part]) -> Option<Check> {
    let name = CheckName::Parts;
    let worst = |outcome| parts.iter().find(|part| part.report.outcome == outcome);
    let told = |part: &Part, how: &str| {
        let why = part
            .report
            .decisive()
            .map_or(String::new(), |check| format!(": {}", check.reason));
        format!("the credential at {} {how}{why}", part.pointer)
    };
    let error = |part: &Part| part.report.decisive().and_then(|check| check.error);
    if let Some(part) = worst(Outcome::Invalid) {
        Some(Check::fail(name, told(part, "is not valid"), error(part)))
    } else if let Some(part) = worst(Outcome::Indeterminate) {
        let reason = told(part, "could not be fully checked");
        Some(Check::unknown(name, reason, error(part)))
    } else {
        let reason = match parts.len() {
            0 => return None,
            1 => "the credential inside is valid for itself".to_owned(),
            count => format!("the {count} credentials inside are each valid for themselves"),
        };
        Some(Check::pass(name, reason))
    }
}
