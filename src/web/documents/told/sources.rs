//! What statements rest on.

use serde_json::Value;

use crate::catalog::model::{Citation, Source};
use crate::web::html::Html;

/// What a statement cites, in its order; nothing where it cites nothing.
pub(in crate::web::documents) fn citations(html: &mut Html, cited: &[Source], list: &[Citation]) {
    if list.is_empty() {
        return;
    }
    let named = ("aria-label", "Citations");
    html.element("ul", &[("class", "cites"), named], |html| {
        for citation in list {
            html.element("li", &[], |html| {
                match cited.iter().find(|source| source.key == citation.source) {
                    Some(source) => source_name(html, source),
                    None => html.text(&citation.source),
                }
                if let Some(locator) = &citation.locator {
                    html.text(&format!(", {locator}"));
                }
            });
        }
    });
}

/// The short name of a source, which leads to it, and its full one.
fn source_name(html: &mut Html, source: &Source) {
    html.link_out(source.url.as_deref(), &source.label);
    if let Some(title) = &source.title {
        html.text(": ");
        html.line("cite", title);
    }
}

/// Sources with all that is known of them, each once; where they are of one version, each at the
/// place that its linked data names.
pub(in crate::web::documents) fn cited_sources<'s>(
    html: &mut Html,
    sources: impl Iterator<Item = &'s Source>,
    of_one_version: bool,
) {
    let mut told: Vec<&Source> = Vec::new();
    for source in sources {
        if !told.contains(&source) {
            told.push(source);
        }
    }
    if told.is_empty() {
        return;
    }
    html.element("ul", &[], |html| {
        for (number, source) in (1..).zip(told) {
            let place = format!("source-{number}");
            let id = of_one_version.then_some(("id", place.as_str()));
            html.element("li", id.as_slice(), |html| {
                source_name(html, source);
                let facts = [
                    ("release", &source.release),
                    ("dated", &source.date),
                    ("licence", &source.licence),
                ];
                for (name, value) in facts {
                    if let Some(value) = value {
                        html.text(&format!("; {name} "));
                        html.link_out(Some(value), value);
                    }
                }
            });
        }
    });
}

/// What a version says that it was made from: an object of any form, empty more often than not.
pub(in crate::web::documents) fn free_sources(html: &mut Html, sources: &Value) {
    let told = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let entries: Vec<(&str, String)> = match sources {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.as_str(), told(value)))
            .collect(),
        other => vec![("Sources", told(other))],
    };
    if entries.is_empty() {
        return;
    }
    html.element("dl", &[], |html| {
        for (name, value) in entries {
            html.entry(name, |html| html.text(&value));
        }
    });
}
