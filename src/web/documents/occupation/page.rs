//! An occupation's page.

use super::Told;
use crate::catalog::model::{Family, Source};
use crate::kernel::text::counted;
use crate::web::documents::told::{
    Ranks, Section, Statements, cited_sources, evidence, free_sources, profile_anchors, sections,
    suggest,
};
use crate::web::documents::version::{self, Version, family_name};
use crate::web::html::Html;

impl Told<'_> {
    /// Writes the page: the occupation, then what each of its frameworks says, its figures, what it
    /// is anchored in, and what all that was taken from.
    pub(super) fn page(&self, html: &mut Html, newest: &[Version<'_>]) {
        html.styled("p", "kind", "Occupation");
        html.line("h1", &self.row.title);
        html.element("dl", &[], |html| self.facts(html, newest));
        if let Some(description) = self.tables.as_ref().and_then(|t| t.description.as_ref()) {
            html.styled("p", "lead", description);
        }
        let contexts = newest
            .iter()
            .map(|v| v.content.row.context_covered.as_str());
        let contexts = each_once(contexts);
        if !contexts.is_empty() {
            html.element("dl", &[], |html| {
                for context in contexts {
                    html.entry("Context covered", |html| html.text(context));
                }
            });
        }
        sections(html, &self.sections(newest));
        // The anchors have it too, where there are any.
        if self.profile().is_none() {
            suggest(html, self.site);
        }
    }

    fn sections<'p>(&'p self, newest: &'p [Version<'p>]) -> Vec<Section<'p>> {
        let mut parts = Vec::new();
        let family = |v: &Version<'_>| v.content.row.family.parse::<Family>().ok();
        let (job, ai): (Vec<_>, Vec<_>) = newest
            .iter()
            .enumerate()
            .filter(|(_, v)| family(v) <= Some(Family::AiLiteracy))
            .partition(|(_, v)| family(v) == Some(Family::Mastery));
        parts.extend(job.into_iter().map(|(at, v)| self.framework(at, v)));
        parts.extend(self.notes());
        parts.extend(ai.into_iter().map(|(at, v)| self.framework(at, v)));
        parts.extend(self.evidence());
        let rest = newest.iter().enumerate();
        let rest = rest.filter(|(_, v)| family(v) > Some(Family::AiLiteracy));
        parts.extend(rest.map(|(at, v)| self.framework(at, v)));
        if let Some(profile) = self.profile() {
            parts.push(Section::new("anchors", "O*NET anchors", move |html| {
                profile_anchors(html, self.site, profile, &self.here);
            }));
        }
        let title = "Published framework versions";
        parts.push(Section::new("versions", title, |html| self.versions(html)));
        parts.push(Section::new("sources", "Sources", move |html| {
            self.sources(html, newest);
        }));
        parts
    }

    fn facts(&self, html: &mut Html, newest: &[Version<'_>]) {
        html.entry("SOC code", |html| html.line("code", &self.row.soc));
        html.entry("Group", |html| html.text(&self.row.major_group));
        if let Some(sector) = &self.row.sector {
            html.entry("Sector", |html| html.text(sector));
        }
        if let Some(zone) = self.row.job_zone {
            let of_profile = self.profile().map(|profile| &profile.occupation);
            let of_version = newest.iter().filter_map(|v| v.about.as_ref());
            let mut told = of_profile.into_iter().chain(of_version);
            let label = told.find_map(|facts| facts.job_zone_label.as_deref());
            let label = label.map_or_else(String::new, |label| format!(" · {label}"));
            let inferred = if self.row.job_zone_inferred {
                " (inferred)"
            } else {
                ""
            };
            html.entry("Job zone", |html| {
                html.text(&format!("{zone} of 5{label}{inferred}"));
            });
        }
        let labels = newest.iter().map(|v| v.content.row.label.as_str());
        let profile = self.published.as_ref();
        let labels = each_once(labels.chain(profile.map(|found| found.profile.version.as_str())));
        if !labels.is_empty() {
            html.entry("Version", |html| html.text(&labels.join(", ")));
        }
    }

    /// A framework's newest version.
    fn framework<'p>(&'p self, at: usize, version: &'p Version<'p>) -> Section<'p> {
        let row = &version.content.row;
        let family = family_name(&row.family);
        let title = row.title.as_deref().unwrap_or(family);
        let id = family.to_lowercase().replace(' ', "-");
        let id = if row.family == Family::Custom.as_str() {
            format!("{id}-{at}")
        } else {
            id
        };
        let prefix = format!("{id}-");
        Section::new(id, title, move |html| {
            version::deprecation(html, self.state(version.content));
            html.element("p", &[("class", "version")], |html| {
                let link = self.site.link(&version::path(row.id));
                html.link(&link, &version.name());
            });
            if !row.description.is_empty() {
                html.line("p", &row.description);
            }
            let statements = Statements {
                site: self.site,
                version: version.content,
                ranks: Ranks::Third,
                prefix: &prefix,
            };
            statements.write(html);
        })
    }

    fn notes(&self) -> Option<Section<'_>> {
        let profile = self.profile().filter(|profile| !profile.notes.is_empty())?;
        Some(Section::new("notes", "Notes", move |html| {
            for note in &profile.notes {
                html.line("p", note);
            }
        }))
    }

    fn evidence(&self) -> Option<Section<'_>> {
        let pack = self.profile()?.evidence.as_ref()?;
        let title = "Evidence pack";
        Some(Section::new("evidence", title, move |html| {
            evidence(html, pack)
        }))
    }

    fn versions(&self, html: &mut Html) {
        if self.versions.is_empty() {
            html.line("p", "None yet.");
            return;
        }
        html.element("ul", &[], |html| {
            for version in &self.versions {
                html.element("li", &[], |html| {
                    let row = &version.row;
                    let count: usize = version.levels.iter().map(|l| l.statements.len()).sum();
                    let name = format!("{} {}", family_name(&row.family), row.label);
                    html.link(&self.site.link(&version::path(row.id)), &name);
                    html.element("small", &[], |html| {
                        let levels = counted(version.levels.len(), "level");
                        let statements = counted(count, "statement");
                        html.text(&format!(" {levels}, {statements}"));
                        if version::is_deprecated(self.state(version)) {
                            html.text(", deprecated");
                        }
                    });
                });
            }
        });
    }

    /// What all was taken from, and whom to name for it.
    fn sources(&self, html: &mut Html, newest: &[Version<'_>]) {
        let of_profile = self.profile().into_iter().flat_map(|p| &p.sources);
        let of_versions = newest.iter().flat_map(|v| &v.content.cited);
        let all: Vec<&Source> = of_versions.chain(of_profile).collect();
        cited_sources(html, all.into_iter(), false);
        for sources in &self.sources {
            free_sources(html, sources);
        }
        let of_profile = self.profile().map(|p| p.attribution.as_str());
        let of_versions = newest.iter().map(|v| v.content.row.attribution.as_str());
        for attribution in each_once(of_versions.chain(of_profile)) {
            html.styled("p", "attribution", attribution);
        }
        let tables = self.tables.iter().flat_map(|tables| &tables.sources);
        let licences = tables.filter_map(|source| source.license().zip(source.license_url()));
        let mut told = Vec::new();
        for (name, url) in licences {
            if !told.contains(&url) {
                told.push(url);
                html.element("p", &[("class", "attribution")], |html| {
                    html.text("Licence: ");
                    html.link_out(Some(url), name);
                });
            }
        }
    }
}

/// Texts in their order, each once and none empty.
fn each_once<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut told = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        if !told.contains(&text) {
            told.push(text);
        }
    }
    told
}
