//! The framework export of `schemaVersion` 2.0: one framework or several of an occupation, with
//! its profile.

mod framework;
mod place;
mod statement;

use std::collections::HashSet;

use uuid::Uuid;

use crate::catalog::model::{AnchorRef, Extra, FrameworkVersion, OccupationFacts, ProfileRef};
use crate::catalog::profile::OccupationProfile;
use crate::catalog::rules::{freeze, freeze_profile};
use crate::kernel::json::{Json, Object};

use super::fields::{Fields, object};
use super::problem::Problems;
use super::{occupation, profile};
use place::{given_apart, rebased};

/// What a document says of all its frameworks, as far as it could be read: what is wrong with the
/// frameworks is told nevertheless.
struct Common {
    occupation: Option<Option<OccupationFacts>>,
    sources: Option<Object>,
    attribution: Option<String>,
    exported_at: Option<Option<String>>,
    extras: Vec<Extra>,
    profile: Option<Option<ProfileRef>>,
    /// The anchors of the profile; none where there is none.
    anchors: Option<HashSet<AnchorRef>>,
}

/// What a document holds.
pub(super) struct Package {
    /// The framework versions, at least one.
    pub(super) frameworks: Vec<FrameworkVersion>,
    /// Of each the provider whose it was where it was exported.
    pub(super) owners: Vec<Option<Uuid>>,
    /// The occupation's profile.
    pub(super) profile: Option<OccupationProfile>,
}

/// Where a framework of the document stands in an export of its own.
const ALONE: &str = "/framework";

/// Reads the members of an export, `schemaVersion` taken out; `None` if there was any problem.
pub(super) fn read(mut export: Fields, problems: &mut Problems) -> Option<Package> {
    let mut extras = Vec::new();
    let exported_at = export.text_if_any("exportedAt", problems);
    let occupation = match export.fields_if_any("occupation", problems) {
        Some(Some(fields)) => occupation::wide(fields, &mut extras, problems).map(Some),
        Some(None) => Some(None),
        None => None,
    };
    let sources = export.object("sources", problems);
    let attribution = export.text("attribution", problems);
    let mut apart = given_apart(&mut export, problems)?;
    let profile = export.fields_if_any("profile", problems);
    let frameworks = framework_members(&mut export, problems);
    extras.extend(export.rest());
    extras.extend(apart.take_outside());

    // Without its occupation a profile is not read: nothing is known of it then.
    let profile: Option<Option<OccupationProfile>> = match (profile, &occupation) {
        (Some(Some(fields)), Some(Some(occupation))) => {
            profile::read(fields, occupation.clone(), problems).map(Some)
        }
        (Some(Some(_)), Some(None)) => {
            let message = "there is a profile, and no occupation that it is of";
            problems.add(
                "/profile",
                message,
                "add the occupation, or take the profile out",
            );
            None
        }
        (Some(None), _) => Some(None),
        _ => None,
    };
    let common = Common {
        occupation,
        sources,
        attribution,
        exported_at,
        extras,
        profile: profile
            .as_ref()
            .map(|profile| profile.as_ref().map(reference)),
        anchors: profile.as_ref().map(|profile| anchors(profile.as_ref())),
    };
    let read: Vec<Option<(FrameworkVersion, Option<Uuid>)>> = frameworks?
        .into_iter()
        .map(|(path, members)| {
            let own = rebased(apart.take(&path), &path, ALONE);
            let mut fields = Fields::new(members, path.clone());
            let owner = owner(&mut fields);
            let declared = fields.text_if_any("digestSRI", problems);
            let mut version = framework::read(fields, &path, &common, problems)?;
            version.extras.extend(own);
            unchanged(owner, &version, declared?.as_deref(), &path, problems)?;
            Some((version, owner))
        })
        .collect();
    let read: Vec<_> = read.into_iter().collect::<Option<_>>()?;
    let (frameworks, owners): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    apart.nothing_left(problems)?;
    different(&frameworks, problems)?;
    Some(Package {
        frameworks,
        owners,
        profile: profile?,
    })
}

fn reference(profile: &OccupationProfile) -> ProfileRef {
    let frozen = freeze_profile(profile);
    ProfileRef {
        id: frozen.id,
        digest_sri: frozen.digest_sri,
    }
}

fn anchors(profile: Option<&OccupationProfile>) -> HashSet<AnchorRef> {
    let anchors = profile.into_iter().flat_map(|profile| &profile.anchors);
    anchors
        .map(|anchor| AnchorRef {
            kind: anchor.kind,
            ordinal: anchor.ordinal,
        })
        .collect()
}

/// The frameworks with their places: `framework`, or each of `frameworks`.
fn framework_members(
    export: &mut Fields,
    problems: &mut Problems,
) -> Option<Vec<(String, Object)>> {
    let several = export.each_if_any("frameworks", problems, |item, path, problems| {
        let members = object(item, &path, problems)?;
        Some((path, members))
    })?;
    let Some(several) = several else {
        let members = export.object("framework", problems)?;
        return Some(vec![(ALONE.to_owned(), members)]);
    };
    if export.if_any("framework").is_some() {
        let message = "there are both framework and frameworks";
        problems.add(ALONE, message, "keep one of the two");
        return None;
    }
    if several.is_empty() {
        let message = "there is no framework";
        problems.add(export.at("frameworks"), message, "add at least one");
        return None;
    }
    Some(several)
}

/// The provider whose framework it was where it was exported; anything else that stands there
/// says nothing.
fn owner(fields: &mut Fields) -> Option<Uuid> {
    Uuid::try_parse(fields.if_any("owner")?.as_str()?).ok()
}

/// Holds a version against the digest that the document gives for it.
fn unchanged(
    owner: Option<Uuid>,
    version: &FrameworkVersion,
    declared: Option<&str>,
    path: &str,
    problems: &mut Problems,
) -> Option<()> {
    let Some(declared) = declared else {
        return Some(());
    };
    if freeze(owner, version).digest_sri == declared {
        return Some(());
    }
    problems.add(
        format!("{path}/digestSRI"),
        "the digest is of other content: the document was changed after it was written",
        "take the document as it was written; or take the digest out, and give the changed content a version label of its own",
    );
    None
}

/// Each framework stands in a document once.
fn different(frameworks: &[FrameworkVersion], problems: &mut Problems) -> Option<()> {
    let mut seen = HashSet::new();
    let twice = frameworks
        .iter()
        .enumerate()
        .find(|(_, version)| !seen.insert((&version.key, version.version.as_str())));
    let Some((index, version)) = twice else {
        return Some(());
    };
    let message = format!(
        "{} {} is there twice",
        version.key.as_str(),
        version.version
    );
    let remedy = "keep one of the two, or give them different versions or keys";
    problems.add(format!("/frameworks/{index}"), message, remedy);
    None
}

/// The members of an object as an object again.
fn as_json(members: Object) -> Json {
    Json::Object(members)
}
