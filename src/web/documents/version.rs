//! A published framework version, as the documents about it tell it.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Site;
use crate::catalog::model::{Family, OccupationFacts};
use crate::catalog::ops::browse::{self, VersionContent, VersionState};
use crate::kernel::clock;
use crate::kernel::errors::Result;
use crate::web::html::Html;

/// A version with the occupation that it was published for.
pub(super) struct Version<'v> {
    site: &'v Site,
    pub(super) content: &'v VersionContent,
    /// The occupation as it was when the version was published.
    pub(super) about: Option<OccupationFacts>,
    /// What the framework is called.
    pub(super) title: String,
}

/// The path of a framework version.
pub(super) fn path(id: Uuid) -> String {
    format!("/frameworks/{id}")
}

/// The path of its frozen document.
pub(super) fn document_path(id: Uuid) -> String {
    format!("/frameworks/{id}.json")
}

/// The family in words.
pub(super) fn family_name(family: &str) -> &str {
    family.parse().map_or(family, |known: Family| known.words())
}

impl<'v> Version<'v> {
    /// Reads the occupation as it was when the version was published.
    pub(super) fn new(site: &'v Site, content: &'v VersionContent) -> Result<Self> {
        Ok(Self {
            site,
            content,
            about: content.row.occupation_facts()?,
            title: content.row.name()?,
        })
    }

    /// `Mastery v.26.05`.
    pub(super) fn name(&self) -> String {
        let row = &self.content.row;
        format!("{} {}", family_name(&row.family), row.label)
    }

    /// The path of its occupation, if it is about one.
    pub(super) fn occupation_path(&self) -> Option<String> {
        let facts = self.about.as_ref()?;
        Some(format!("/occupations/{}", facts.soc))
    }

    /// The version, for a document that refers to it.
    pub(super) fn reference(&self, state: Option<&VersionState>) -> Value {
        reference(self.site, self.content, state)
    }

    /// The occupation, likewise.
    pub(super) fn occupation(&self) -> Option<Value> {
        let facts = self.about.as_ref()?;
        let url = self.site.url(&self.occupation_path()?);
        Some(json!({"soc": facts.soc.as_str(), "title": facts.title, "url": url}))
    }

    /// The occupation as an entry of a list of facts, if it is about one.
    pub(super) fn occupation_entry(&self, html: &mut Html) {
        let Some((facts, path)) = self.about.as_ref().zip(self.occupation_path()) else {
            return;
        };
        html.entry("Occupation", |html| {
            let text = format!("{} ({})", facts.title, facts.soc);
            html.link(&self.site.link(&path), &text);
        });
    }
}

/// What names a version: its URLs, digest, label and family, and what became of it.
pub(super) fn reference(
    site: &Site,
    version: &VersionContent,
    state: Option<&VersionState>,
) -> Value {
    let row = &version.row;
    json!({
        "id": site.url(&path(row.id)),
        "documentUrl": site.url(&document_path(row.id)),
        "digestSRI": row.content_sri,
        "label": row.label,
        "family": row.family,
        "publishedAt": published(version),
        "state": state.map(|state| &state.state),
        "deprecatedAt": state.and_then(|state| state.deprecated_at).map(told_time),
        "deprecationNote": state.and_then(|state| state.deprecation_note.as_deref()),
    })
}

/// What became of one version.
pub(super) async fn state_of(site: &Site, id: Uuid) -> Result<Option<VersionState>> {
    let states = browse::version_states(&site.app, &[id]).await?;
    Ok(states.into_iter().next())
}

/// Whether it was deprecated.
pub(super) fn is_deprecated(state: Option<&VersionState>) -> bool {
    state.is_some_and(|state| state.deprecated_at.is_some())
}

/// Tells that a version was deprecated, if it was.
pub(super) fn deprecation(html: &mut Html, state: Option<&VersionState>) {
    let Some((state, at)) = state.and_then(|state| Some((state, state.deprecated_at?))) else {
        return;
    };
    html.element("p", &[("class", "deprecated")], |html| {
        html.text("This version is deprecated since ");
        time(html, &told_time(at));
        match &state.deprecation_note {
            Some(note) => html.text(&format!(": {note}")),
            None => html.text("."),
        }
    });
}

/// A point in time.
pub(super) fn time(html: &mut Html, at: &str) {
    html.element("time", &[("datetime", at)], |html| html.text(at));
}

/// When it was published here, in whole seconds of UTC.
pub(super) fn published(version: &VersionContent) -> Option<String> {
    version.row.published_at.map(told_time)
}

fn told_time(millis: i64) -> String {
    clock::whole_second(clock::from_millis(millis)).to_string()
}
