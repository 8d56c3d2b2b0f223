//! A report as plain lines for a terminal, the skill first.

use super::report::{CheckOutcome, Outcome, Report};
use crate::kernel::text::plain;

/// Renders a report as lines of plain text, each ended by a newline. Characters that a terminal
/// would obey, or that would reorder the line, are replaced.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut lines = vec![verdict(report.outcome).to_owned()];
    let summary = &report.summary;
    let mut line = |label: &str, value: Option<String>| {
        if let Some(value) = value {
            lines.push(format!("  {label:<11} {}", plain(&value)));
        }
    };
    let statement = [&summary.statement_code, &summary.statement_name]
        .into_iter()
        .flatten()
        .cloned()
        .collect::<Vec<_>>()
        .join("  ");
    line("Statement", (!statement.is_empty()).then_some(statement));
    if summary.statement_text != summary.statement_name {
        line("", summary.statement_text.clone());
    }
    line("Level", summary.level.clone());
    line("Framework", summary.framework.clone());
    line("Source", summary.statement_url.clone());
    line("Issuer", with_id(&summary.issuer_name, &summary.issuer_id));
    line("Learner", summary.subject_id.clone());
    line(
        "Valid",
        summary
            .valid_from
            .as_ref()
            .map(|from| match &summary.valid_until {
                Some(until) => format!("from {from} until {until}"),
                None => format!("from {from}"),
            }),
    );
    line("Credential", summary.credential_id.clone());
    lines.push("Checks".to_owned());
    for check in &report.checks {
        let error = check
            .error
            .map(|error| format!(" [{}]", error.name))
            .unwrap_or_default();
        lines.push(format!(
            "  {:<14} {:<9} {}{error}",
            outcome(check.outcome),
            check.name.as_str(),
            plain(&check.reason)
        ));
    }
    lines
        .iter()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect()
}

fn verdict(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Valid => "VALID",
        Outcome::Invalid => "INVALID: do not rely on what is said below",
        Outcome::Indeterminate => "INDETERMINATE: what is said below could not be fully checked",
    }
}

fn outcome(outcome: CheckOutcome) -> &'static str {
    match outcome {
        CheckOutcome::Pass => "PASS",
        CheckOutcome::Fail => "FAIL",
        CheckOutcome::Unknown => "UNKNOWN",
        CheckOutcome::NotApplicable => "NOT_APPLICABLE",
    }
}

fn with_id(name: &Option<String>, id: &Option<String>) -> Option<String> {
    match (name, id) {
        (Some(name), Some(id)) => Some(format!("{name} ({id})")),
        (one, other) => one.clone().or_else(|| other.clone()),
    }
}
