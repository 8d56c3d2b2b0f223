//! The report: the verdict, the skill, who says so since when, and each check in words.

use jiff::Timestamp;

use super::{PATH, words};
use crate::credential::verify::{Check, CheckName, CheckOutcome, Outcome, Report, Summary};
use crate::kernel::text::{excerpt, plain};
use crate::web::html::Html;
use crate::web::site::Site;

/// The most characters shown of what a record says in one place.
const LONGEST: usize = 4_000;

/// The title of the report's page.
pub(super) fn title(report: &Report) -> &'static str {
    words::verdict(report.outcome).sentence
}

/// The report as of `now`.
pub(super) fn write(html: &mut Html, site: &Site, report: &Report, now: Timestamp) {
    verdict(html, report);
    skill(html, site, report, now);
    html.line("h2", "Each check");
    checks(html, &report.checks);
    html.element("p", &[("class", "again")], |html| {
        html.link(&site.link(PATH), "Check another record");
    });
}

fn verdict(html: &mut Html, report: &Report) {
    let words = words::verdict(report.outcome);
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
        let reasons = in_the_way(report);
        if !reasons.is_empty() {
            html.line("p", "Because:");
            html.element("ul", &[], |html| {
                for check in reasons {
                    html.line("li", &sentence(check));
                }
            });
        }
        html.line("p", words.next);
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
        .filter(|check| check.outcome == outcome && check.name != CheckName::Trust)
        .collect()
}

/// What the record says, the skill first.
fn skill(html: &mut Html, site: &Site, report: &Report, now: Timestamp) {
    let said = &report.summary;
    html.line("h2", "The skill");
    if report.outcome != Outcome::Valid {
        html.styled(
            "p",
            "unproven",
            "This is what the record says. It is not proven.",
        );
    }
    html.element("blockquote", &[("dir", "auto")], |html| {
        match (&said.statement_name, &said.statement_text) {
            (None, None) => html.line("p", "The record names no skill."),
            (name, text) => {
                if let Some(name) = name {
                    html.styled("p", "name", &shown(name));
                }
                if let Some(text) = text.as_ref().filter(|text| Some(*text) != name.as_ref()) {
                    html.line("p", &shown(text));
                }
            }
        }
    });
    html.element("dl", &[], |html| {
        fact(html, "Level", said.level.as_deref());
        html.entry("Issued by", |html| {
            named(html, said.issuer_name.as_deref(), said.issuer_id.as_deref());
        });
        html.entry("Issued to", |html| {
            named(html, None, said.subject_id.as_deref())
        });
        html.entry("Since", |html| {
            moment(html, said.valid_from.as_deref(), "not stated");
        });
        html.entry("Until", |html| {
            moment(html, said.valid_until.as_deref(), "no end stated");
        });
        html.entry("Still valid", |html| still_valid(html, report, now));
        fact(html, "Framework", said.framework.as_deref());
        html.entry("Statement", |html| statement(html, site, said));
        html.entry("Record", |html| {
            named(html, None, said.credential_id.as_deref());
        });
    });
}

fn fact(html: &mut Html, term: &str, value: Option<&str>) {
    html.entry(term, |html| {
        html.text(&value.map_or_else(|| "not stated".to_owned(), shown));
    });
}

/// A name, and the id that it goes by.
fn named(html: &mut Html, name: Option<&str>, id: Option<&str>) {
    if let Some(name) = name {
        html.text(&shown(name));
        html.void("br", &[]);
    }
    match id {
        Some(id) => html.line("code", &shown(id)),
        None => html.text("not stated"),
    }
}

/// The statement's code and address; a link only where it is one of ours, because an
/// address in a record can lead anywhere.
fn statement(html: &mut Html, site: &Site, said: &Summary) {
    if let Some(code) = &said.statement_code {
        html.line("code", &shown(code));
        html.void("br", &[]);
    }
    match &said.statement_url {
        Some(url) => match url.strip_prefix(&site.url("/statements/")) {
            Some(id) if id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-') => {
                html.link(&site.link(&format!("/statements/{id}")), url);
            }
            _ => html.line("code", &shown(url)),
        },
        None => html.text("not stated"),
    }
}

/// A moment as people write it, or what the record has in its place.
fn moment(html: &mut Html, written: Option<&str>, absent: &str) {
    let Some(written) = written else {
        return html.text(absent);
    };
    match written.parse::<Timestamp>() {
        Ok(at) => time(html, at),
        Err(_) => html.line("code", &shown(written)),
    }
}

fn time(html: &mut Html, at: Timestamp) {
    html.element("time", &[("datetime", &at.to_string())], |html| {
        html.text(&at.strftime("%-d %B %Y, %H:%M UTC").to_string());
    });
}

fn still_valid(html: &mut Html, report: &Report, now: Timestamp) {
    let against = |outcome| {
        [CheckName::Time, CheckName::Status]
            .into_iter()
            .filter_map(|name| report.check(name))
            .find(|check| check.outcome == outcome)
    };
    let (answer, why) = match report.outcome {
        Outcome::Valid => ("Yes", None),
        Outcome::Invalid => ("No", against(CheckOutcome::Fail)),
        Outcome::Indeterminate => ("Not known", against(CheckOutcome::Unknown)),
    };
    html.line("strong", answer);
    match why {
        Some(check) => html.text(&format!(": {}", reason(check))),
        None if report.outcome != Outcome::Valid => html.text(": see the checks below"),
        None => {}
    }
    html.text("; checked on ");
    time(html, now);
}

fn checks(html: &mut Html, checks: &[Check]) {
    html.element("ul", &[("class", "checks")], |html| {
        for check in checks {
            let told = words::outcome(check.outcome);
            html.element("li", &[("class", told.class)], |html| {
                html.line("h3", words::question(check.name));
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
fn reason(check: &Check) -> String {
    shown(check.reason.trim_end_matches('.'))
}

/// What a record says, safe to show: on one line, in its own order, and not without end.
fn shown(text: &str) -> String {
    plain(&excerpt(text, LONGEST))
}
