//! The framework export of `schemaVersion` 1.0.

use super::extras::Extras;
use crate::catalog::model::{Family, FrameworkVersion, Level, OccupationFacts};
use crate::kernel::json::{Json, Object, pointer_token};

/// Why a version cannot be written as an export 1.0 without losing something; nothing if it can.
#[must_use]
pub fn beyond(version: &FrameworkVersion) -> Vec<&'static str> {
    let about = version.occupation.as_ref();
    let levels = || version.levels.iter();
    let statements = || levels().flat_map(|level| &level.statements);
    let says = [
        (
            version.family != Family::Mastery,
            "a family other than MASTERY",
        ),
        (
            about.is_none_or(|facts| facts.group.is_none()),
            "an occupation without a group, or none",
        ),
        (
            about.is_some_and(|facts| facts.job_zone_label.is_some()),
            "the name of a job zone",
        ),
        (version.has_own_key(), "a key of its own"),
        (
            version.title.is_some() || version.creator.is_some(),
            "a title or a creator",
        ),
        (!version.domains.is_empty(), "domains"),
        (
            levels().any(|l| l.subtitle.is_some() || l.description.is_some()),
            "subtitles or descriptions of levels",
        ),
        (
            levels().any(|l| l.statements.is_empty()),
            "a level without statements",
        ),
        (!version.cited.is_empty(), "sources that statements cite"),
        (version.profile.is_some(), "the occupation's profile"),
        (version.replaces.is_some(), "the version that it replaces"),
        (version.case.is_some(), "what a CASE package told of it"),
        (
            statements().any(|s| !s.is_plain()),
            "domains, citations, anchors, unsure splits, outlines or predecessors of statements",
        ),
        (
            version.extras.iter().any(|e| is_deep(&e.container)),
            "unknown members where it has no objects",
        ),
    ];
    let said = says.into_iter().filter(|(beyond, _)| *beyond);
    said.map(|(_, what)| what).collect()
}

/// Whether an extra stands where the format has no object.
fn is_deep(container: &str) -> bool {
    let known = ["", "/occupation", "/framework"].contains(&container);
    let level = container.strip_prefix("/framework/levels/");
    !known && level.is_none_or(|key| key.contains('/'))
}

/// Writes a version as a framework export.
///
/// It equals the export that the version was imported from: texts, `exportedAt` and `sources`
/// verbatim, the levels in their order, and each member that the format does not define in the
/// object it came from, though after that object's own members. What the format cannot say is left
/// out: see [`beyond`].
#[must_use]
pub fn write(version: &FrameworkVersion) -> Object {
    let extras = Extras::by_container(&version.extras);
    let mut export = Object::new();
    export.insert("schemaVersion", "1.0");
    if let Some(exported_at) = &version.exported_at {
        export.insert("exportedAt", exported_at.as_str());
    }
    let about = version.occupation.as_ref();
    export.insert_some("occupation", about.map(|facts| occupation(facts, &extras)));
    export.insert("framework", framework(version, &extras));
    export.insert("sources", version.sources.clone());
    export.insert("attribution", version.attribution.as_str());
    extras.complete(export, "")
}

fn occupation(occupation: &OccupationFacts, extras: &Extras<'_>) -> Object {
    let mut object = Object::new();
    object.insert("soc", occupation.soc.as_str());
    object.insert("title", occupation.title.as_str());
    object.insert("group", occupation.group.as_deref());
    object.insert("sector", occupation.sector.as_deref());
    object.insert(
        "jobZone",
        occupation.job_zone.map(|zone| u32::from(zone.number())),
    );
    object.insert("jobZoneInferred", occupation.job_zone_inferred);
    extras.complete(object, "/occupation")
}

fn framework(version: &FrameworkVersion, extras: &Extras<'_>) -> Object {
    let levels: Object = version
        .levels
        .iter()
        .map(|at| (at.key.clone(), level(at, extras).into()))
        .collect();
    let mut object = Object::new();
    object.insert("version", version.version.as_str());
    object.insert("description", version.description.as_str());
    object.insert("contextCovered", version.context_covered.as_str());
    object.insert("levels", levels);
    extras.complete(object, "/framework")
}

fn level(level: &Level, extras: &Extras<'_>) -> Object {
    let statements: Vec<Json> = level
        .statements
        .iter()
        .map(|statement| statement.text.as_str().into())
        .collect();
    let mut object = Object::new();
    object.insert("label", level.label.as_str());
    object.insert("statements", statements);
    extras.complete(
        object,
        &format!("/framework/levels{}", pointer_token(&level.key)),
    )
}
