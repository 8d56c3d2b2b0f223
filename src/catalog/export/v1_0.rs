//! The framework export of `schemaVersion` 1.0.

use std::collections::HashMap;

use crate::catalog::model::{Extra, FrameworkVersion, Level, OccupationFacts};
use crate::kernel::json::{Json, Object, pointer_token};

/// Writes a version as a framework export.
///
/// It equals the export that the version was imported from: texts, `exportedAt` and `sources`
/// verbatim, the levels in their order, and each member that the format does not define in the
/// object it came from, though after that object's own members.
#[must_use]
pub fn write(version: &FrameworkVersion) -> Object {
    let extras = Extras::by_container(&version.extras);
    let mut export = Object::new();
    export.insert("schemaVersion", "1.0");
    if let Some(exported_at) = &version.exported_at {
        export.insert("exportedAt", exported_at.as_str());
    }
    export.insert("occupation", occupation(&version.occupation, &extras));
    export.insert("framework", framework(version, &extras));
    export.insert("sources", version.sources.clone());
    export.insert("attribution", version.attribution.as_str());
    extras.complete(export, "")
}

/// The members that the format does not define, by the JSON Pointer of their object.
struct Extras<'a>(HashMap<&'a str, Vec<&'a Extra>>);

impl<'a> Extras<'a> {
    fn by_container(extras: &'a [Extra]) -> Self {
        let mut by_container: HashMap<&str, Vec<&Extra>> = HashMap::new();
        for extra in extras {
            by_container
                .entry(&extra.container)
                .or_default()
                .push(extra);
        }
        Extras(by_container)
    }

    /// The object at `pointer` with what belongs there besides.
    fn complete(&self, mut object: Object, pointer: &str) -> Object {
        if let Some(extras) = self.0.get(pointer) {
            let extras = extras.iter();
            object.extend(extras.map(|extra| (extra.name.clone(), extra.value.clone())));
        }
        object
    }
}

fn occupation(occupation: &OccupationFacts, extras: &Extras<'_>) -> Object {
    let mut object = Object::new();
    object.insert("soc", occupation.soc.as_str());
    object.insert("title", occupation.title.as_str());
    object.insert("group", occupation.group.as_str());
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
