//! What an import tells at the terminal.

use std::path::Path;

use crate::{
    bulk::{
        model::{Kind, Order},
        report::Report,
    },
    events::progress::JobState,
    kernel::text::plain,
};

/// What is wrong, one line a problem, as compilers tell it.
pub(super) fn problems(file: &Path, report: &Report) -> String {
    let mut text = String::new();
    for p in &report.problems {
        let column = if p.column.is_empty() {
            String::new()
        } else {
            format!("{}: ", plain(&p.column))
        };
        let message = plain(&p.message);
        text.push_str(&format!(
            "{}:{}: {column}{message}\n",
            file.display(),
            p.line
        ));
    }
    if report.untold > 0 {
        text.push_str(&format!("and {} problems more\n", report.untold));
    }
    text
}

/// What became of the rows, in a line or two.
pub(super) fn summary(order: &Order, report: &Report) -> String {
    let counts = format!(
        "{} rows: {} accepted, {} refused.\n",
        report.rows(),
        report.accepted,
        report.refused
    );
    let what = match order.kind {
        Kind::Learners => "learners were created",
        Kind::Results { .. } => "results were recorded",
    };
    let outcome = match (order.dry_run, order.outcome(report)) {
        (true, JobState::Done) => "This was a dry run: nothing was written.".to_owned(),
        (true, _) => "This was a dry run: mend the rows that were refused.".to_owned(),
        (false, JobState::Done) => format!("{} {what}.", report.accepted),
        (false, _) => {
            "Nothing was written: mend the rows that were refused and import again, or leave them out by --skip-bad-lines."
                .to_owned()
        }
    };
    format!("{counts}{outcome}\n")
}
