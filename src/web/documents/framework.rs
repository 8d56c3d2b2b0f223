//! `/frameworks/{id}`: a framework version for reading, and `/frameworks/{id}.json`: the
//! frozen document, the same bytes for ever.

use std::sync::Arc;

use axum::response::Response;
use serde_json::{Value, json};

use super::Site;
use super::ask::{Ask, EXCHANGED, FOR_EVER, Refusal};
use super::told::{Ranks, Statements, cited_sources, free_sources, suggest};
use super::value;
use super::version::{self, Version};
use crate::catalog::export::ctdl;
use crate::catalog::ops::browse::{self, LevelContent, VersionContent, VersionState};
use crate::catalog::ops::case;
use crate::catalog::ops::export::whole_version;
use crate::catalog::ops::profiles::{ProfileContent, profiles};
use crate::kernel::{errors::Error, ids};
use crate::web::conditional::Document;
use crate::web::html::Html;
use crate::web::negotiate::Form;
use crate::web::page::Canonical;

/// The version in one of its forms, or its frozen document where the name ends in `.json`.
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
    let site = &*ask.site;
    let versions = browse::versions(&site.app, &[id]).await?;
    let content = versions.get(&id).ok_or_else(missing)?;
    let form = ask.form(&EXCHANGED)?;
    if form == Form::JsonLd {
        let whole = whole_version(&site.app, id).await?.ok_or_else(missing)?;
        let base = &site.app.config.public_url;
        let document = ctdl::write(whole.owner, &whole.version, base);
        return Ok(ask.linked(&document, true));
    }
    if form == Form::Case {
        let found = case::of_version(&site.app, id).await?.ok_or_else(missing)?;
        let base = &site.app.config.public_url;
        return Ok(ask.case(&found.write(base, |writer| writer.package())));
    }
    let framework = content.row.framework_id;
    let mut others = browse::versions_of_frameworks(&site.app, &[framework]).await?;
    let profile = match content.row.profile_id {
        Some(profile) => profiles(&site.app, &[profile]).await?.remove(&profile),
        None => None,
    };
    let told = Told {
        site,
        version: Version::new(site, content)?,
        state: version::state_of(site, id).await?,
        others: others.remove(&framework).unwrap_or_default(),
        profile,
        sources: serde_json::from_str(&content.row.sources).map_err(Error::internal)?,
    };
    if form == Form::Json {
        return Ok(ask.json(&told.value()));
    }
    let of = Canonical {
        path: &version::path(id),
        forms: &EXCHANGED,
    };
    let title = format!("{}: {}", told.version.title, told.version.name());
    Ok(ask.page(&of, &title, |html| told.page(html)))
}

/// All that is told of a version.
struct Told<'a> {
    site: &'a Site,
    version: Version<'a>,
    state: Option<VersionState>,
    /// The published versions of the same framework, itself among them.
    others: Vec<Arc<VersionContent>>,
    /// The profile that it was published with.
    profile: Option<Arc<ProfileContent>>,
    sources: Value,
}

impl Told<'_> {
    /// The version that it took the place of, where that is here.
    fn replaced(&self) -> Option<&VersionContent> {
        let label = self.version.content.row.replaces.as_ref()?;
        let found = self.others.iter().find(|other| other.row.label == *label);
        found.map(|other| &**other)
    }

    /// The versions that took its place.
    fn successors(&self) -> impl Iterator<Item = &VersionContent> {
        let label = &self.version.content.row.label;
        let others = self.others.iter().map(|other| &**other);
        others.filter(move |other| other.row.replaces.as_ref() == Some(label))
    }

    /// The whole version with canonical URLs.
    fn value(&self) -> Value {
        let (site, content) = (self.site, self.version.content);
        let profile = self.profile.as_ref().map(|found| &found.profile);
        let level = |level: &LevelContent| {
            let statements = level.statements.iter().zip(&level.marks);
            let statements = statements
                .map(|(row, marks)| value::statement(site, content, row, marks, profile))
                .collect::<Vec<_>>();
            merged(value::level(level), json!({"statements": statements}))
        };
        let row = &content.row;
        let url = |version: &VersionContent| site.url(&version::path(version.row.id));
        let rest = json!({
            "title": row.title,
            "creator": row.creator,
            "occupation": self.version.occupation(),
            "description": row.description,
            "contextCovered": row.context_covered,
            "replaces": self.replaced().map(url),
            "replacedBy": self.successors().map(url).collect::<Vec<_>>(),
            "profile": self.profile.as_ref().map(|found| {
                json!({"label": found.profile.version, "digestSRI": found.content_sri})
            }),
            "domains": content.domains.iter().map(value::domain).collect::<Vec<_>>(),
            "levels": content.levels.iter().map(level).collect::<Vec<_>>(),
            "citedSources": content.cited.iter().map(value::source).collect::<Vec<_>>(),
            "sources": self.sources,
            "attribution": row.attribution,
        });
        merged(self.version.reference(self.state.as_ref()), rest)
    }

    fn page(&self, html: &mut Html) {
        let content = self.version.content;
        let row = &content.row;
        html.styled("p", "kind", "Framework version");
        html.line("h1", &self.version.title);
        html.styled("p", "lead", &self.version.name());
        version::deprecation(html, self.state.as_ref());
        if !row.context_covered.is_empty() {
            html.element("p", &[], |html| {
                html.line("strong", "Context covered: ");
                html.text(&row.context_covered);
            });
        }
        if !row.description.is_empty() {
            html.line("p", &row.description);
        }
        html.element("dl", &[], |html| self.facts(html));
        let statements = Statements {
            site: self.site,
            version: content,
            ranks: Ranks::Second,
            prefix: "",
        };
        statements.write(html);
        html.line("h2", "Sources");
        cited_sources(html, content.cited.iter(), true);
        free_sources(html, &self.sources);
        html.styled("p", "attribution", &row.attribution);
        suggest(html, self.site);
    }

    fn facts(&self, html: &mut Html) {
        let content = self.version.content;
        let row = &content.row;
        let site = self.site;
        self.version.occupation_entry(html);
        if let Some(creator) = &row.creator {
            html.entry("Made by", |html| html.text(creator));
        }
        if let Some(at) = version::published(content) {
            html.entry("Published", |html| version::time(html, &at));
        }
        if let Some(label) = &row.replaces {
            html.entry("Takes the place of", |html| match self.replaced() {
                Some(old) => html.link(&site.link(&version::path(old.row.id)), label),
                None => html.text(label),
            });
        }
        for new in self.successors() {
            html.entry("Replaced by", |html| {
                html.link(&site.link(&version::path(new.row.id)), &new.row.label);
            });
        }
        html.entry("Frozen document", |html| {
            html.link(&site.link(&version::document_path(row.id)), "JSON");
        });
        html.entry("Its digest", |html| html.line("code", &row.content_sri));
        if let Some(profile) = &self.profile {
            html.entry("Published with profile", |html| {
                html.text(&profile.profile.version);
            });
            html.entry("The profile's digest", |html| {
                html.line("code", &profile.content_sri);
            });
        }
    }
}

/// The members of both objects.
fn merged(mut one: Value, other: Value) -> Value {
    if let (Value::Object(one), Value::Object(other)) = (&mut one, other) {
        one.extend(other);
    }
    one
}
