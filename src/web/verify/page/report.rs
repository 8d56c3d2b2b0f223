//! The report: the verdict, the skill, who says so since when, and each check in words; then
//! the same of every record inside.

use jiff::Timestamp;

use super::said::{self, shown};
use super::{PATH, words};
use crate::credential::verify::{Check, CheckOutcome, Kind, Outcome, Part, Report};
use crate::web::html::Html;
use crate::web::site::Site;

/// What every part of the report is told with.
pub(super) struct Telling<'t> {
    pub(super) site: &'t Site,
    /// What was given: a record, or a presentation of records.
    pub(super) kind: Kind,
    /// The moment as of which was judged.
    pub(super) now: Timestamp,
}

impl Telling<'_> {
    /// The title of the report's page.
    pub(super) fn title(&self, report: &Report) -> &'static str {
        words::verdict(report.outcome, self.kind).sentence
    }

    /// The whole report.
    pub(super) fn write(&self, html: &mut Html, report: &Report) {
        let words = words::verdict(report.outcome, self.kind);
        html.element("div", &[("class", words.class)], |html| {
            html.element("h1", &[], |html| {
                html.element("span", &[("aria-hidden", "true")], |html| {
                    html.text(words.sign);
                    html.text(" ");
                });
                html.text(words.sentence);
                html.text(" ");
                html.styled("small", "name", words.name);
            });
            html.line("p", words.meaning);
            reasons(html, report);
            html.line("p", words.next);
        });
        self.record(html, report, 2, "inside");
        html.element("p", &[("class", "again")], |html| {
            html.link(&self.site.link(PATH), "Check another record");
        });
    }

    /// One record, under headings from `level` on. `id` is what its parts' begin with.
    fn record(&self, html: &mut Html, report: &Report, level: usize, id: &str) {
        // The skills first, whether it names one or holds the records that do.
        if said::names_skill(report) {
            said::write(html, self, report, heading(level));
            contents(html, &report.parts, heading(level), id);
        } else {
            contents(html, &report.parts, heading(level), id);
            said::write(html, self, report, heading(level));
        }
        html.line(heading(level), "Each check");
        checks(html, &report.checks, heading(level + 1));
        let count = report.parts.len();
        for (at, part) in report.parts.iter().enumerate() {
            let id = format!("{id}-{}", at + 1);
            html.element("section", &[("class", "part"), ("id", &id)], |html| {
                let title = format!("Record {} of {count} inside", at + 1);
                html.line(heading(level), &title);
                html.element("p", &[], |html| state(html, part.report.outcome));
                reasons(html, &part.report);
                html.element("p", &[("class", "names")], |html| {
                    html.text("It stands at ");
                    html.line("code", &shown(&part.pointer));
                });
                self.record(html, &part.report, level + 1, &id);
            });
        }
    }
}

/// The element of a heading; there are no more than six of them.
fn heading(level: usize) -> &'static str {
    match level {
        ..=2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

/// The records inside, each by its skill, with its verdict.
fn contents(html: &mut Html, parts: &[Part], heading: &'static str, id: &str) {
    if parts.is_empty() {
        return;
    }
    html.line(heading, "Records inside");
    html.element("ol", &[], |html| {
        for (at, part) in parts.iter().enumerate() {
            let said = &part.report.summary;
            let skill = said
                .statement_name
                .as_ref()
                .or(said.statement_text.as_ref());
            let skill =
                skill.map_or_else(|| "A record that names no skill".to_owned(), |s| shown(s));
            html.element("li", &[], |html| {
                html.link(&format!("#{id}-{}", at + 1), &skill);
                if let Some(level) = &said.level {
                    html.text(&format!(", {}", shown(level)));
                }
                html.text(": ");
                state(html, part.report.outcome);
            });
        }
    });
}

/// The verdict over a record inside, in a line.
fn state(html: &mut Html, outcome: Outcome) {
    let words = words::verdict(outcome, Kind::Credential);
    html.element("strong", &[("class", words.tone)], |html| {
        html.element("span", &[("aria-hidden", "true")], |html| {
            html.text(words.sign);
            html.text(" ");
        });
        html.text(words.name);
    });
}

/// Why the verdict is no better.
fn reasons(html: &mut Html, report: &Report) {
    let reasons = in_the_way(report);
    if reasons.is_empty() {
        return;
    }
    html.line("p", "Because:");
    html.element("ul", &[], |html| {
        for check in reasons {
            html.line("li", &sentence(check));
        }
    });
}

/// The checks that stand in the way of a better verdict.
fn in_the_way(report: &Report) -> Vec<&Check> {
    let outcome = match report.outcome {
        Outcome::Valid => return Vec::new(),
        Outcome::Invalid => CheckOutcome::Fail,
        Outcome::Indeterminate => CheckOutcome::Unknown,
    };
    let checks = report.checks.iter();
    checks
        .filter(|check| check.outcome == outcome && !check.name.is_advisory())
        .collect()
}

fn checks(html: &mut Html, checks: &[Check], heading: &'static str) {
    html.element("ul", &[("class", "checks")], |html| {
        for check in checks {
            let told = words::outcome(check.outcome);
            html.element("li", &[("class", told.class)], |html| {
                html.line(heading, words::question(check.name));
                html.element("p", &[], |html| {
                    html.element("strong", &[], |html| {
                        html.element("span", &[("aria-hidden", "true")], |html| {
                            html.text(told.sign);
                            html.text(" ");
                        });
                        html.text(told.answer);
                    });
                    html.text(&format!(": {}.", reason(check)));
                });
                html.element("p", &[("class", "names")], |html| {
                    html.text("Check: ");
                    html.line("code", check.name.as_str());
                    if let Some(error) = check.error {
                        html.text(". Error: ");
                        html.line("code", error.name);
                    }
                });
            });
        }
    });
}

/// A check's reason as a sentence of its own.
fn sentence(check: &Check) -> String {
    let reason = reason(check);
    let mut rest = reason.chars();
    let first = rest.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), rest.as_str())
}

/// A check's reason, without a full stop.
pub(super) fn reason(check: &Check) -> String {
    shown(check.reason.trim_end_matches('.'))
}
