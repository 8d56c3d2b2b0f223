//! `/frameworks/{id}`: a framework version for reading, and `/frameworks/{id}.json`: the
//! frozen document, the same bytes for ever.

use axum::response::Response;
use serde_json::{Value, json};

use super::Site;
use super::ask::{Ask, Refusal};
use super::version::{self, Version};
use crate::catalog::ops::browse::{self, LevelContent, VersionContent};
use crate::kernel::{errors::Error, ids};
use crate::web::conditional::Document;
use crate::web::html::Html;

/// A published version never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The version as JSON or as a page, or its frozen document where the name ends in `.json`.
pub(super) async fn serve(ask: Ask) -> Response {
    let found = match ask.name.strip_suffix(".json") {
        Some(id) => frozen(&ask, id).await,
        None => readable(&ask).await,
    };
    ask.answer(found)
}

fn missing() -> Refusal {
    Refusal::NotFound("framework version")
}

async fn frozen(ask: &Ask, id: &str) -> Result<Response, Refusal> {
    let id = ids::canonical(id).ok_or_else(missing)?;
    let app = &ask.site.app;
    let versions = browse::versions(app, &[id]).await?;
    let version = versions.get(&id).ok_or_else(missing)?;
    let document = Document {
        content_type: "application/json",
        cache: FOR_EVER,
        tag: &version.row.content_sri,
        modified: None,
    };
    if document.is_held(&ask.headers) {
        return Ok(document.not_modified());
    }
    let stored = browse::frozen_document(app, id).await?;
    let (bytes, _) = stored.ok_or_else(missing)?;
    Ok(document.full(bytes))
}

async fn readable(ask: &Ask) -> Result<Response, Refusal> {
    let id = ask.uuid().ok_or_else(missing)?;
    let versions = browse::versions(&ask.site.app, &[id]).await?;
    let content = versions.get(&id).ok_or_else(missing)?;
    let version = Version::new(&ask.site, content)?;
    let sources: Value = serde_json::from_str(&content.row.sources).map_err(Error::internal)?;
    let path = version::path(id);
    let title = format!("{}: {}", version.title, version.name());
    let json = || full(&ask.site, &version, &sources);
    ask.show(&path, &title, json, |html| {
        page(html, &ask.site, &version, &sources);
    })
}

/// The whole version with canonical URLs.
fn full(site: &Site, version: &Version<'_>, sources: &Value) -> Value {
    let row = &version.content.row;
    let level = |level: &LevelContent| {
        let statements = level.statements.iter().map(|statement| {
            json!({
                "id": site.url(&format!("/statements/{}", statement.id)),
                "code": statement.code,
                "text": statement.text,
                "title": statement.title,
                "description": statement.description,
                "position": statement.position,
            })
        });
        json!({
            "ordinal": level.row.ordinal,
            "label": level.row.label,
            "statements": statements.collect::<Vec<_>>(),
        })
    };
    let mut document = version.reference();
    let rest = json!({
        "occupation": version.occupation(),
        "description": row.description,
        "contextCovered": row.context_covered,
        "levels": version.content.levels.iter().map(level).collect::<Vec<_>>(),
        "sources": sources,
        "attribution": row.attribution,
    });
    if let (Value::Object(document), Value::Object(rest)) = (&mut document, rest) {
        document.extend(rest);
    }
    document
}

fn page(html: &mut Html, site: &Site, version: &Version<'_>, sources: &Value) {
    let row = &version.content.row;
    html.element("p", &[("class", "kind")], |html| {
        html.text("Framework version")
    });
    html.line("h1", &version.title);
    html.element("p", &[("class", "lead")], |html| html.text(&version.name()));
    for text in [&row.description, &row.context_covered] {
        if !text.is_empty() {
            html.line("p", text);
        }
    }
    html.element("dl", &[], |html| facts(html, site, version));
    for level in &version.content.levels {
        levels(html, site, version.content, level);
    }
    if sources
        .as_object()
        .is_none_or(|sources| !sources.is_empty())
    {
        html.line("h2", "Sources");
        html.element("dl", &[], |html| told_sources(html, sources));
    }
    html.element("p", &[("class", "attribution")], |html| {
        html.text(&row.attribution);
    });
}

fn facts(html: &mut Html, site: &Site, version: &Version<'_>) {
    let row = &version.content.row;
    version.occupation_entry(html);
    if let Some(at) = version::published(version.content) {
        html.entry("Published", |html| {
            html.element("time", &[("datetime", &at)], |html| html.text(&at));
        });
    }
    html.entry("Frozen document", |html| {
        html.link(&site.link(&version::document_path(row.id)), "JSON");
    });
    html.entry("Its digest", |html| html.line("code", &row.content_sri));
}

fn levels(html: &mut Html, site: &Site, version: &VersionContent, level: &LevelContent) {
    let (ordinal, of) = (level.row.ordinal, version.levels.len());
    html.element("section", &[], |html| {
        html.element("h2", &[], |html| {
            html.text(&level.row.label);
            html.element("small", &[], |html| {
                html.text(&format!(" level {ordinal} of {of}"))
            });
        });
        html.element("ol", &[], |html| {
            for statement in &level.statements {
                html.element("li", &[], |html| {
                    html.text(&statement.text);
                    html.element("small", &[], |html| {
                        let link = site.link(&format!("/statements/{}", statement.id));
                        html.link(&link, &statement.code);
                    });
                });
            }
        });
    });
}

fn told_sources(html: &mut Html, sources: &Value) {
    let told = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match sources {
        Value::Object(members) => {
            for (name, value) in members {
                html.entry(name, |html| html.text(&told(value)));
            }
        }
        other => html.entry("Sources", |html| html.text(&told(other))),
    }
}
