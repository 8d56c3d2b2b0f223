//! `/statements/{id}`: one statement, where credentials point.

use std::sync::Arc;

use axum::response::Response;
use serde_json::{Value, json};

use super::ask::{Ask, EXCHANGED, Refusal};
use super::told::{anchor_names, citations, suggest};
use super::value;
use super::version::{self, Version, path as version_path};
use crate::catalog::export::ctdl;
use crate::catalog::model::Split;
use crate::catalog::ops::browse::{self, LevelContent, Marks, StatementRow, VersionState};
use crate::catalog::ops::case;
use crate::catalog::ops::export::whole_version;
use crate::catalog::ops::profiles::{ProfileContent, profiles};
use crate::web::html::Html;
use crate::web::negotiate::Form;
use crate::web::page::Canonical;
use crate::web::site::Site;

/// The statement, in one of its forms.
pub(super) async fn serve(ask: Ask) -> Response {
    ask.answer(find(&ask).await)
}

async fn find(ask: &Ask) -> Result<Response, Refusal> {
    let missing = || Refusal::NotFound("statement");
    let id = ask.uuid().ok_or_else(missing)?;
    let (site, app) = (&*ask.site, &ask.site.app);
    let versions = browse::versions_of_statements(app, &[id]).await?;
    let content = versions.get(&id).ok_or_else(missing)?;
    let (level, row, marks) = content
        .levels
        .iter()
        .find_map(|level| {
            let all = level.statements.iter().zip(&level.marks);
            let (row, marks) = all.into_iter().find(|(row, _)| row.id == id)?;
            Some((level, row, marks))
        })
        .ok_or_else(missing)?;
    let form = ask.form(&EXCHANGED)?;
    if form == Form::JsonLd {
        let whole = whole_version(app, content.row.id)
            .await?
            .ok_or_else(missing)?;
        let base = &app.config.public_url;
        let document = ctdl::write_statement(whole.owner, &whole.version, base, id);
        return Ok(ask.linked(&document.ok_or_else(missing)?, true));
    }
    if form == Form::Case {
        let found = case::of_version(app, content.row.id).await?;
        let base = &app.config.public_url;
        let item = found.and_then(|found| found.write(base, |writer| writer.item(id)));
        return Ok(ask.case(&item.ok_or_else(missing)?));
    }
    let profile = match content.row.profile_id.filter(|_| !marks.anchors.is_empty()) {
        Some(profile) => profiles(app, &[profile]).await?.remove(&profile),
        None => None,
    };
    let told = Told {
        site,
        version: Version::new(site, content)?,
        state: version::state_of(site, content.row.id).await?,
        level,
        row,
        marks,
        profile,
    };
    if form == Form::Json {
        return Ok(ask.json(&told.value()));
    }
    let of = Canonical {
        path: &format!("/statements/{id}"),
        forms: &EXCHANGED,
    };
    Ok(ask.page(&of, told.heading(), |html| told.page(html)))
}

/// All that is told of a statement.
struct Told<'a> {
    site: &'a Site,
    version: Version<'a>,
    state: Option<VersionState>,
    level: &'a LevelContent,
    row: &'a StatementRow,
    marks: &'a Marks,
    profile: Option<Arc<ProfileContent>>,
}

impl Told<'_> {
    fn heading(&self) -> &str {
        self.row.title.as_deref().unwrap_or(&self.row.code)
    }

    fn value(&self) -> Value {
        let profile = self.profile.as_ref().map(|found| &found.profile);
        let content = self.version.content;
        let mut value = value::statement(self.site, content, self.row, self.marks, profile);
        if let Value::Object(members) = &mut value {
            members.insert("level".to_owned(), value::level(self.level));
            let version = self.version.reference(self.state.as_ref());
            members.insert("frameworkVersion".to_owned(), version);
            members.insert("occupation".to_owned(), json!(self.version.occupation()));
            let attribution = &content.row.attribution;
            members.insert("attribution".to_owned(), json!(attribution));
        }
        value
    }

    fn page(&self, html: &mut Html) {
        let content = self.version.content;
        html.styled("p", "kind", "Statement");
        html.line("h1", self.heading());
        html.line("blockquote", &self.row.text);
        version::deprecation(html, self.state.as_ref());
        html.element("dl", &[], |html| self.facts(html));
        if !self.marks.citations.is_empty() {
            html.line("h2", "What it rests on");
            citations(html, &content.cited, &self.marks.citations);
        }
        if !self.marks.anchors.is_empty() {
            html.line("h2", "What it is grounded in");
            self.anchors(html);
        }
        html.styled("p", "attribution", &content.row.attribution);
        suggest(html, self.site);
    }

    fn facts(&self, html: &mut Html) {
        let (content, row) = (self.version.content, self.row);
        let site = self.site;
        html.entry("Code", |html| html.line("code", &row.code));
        if let Split::Unsure { .. } = self.marks.split {
            html.entry("Title", |html| {
                html.text("Not known for sure: the source has it and the description in one.");
            });
        }
        html.entry("Level", |html| {
            let (ordinal, of) = (self.level.row.ordinal, content.levels.len());
            html.text(&format!("{}, {ordinal} of {of}", self.level.row.label));
            if let Some(subtitle) = &self.level.row.subtitle {
                html.text(&format!(": {subtitle}"));
            }
        });
        if let Some(domain) = value::domain_of(content, row) {
            html.entry("Domain", |html| {
                html.text(&format!("{}. {}", domain.number, domain.title));
            });
        }
        self.version.occupation_entry(html);
        html.entry("Framework", |html| {
            html.link(
                &site.link(&version_path(content.row.id)),
                &self.version.name(),
            );
        });
        if let Some(old) = row.replaces_id {
            html.entry("Takes the place of", |html| {
                html.link(
                    &site.link(&format!("/statements/{old}")),
                    "an older statement",
                );
            });
        }
        html.entry("Digest of the framework", |html| {
            html.line("code", &content.row.content_sri);
        });
    }

    fn anchors(&self, html: &mut Html) {
        let profile = self.profile.as_ref().map(|found| &found.profile);
        html.element("ul", &[], |html| {
            for (to, text) in anchor_names(profile, &self.marks.anchors) {
                html.element("li", &[], |html| {
                    html.text(text.unwrap_or("An anchor that no profile tells"));
                    let kind = to.kind.as_str().to_lowercase().replace('_', " ");
                    html.line("small", &format!(" {kind} {}", to.ordinal));
                });
            }
        });
    }
}
