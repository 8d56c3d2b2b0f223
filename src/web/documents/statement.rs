//! `/statements/{id}`: one statement, where credentials point.

use axum::response::Response;
use serde_json::json;

use super::ask::{Ask, Refusal};
use super::version::{Version, path as version_path};
use crate::catalog::ops::browse;

/// The statement, as JSON or as a page.
pub(super) async fn serve(ask: Ask) -> Response {
    ask.answer(find(&ask).await)
}

async fn find(ask: &Ask) -> Result<Response, Refusal> {
    let missing = || Refusal::NotFound("statement");
    let id = ask.uuid().ok_or_else(missing)?;
    let versions = browse::versions_of_statements(&ask.site.app, &[id]).await?;
    let content = versions.get(&id).ok_or_else(missing)?;
    let (level, statement) = content.statement(id).ok_or_else(missing)?;
    let version = Version::new(&ask.site, content)?;
    let site = &ask.site;
    let path = format!("/statements/{id}");
    let json = || {
        json!({
            "id": site.url(&path),
            "code": statement.code,
            "text": statement.text,
            "title": statement.title,
            "description": statement.description,
            "position": statement.position,
            "level": {"ordinal": level.row.ordinal, "label": level.row.label},
            "frameworkVersion": version.reference(),
            "occupation": version.occupation(),
        })
    };
    let heading = statement.title.as_deref().unwrap_or(&statement.code);
    ask.show(&path, heading, json, |html| {
        html.element("p", &[("class", "kind")], |html| html.text("Statement"));
        html.line("h1", heading);
        html.line("blockquote", &statement.text);
        html.element("dl", &[], |html| {
            html.entry("Code", |html| html.line("code", &statement.code));
            html.entry("Level", |html| {
                let (ordinal, of) = (level.row.ordinal, content.levels.len());
                html.text(&format!("{}, {ordinal} of {of}", level.row.label));
            });
            version.occupation_entry(html);
            html.entry("Framework", |html| {
                html.link(&site.link(&version_path(content.row.id)), &version.name());
            });
            html.entry("Digest of the framework", |html| {
                html.line("code", &content.row.content_sri);
            });
        });
        html.element("p", &[("class", "attribution")], |html| {
            html.text(&content.row.attribution);
        });
    })
}
