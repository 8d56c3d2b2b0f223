//! `/occupations/{soc}`: an occupation with the newest version of each of its frameworks, and what
//! it is anchored in.

mod page;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::response::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Site;
use super::ask::{Ask, EXCHANGED, Refusal};
use super::version::{self, Version, is_deprecated};
use crate::catalog::export::{ctdl, profile as written};
use crate::catalog::model::{Family, JobZone, OccupationFacts, Soc};
use crate::catalog::ops::browse::{self, OccupationRow, VersionContent, VersionState};
use crate::catalog::ops::case;
use crate::catalog::ops::onet::{TableProfile, table_profile};
use crate::catalog::ops::profiles::{ProfileContent, newest_profiles};
use crate::catalog::profile::OccupationProfile;
use crate::kernel::errors::{Error, Result};
use crate::kernel::json::{Json, Object};
use crate::web::negotiate::Form;
use crate::web::page::Canonical;

/// The occupation, in one of its forms.
pub(super) async fn serve(ask: Ask) -> Response {
    ask.answer(find(&ask).await)
}

async fn find(ask: &Ask) -> Result<Response, Refusal> {
    let missing = || Refusal::NotFound("occupation");
    let soc: Soc = ask.name.parse().map_err(|_| missing())?;
    let site = &*ask.site;
    let found = browse::occupation(&site.app, soc.as_str()).await?;
    let row = found.ok_or_else(missing)?;
    let form = ask.form(&EXCHANGED)?;
    let told = Told::read(site, soc, row).await?;
    Ok(match form {
        Form::Json => ask.json(&told.value()),
        Form::JsonLd => ask.linked(&told.linked()?, false),
        Form::Case if told.newest.is_empty() => {
            return Err(Refusal::NotFound("framework of this occupation"));
        }
        Form::Case => ask.case(&told.case().await?),
        Form::Html => {
            let of = Canonical {
                path: &told.path(),
                forms: &EXCHANGED,
            };
            let newest = told
                .newest
                .iter()
                .map(|content| Version::new(site, content));
            let newest = newest.collect::<Result<Vec<_>>>()?;
            ask.page(&of, &told.row.title, |html| told.page(html, &newest))
        }
    })
}

/// All that is told of an occupation.
struct Told<'s> {
    site: &'s Site,
    soc: Soc,
    row: OccupationRow,
    /// Its published versions: by family, the newest first.
    versions: Vec<Arc<VersionContent>>,
    states: HashMap<Uuid, VersionState>,
    /// The newest version of each framework; a deprecated one where there is no other.
    newest: Vec<Arc<VersionContent>>,
    /// What those were made from: objects of any form, each once.
    sources: Vec<Value>,
    published: Option<Arc<ProfileContent>>,
    /// What the tables of others say, where no profile is published.
    tables: Option<TableProfile>,
    /// The codes of those of the related occupations that have a page.
    here: HashSet<String>,
}

impl<'s> Told<'s> {
    /// The CASE documents of the newest versions.
    async fn case(&self) -> Result<Object> {
        let app = &self.site.app;
        let ids: Vec<Uuid> = self.newest.iter().map(|version| version.row.id).collect();
        let found = case::documents_of(app, &app.config.public_url, &ids).await?;
        let found: Vec<Json> = found.into_iter().map(Json::from).collect();
        Ok([("CFDocuments".to_owned(), found.into())]
            .into_iter()
            .collect())
    }

    async fn read(site: &'s Site, soc: Soc, row: OccupationRow) -> Result<Self> {
        let app = &site.app;
        let mut versions = browse::versions_of(app, &[row.id]).await?;
        let versions = versions.remove(&row.id).unwrap_or_default();
        let ids: Vec<Uuid> = versions.iter().map(|version| version.row.id).collect();
        let states = browse::version_states(app, &ids).await?.into_iter();
        let states = states.map(|state| (state.id, state)).collect();
        let mut profiles = newest_profiles(app, &[row.id]).await?;
        let published = profiles.remove(&row.id);
        let tables = match &published {
            Some(_) => None,
            None => table_profile(app, &row).await?,
        };
        let newest = newest(&versions, &states);
        let mut sources: Vec<Value> = Vec::new();
        for version in &newest {
            let own = serde_json::from_str(&version.row.sources).map_err(Error::internal)?;
            if !sources.contains(&own) {
                sources.push(own);
            }
        }
        let mut told = Self {
            site,
            soc,
            row,
            newest,
            sources,
            versions,
            states,
            published,
            tables,
            here: HashSet::new(),
        };
        let related = told
            .profile()
            .into_iter()
            .flat_map(|profile| &profile.related);
        let codes: Vec<String> = related.map(|one| one.soc.to_string()).collect();
        if !codes.is_empty() {
            let known = browse::occupations_by_soc(app, &codes).await?;
            told.here = known.into_iter().map(|row| row.soc).collect();
        }
        Ok(told)
    }

