//! The framework export of `schemaVersion` 2.0: all that the catalog holds of an occupation's
//! frameworks. A reader of 1.0 finds every member that it knows where it was.

mod framework;

use uuid::Uuid;

use super::extras::Extras;
use super::profile;
use crate::catalog::model::{Extra, FrameworkVersion, OccupationFacts};
use crate::catalog::profile::OccupationProfile;
use crate::kernel::json::{Json, Object};
use framework::framework;

/// The JSON Schema (draft 2020-12) of the format.
pub const SCHEMA: &str = include_str!("export-2.0.schema.json");

/// Members that the format defines in objects where other formats may have left some of the same
/// names, by the place of the object; `*` is the key of any level.
const DEFINED: [(&str, &[&str]); 4] = [
    (
        "",
        &[
            "schemaVersion",
            "exportedAt",
            "occupation",
            "framework",
            "frameworks",
            "profile",
            "sources",
            "attribution",
            "otherMembers",
        ],
    ),
    (
        "/occupation",
        &[
            "soc",
            "title",
            "group",
            "sector",
            "jobZone",
            "jobZoneLabel",
            "jobZoneInferred",
        ],
    ),
    (
        "/framework",
        &[
            "family",
            "key",
            "title",
            "creator",
            "owner",
            "version",
            "replaces",
            "state",
            "publishedAt",
            "digestSRI",
            "description",
            "contextCovered",
            "domains",
            "levels",
            "sources",
            "citedSources",
            "attribution",
            "case",
        ],
    ),
    (
        "/framework/levels/*",
        &["ordinal", "label", "subtitle", "description", "statements"],
    ),
];

/// Versions that do not fit into one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the frameworks say different things of their occupation")]
pub struct Apart;

/// Writes versions of an occupation's frameworks, at least one, and the profile that they were
/// published with, as one document.
///
/// # Errors
/// When the versions disagree on what the document says once for all of them: the occupation,
/// unknown members beside it, or the profile.
pub fn write(
    versions: &[FrameworkVersion],
    profile: Option<&OccupationProfile>,
) -> Result<Object, Apart> {
    document(versions, profile, None)
}

/// Writes as [`write`] does, and gives for each framework the digest that it freezes to, so that
/// a document that was changed is found out. `owner` is the provider whose frameworks they are,
/// `None` for shared ones.
///
/// # Errors
/// As of [`write`].
pub fn write_sealed(
    owner: Option<Uuid>,
    versions: &[FrameworkVersion],
    profile: Option<&OccupationProfile>,
) -> Result<Object, Apart> {
    document(versions, profile, Some(Seal { owner }))
}

/// That each framework is given with its digest.
#[derive(Clone, Copy, Debug)]
struct Seal {
    /// Whose they are.
    owner: Option<Uuid>,
}

fn document(
    versions: &[FrameworkVersion],
    profile: Option<&OccupationProfile>,
    seal: Option<Seal>,
) -> Result<Object, Apart> {
    let first = versions.first().ok_or(Apart)?;
    let (common, _) = parted(&first.extras);
    for version in versions {
        let (own, _) = parted(&version.extras);
        let alike = version.occupation == first.occupation && version.profile == first.profile;
        if !alike || sorted(own) != sorted(common.clone()) {
            return Err(Apart);
        }
    }
    let mut apart = Object::new();
    let in_place = kept_apart(&common, "", &mut apart);
    let extras = Extras::by_container(in_place);
    let mut export = Object::new();
    export.insert("schemaVersion", "2.0");
    let written = versions.iter().map(|version| &version.exported_at);
    if let Some(exported_at) = &first.exported_at
        && written.clone().all(|other| *other == first.exported_at)
    {
        export.insert("exportedAt", exported_at.as_str());
    }
    let about = first.occupation.as_ref();
    export.insert_some("occupation", about.map(|facts| occupation(facts, &extras)));
    match versions {
        [one] => {
            export.insert(
                "framework",
                framework(one, None, seal, "/framework", &mut apart),
            );
        }
        several => {
            let frameworks: Vec<Json> = several
                .iter()
                .enumerate()
                .map(|(index, version)| {
                    let place = format!("/frameworks/{index}");
                    framework(version, Some(first), seal, &place, &mut apart).into()
                })
                .collect();
            export.insert("frameworks", frameworks);
        }
    }
    if let Some(profile) = profile {
        export.insert("profile", profile::write(profile));
    }
    export.insert("sources", first.sources.clone());
    export.insert("attribution", first.attribution.as_str());
    if !apart.is_empty() {
        export.insert("otherMembers", apart);
    }
    Ok(extras.complete(export, ""))
}

/// Writes a single version without its profile: what tells two versions apart.
#[must_use]
pub fn write_one(version: &FrameworkVersion) -> Object {
    write(std::slice::from_ref(version), None).expect("a version agrees with itself")
}

fn sorted(mut extras: Vec<&Extra>) -> Vec<&Extra> {
    extras.sort_by_key(|extra| extra.pointer());
    extras
}

/// The extras outside of the framework, and those in it.
fn parted(extras: &[Extra]) -> (Vec<&Extra>, Vec<&Extra>) {
    extras.iter().partition(|extra| {
        let rest = extra.container.strip_prefix("/framework");
        !rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// The extras that can stand in their places; the others go to `apart`, by their JSON Pointers,
/// with `/framework` of those replaced by `place` if that is not empty.
fn kept_apart<'a>(extras: &[&'a Extra], place: &str, apart: &mut Object) -> Vec<&'a Extra> {
    let mut in_place = Vec::with_capacity(extras.len());
    for extra in extras {
        if !is_taken(extra) {
            in_place.push(*extra);
            continue;
        }
        let pointer = extra.pointer();
        let moved = pointer
            .strip_prefix("/framework")
            .filter(|_| !place.is_empty());
        let pointer = moved.map_or_else(|| pointer.clone(), |rest| format!("{place}{rest}"));
        apart.insert(pointer, extra.value.clone());
    }
    in_place
}

/// Whether the format defines a member of this name where the extra stands, so that it is given
/// apart, in `otherMembers`.
pub(in crate::catalog) fn is_taken(extra: &Extra) -> bool {
    let level = extra.container.strip_prefix("/framework/levels/");
    let place = match level {
        Some(key) if !key.contains('/') => "/framework/levels/*",
        _ => extra.container.as_str(),
    };
    let defined = DEFINED.iter().find(|(at, _)| *at == place);
    defined.is_some_and(|(_, names)| names.contains(&extra.name.as_str()))
}

fn occupation(occupation: &OccupationFacts, extras: &Extras<'_>) -> Object {
    let mut object = Object::new();
    object.insert("soc", occupation.soc.as_str());
    object.insert("title", occupation.title.as_str());
    object.insert_some("group", occupation.group.as_deref());
    object.insert("sector", occupation.sector.as_deref());
    let zone = occupation.job_zone.map(|zone| u32::from(zone.number()));
    object.insert("jobZone", zone);
    object.insert_some("jobZoneLabel", occupation.job_zone_label.as_deref());
    object.insert("jobZoneInferred", occupation.job_zone_inferred);
    extras.complete(object, "/occupation")
}
