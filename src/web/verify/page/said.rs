//! What a record says: the skill first, then who says so, of whom, and since when.

use jiff::Timestamp;

use super::report::{Telling, reason};
use crate::credential::verify::{CheckName, CheckOutcome, Outcome, Report, Summary};
use crate::kernel::text::{excerpt, plain};
use crate::web::html::Html;
use crate::web::site::Site;

/// The most characters shown of what a record says in one place.
const LONGEST: usize = 4_000;

/// Whether the record itself names a skill.
pub(super) fn names_skill(report: &Report) -> bool {
    let said = &report.summary;
    said.statement_name.is_some() || said.statement_text.is_some()
}

/// What the record says, under a heading.
pub(super) fn write(
    html: &mut Html,
    telling: &Telling<'_>,
    report: &Report,
    heading: &'static str,
) {
    let said = &report.summary;
    // Where the skills are those of the records inside, there is none to miss here.
    let is_frame = !names_skill(report) && !report.parts.is_empty();
    html.line(heading, if is_frame { "The whole" } else { "The skill" });
    if report.outcome != Outcome::Valid {
        html.styled("p", "unproven", "This is what it says. It is not proven.");
    }
    if !is_frame {
        skill(html, said);
    }
    html.element("dl", &[], |html| {
        let stated = |value: &Option<String>| !is_frame || value.is_some();
        if stated(&said.level) {
            fact(html, "Level", said.level.as_deref());
        }
        if stated(&said.issuer_id) {
            html.entry("Issued by", |html| {
                named(html, said.issuer_name.as_deref(), said.issuer_id.as_deref());
            });
        }
        if stated(&said.subject_id) {
            html.entry("Issued to", |html| {
                named(html, None, said.subject_id.as_deref());
            });
        }
        if stated(&said.valid_from) {
            html.entry("Since", |html| {
                moment(html, said.valid_from.as_deref(), "not stated");
            });
            html.entry("Until", |html| {
                moment(html, said.valid_until.as_deref(), "no end stated");
            });
        }
        html.entry("Still valid", |html| still_valid(html, report, telling.now));
        if stated(&said.framework) {
            fact(html, "Framework", said.framework.as_deref());
        }
        if stated(&said.statement_url) {
            html.entry("Statement", |html| statement(html, telling.site, said));
        }
        if stated(&said.credential_id) {
            html.entry("Record", |html| {
                named(html, None, said.credential_id.as_deref());
            });
        }
    });
}

fn skill(html: &mut Html, said: &Summary) {
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

/// What a record says, safe to show: on one line, in its own order, and not without end.
pub(super) fn shown(text: &str) -> String {
    plain(&excerpt(text, LONGEST))
}