    fn path(&self) -> String {
        format!("/occupations/{}", self.soc)
    }

    /// The published profile, or what stands in its place.
    fn profile(&self) -> Option<&OccupationProfile> {
        let published = self.published.as_ref().map(|found| &found.profile);
        published.or(self.tables.as_ref().map(|tables| &tables.profile))
    }

    fn state(&self, version: &VersionContent) -> Option<&VersionState> {
        self.states.get(&version.row.id)
    }

    fn value(&self) -> Value {
        let row = &self.row;
        let reference = |v: &Arc<VersionContent>| version::reference(self.site, v, self.state(v));
        let published = self.published.as_ref().map(|found| {
            let mut object = written::write(&found.profile);
            object.insert("digestSRI", found.content_sri.as_str());
            plain(object)
        });
        let tables = self.tables.as_ref().map(|tables| {
            let mut object = written::write(&tables.profile);
            object.insert_some("description", tables.description.as_deref());
            plain(object)
        });
        json!({
            "id": self.site.url(&self.path()),
            "soc": row.soc,
            "title": row.title,
            "group": row.major_group,
            "sector": row.sector,
            "jobZone": row.job_zone,
            "jobZoneInferred": row.job_zone_inferred,
            "frameworkVersions": self.versions.iter().map(reference).collect::<Vec<_>>(),
            "profile": published,
            "publishedTables": tables,
        })
    }

    fn linked(&self) -> Result<Object> {
        let facts = OccupationFacts {
            soc: self.soc.clone(),
            title: self.row.title.clone(),
            group: Some(self.row.major_group.clone()),
            sector: self.row.sector.clone(),
            job_zone: self
                .row
                .job_zone
                .and_then(|n| JobZone::try_from(i64::from(n)).ok()),
            job_zone_label: None,
            job_zone_inferred: self.row.job_zone_inferred,
        };
        let name = |content: &Arc<VersionContent>| {
            let version = Version::new(self.site, content)?;
            Ok(ctdl::Framework {
                url: self.site.url(&version::path(content.row.id)),
                name: format!("{}: {}", version.title, version.name()),
                version: content.row.label.clone(),
            })
        };
        let frameworks = self.versions.iter().map(name).collect::<Result<Vec<_>>>()?;
        let titles = self
            .profile()
            .map(|profile| profile.related_titles.as_slice());
        let description = self.tables.as_ref().and_then(|t| t.description.as_deref());
        let base = &self.site.app.config.public_url;
        let told = ctdl::About {
            description,
            titles: titles.unwrap_or_default(),
            origins: &self.origins(),
        };
        Ok(ctdl::write_occupation(&facts, told, &frameworks, base))
    }

    /// Whom to name for what is told besides the frameworks.
    fn origins(&self) -> Vec<ctdl::Origin> {
        let published = self.published.iter().map(|found| ctdl::Origin {
            name: format!("{} {}", self.row.title, found.profile.version),
            attribution: found.profile.attribution.clone(),
            license_url: None,
            url: None,
        });
        let mut all: Vec<_> = published.filter(|o| !o.attribution.is_empty()).collect();
        for source in self.tables.iter().flat_map(|tables| &tables.sources) {
            let origin = ctdl::Origin {
                name: source.database(),
                attribution: source.attribution(),
                license_url: source.license_url().map(str::to_owned),
                url: Some(source.url().to_owned()),
            };
            // Several tables are of one database.
            if !all.contains(&origin) {
                all.push(origin);
            }
        }
        all
    }
}

/// Of each framework the version to show, in the order of the families.
fn newest(
    versions: &[Arc<VersionContent>],
    states: &HashMap<Uuid, VersionState>,
) -> Vec<Arc<VersionContent>> {
    let deprecated = |v: &Arc<VersionContent>| is_deprecated(states.get(&v.row.id));
    let mut chosen: Vec<Arc<VersionContent>> = Vec::new();
    for version in versions {
        let same = |other: &Arc<VersionContent>| other.row.framework_id == version.row.framework_id;
        match chosen.iter_mut().find(|other| same(other)) {
            None => chosen.push(Arc::clone(version)),
            Some(known) if deprecated(known) && !deprecated(version) => {
                *known = Arc::clone(version);
            }
            Some(_) => {}
        }
    }
    let place =
        |v: &Arc<VersionContent>| Family::ALL.iter().position(|f| f.as_str() == v.row.family);
    chosen.sort_by_key(place);
    chosen
}

fn plain(object: Object) -> Value {
    Json::from(object).into()
}
