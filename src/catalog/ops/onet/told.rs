//! All that the newest tables say of one occupation.

use std::{collections::HashMap, sync::Arc};

use entity::occupation;

use super::sheets::{Wanted, sheets};
use crate::{
    app::App,
    catalog::{
        model::{self, JobZone, OccupationFacts, Soc},
        onet::{Database, Part, Sheet, Source, view},
        ops::browse,
        profile::{AnchorKind, OccupationProfile, RelatedOccupation},
    },
    kernel::errors::{Error, Result},
};

/// What the newest tables say of an occupation, by the rules of [`view`].
#[derive(Debug, Clone)]
pub struct TableProfile {
    /// In the form of a published profile; its label names the databases.
    pub profile: OccupationProfile,
    /// What the occupation does, verbatim.
    pub description: Option<String>,
    /// The tables that say it: whom to name wherever it is shown.
    pub sources: Vec<Arc<Source>>,
}

/// What the newest tables say of an occupation, in three statements; `None` if they say nothing.
///
/// # Errors
/// When the database fails.
pub async fn table_profile(app: &App, row: &occupation::Model) -> Result<Option<TableProfile>> {
    let soc: Soc = row.soc.parse().map_err(Error::internal)?;
    let told = sheets(app, &wanted(&soc)).await?;
    let find = |part: Part, subject: &str| told.get(&(part, subject.to_owned()));
    let of = |part: Part| find(part, soc.as_str());
    let mut used: Vec<&Arc<Sheet>> = Vec::new();
    let mut anchors = Vec::new();
    for kind in AnchorKind::ALL {
        if let Some(sheet) = of(Part::of_anchors(*kind)) {
            anchors.extend(view::anchors(*kind, sheet));
            used.push(sheet);
        }
    }
    let occupations = of(Part::Occupations);
    let titles = of(Part::AlternateTitles);
    let related = of(Part::RelatedOccupations);
    let zones = of(Part::JobZones).and(find(Part::JobZoneTerms, ""));
    let programs = find(Part::Programs, undetailed(&soc));
    used.extend(
        [occupations, titles, related, zones, programs]
            .into_iter()
            .flatten(),
    );
    if used.is_empty() {
        return Ok(None);
    }
    let mut related = related.map_or_else(Vec::new, |sheet| view::related_occupations(sheet));
    related.truncate(view::RELATED);
    name(app, &mut related).await?;
    let sources: Vec<Arc<Source>> = used.iter().map(|s| Arc::clone(&s.source)).collect();
    let databases = databases(&sources);
    let zone = row.job_zone.zip(zones);
    let profile = OccupationProfile {
        occupation: OccupationFacts {
            soc,
            title: row.title.clone(),
            group: Some(row.major_group.clone()),
            sector: row.sector.clone(),
            job_zone: row
                .job_zone
                .and_then(|n| JobZone::try_from(i64::from(n)).ok()),
            job_zone_label: zone.and_then(|(zone, terms)| view::job_zone_name(terms, zone)),
            job_zone_inferred: row.job_zone_inferred,
        },
        version: join(databases.iter().map(|source| source.database()), ", "),
        anchors,
        anchor_provider: None,
        related_titles: titles.map_or_else(Vec::new, |sheet| view::related_titles(sheet)),
        rapids: None,
        cip: programs.map_or_else(Vec::new, |sheet| view::programs(sheet)),
        related,
        evidence: None,
        sources: databases.iter().map(|source| cited(source)).collect(),
        notes: Vec::new(),
        attribution: join(databases.iter().map(|source| source.attribution()), " "),
        extras: Vec::new(),
    };
    let description = occupations.and_then(|sheet| view::description(sheet).map(str::to_owned));
    Ok(Some(TableProfile {
        profile,
        description,
        sources,
    }))
}

fn wanted(soc: &Soc) -> Vec<Wanted> {
    let kinds = AnchorKind::ALL.iter().map(|kind| Part::of_anchors(*kind));
    let others = [
        Part::Occupations,
        Part::JobZones,
        Part::AlternateTitles,
        Part::RelatedOccupations,
    ];
    let own = kinds.chain(others).map(|part| (part, soc.to_string()));
    let terms = (Part::JobZoneTerms, String::new());
    let programs = (Part::Programs, undetailed(soc).to_owned());
    own.chain([terms, programs]).collect()
}

/// `29-1122` of `29-1122.00`: the crosswalk knows no detailed occupations.
fn undetailed(soc: &Soc) -> &str {
    soc.as_str().split('.').next().unwrap_or_default()
}

/// Gives related occupations the titles that the catalog has for them.
async fn name(app: &App, related: &mut [RelatedOccupation]) -> Result<()> {
    let codes: Vec<String> = related.iter().map(|r| r.soc.to_string()).collect();
    if codes.is_empty() {
        return Ok(());
    }
    let known = browse::occupations_by_soc(app, &codes).await?;
    let titles: HashMap<String, String> = known.into_iter().map(|o| (o.soc, o.title)).collect();
    for one in related {
        one.title = titles.get(one.soc.as_str()).cloned();
    }
    Ok(())
}

/// One source of each database and release.
fn databases(sources: &[Arc<Source>]) -> Vec<&Arc<Source>> {
    let mut found: Vec<&Arc<Source>> = Vec::new();
    for source in sources {
        let known = |other: &&Arc<Source>| {
            other.part.database() == source.part.database() && other.release == source.release
        };
        if !found.iter().any(known) {
            found.push(source);
        }
    }
    found
}

fn cited(source: &Source) -> model::Source {
    let database = match source.part.database() {
        Database::Onet => "onet",
        Database::CipSoc => "cip-soc",
    };
    model::Source {
        key: format!("{database}-{}", source.release),
        label: source.database(),
        title: None,
        release: Some(source.release.clone()),
        date: None,
        licence: source.license().map(str::to_owned),
        url: Some(source.url().to_owned()),
    }
}

fn join(texts: impl Iterator<Item = String>, between: &str) -> String {
    texts.collect::<Vec<_>>().join(between)
}
