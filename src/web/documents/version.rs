//! A published framework version, as the documents about it tell it.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Site;
use crate::catalog::model::OccupationFacts;
use crate::catalog::ops::browse::VersionContent;
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
    match family {
        "MASTERY" => "Mastery",
        "AI_LITERACY" => "AI literacy",
        "DURABLE_SKILLS" => "Durable skills",
        "CUSTOM" => "Custom",
        other => other,
    }
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
    pub(super) fn reference(&self) -> Value {
        reference(self.site, self.content)
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

/// What names a version: its URLs, digest, label and family.
pub(super) fn reference(site: &Site, version: &VersionContent) -> Value {
    let row = &version.row;
    json!({
        "id": site.url(&path(row.id)),
        "documentUrl": site.url(&document_path(row.id)),
        "digestSRI": row.content_sri,
        "label": row.label,
        "family": row.family,
        "publishedAt": published(version),
    })
}

/// When it was published here, in whole seconds of UTC.
pub(super) fn published(version: &VersionContent) -> Option<String> {
    let at = version.row.published_at.map(clock::from_millis)?;
    Some(clock::whole_second(at).to_string())
}
