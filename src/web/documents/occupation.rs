//! `/occupations/{soc}`: an occupation and the framework versions published for it.

use std::sync::Arc;

use axum::response::Response;
use serde_json::json;

use super::ask::{Ask, Refusal};
use super::version::{self, family_name};
use crate::catalog::model::Soc;
use crate::catalog::ops::browse::{self, VersionContent};

/// The occupation, as JSON or as a page.
pub(super) async fn serve(ask: Ask) -> Response {
    ask.answer(find(&ask).await)
}

async fn find(ask: &Ask) -> Result<Response, Refusal> {
    let missing = || Refusal::NotFound("occupation");
    let soc: Soc = ask.name.parse().map_err(|_| missing())?;
    let (site, app) = (&ask.site, &ask.site.app);
    let found = browse::occupation(app, soc.as_str()).await?;
    let occupation = found.ok_or_else(missing)?;
    let mut versions = browse::versions_of(app, &[occupation.id]).await?;
    let versions: Vec<Arc<VersionContent>> = versions.remove(&occupation.id).unwrap_or_default();
    let path = format!("/occupations/{soc}");
    let json = || {
        let versions = versions.iter().map(|v| version::reference(site, v));
        json!({
            "id": site.url(&path),
            "soc": occupation.soc,
            "title": occupation.title,
            "group": occupation.major_group,
            "sector": occupation.sector,
            "jobZone": occupation.job_zone,
            "jobZoneInferred": occupation.job_zone_inferred,
            "frameworkVersions": versions.collect::<Vec<_>>(),
        })
    };
    ask.show(&path, &occupation.title, json, |html| {
        html.element("p", &[("class", "kind")], |html| html.text("Occupation"));
        html.line("h1", &occupation.title);
        html.element("dl", &[], |html| {
            html.entry("SOC code", |html| html.line("code", &occupation.soc));
            html.entry("Group", |html| html.text(&occupation.major_group));
            if let Some(sector) = &occupation.sector {
                html.entry("Sector", |html| html.text(sector));
            }
            if let Some(zone) = occupation.job_zone {
                let inferred = if occupation.job_zone_inferred {
                    " (inferred)"
                } else {
                    ""
                };
                html.entry("Job zone", |html| {
                    html.text(&format!("{zone} of 5{inferred}"))
                });
            }
        });
        html.line("h2", "Published framework versions");
        if versions.is_empty() {
            html.line("p", "None yet.");
        }
        html.element("ul", &[], |html| {
            for version in &versions {
                html.element("li", &[], |html| {
                    let row = &version.row;
                    let count: usize = version.levels.iter().map(|l| l.statements.len()).sum();
                    let name = format!("{} {}", family_name(&row.family), row.label);
                    html.link(&site.link(&version::path(row.id)), &name);
                    html.element("small", &[], |html| {
                        let levels = version.levels.len();
                        html.text(&format!(" {levels} levels, {count} statements"));
                    });
                });
            }
        });
    })
}
