//! The document that publishing freezes.

use uuid::Uuid;

use super::{parts_of, statement_code, wide};
use crate::catalog::ids::{self, FrameworkKey};
use crate::catalog::model::{FrameworkVersion, Level, OccupationFacts, Statement};
use crate::kernel::digest::sri_sha384;
use crate::kernel::json::{Json, Object};

/// The name of the frozen document's format, in its member `format`, for versions that
/// say no more than a framework export 1.0 could.
pub const FORMAT: &str = "attestry-framework/1";

/// The name of the format for all other versions.
pub const FORMAT_2: &str = "attestry-framework/2";

/// A published framework version as it is served for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenVersion {
    /// The version's id.
    pub id: Uuid,
    /// The document, in canonical form (RFC 8785).
    pub bytes: Vec<u8>,
    /// Its SHA-384 digest as Subresource Integrity metadata, for `digestSRI`.
    pub digest_sri: String,
}

/// Freezes a version. Owner and content alone decide the bytes: no host name, no time of export.
/// `owner` is the provider whose framework it is, `None` for a shared one.
///
/// ```json
/// {"format", "id", "family", "version",
///  "occupation": {"soc", "title", "group", "sector", "jobZone", "jobZoneInferred"},
///  "description", "contextCovered",
///  "levels": [{"id", "ordinal", "key", "label",
///              "statements": [{"id", "position", "code", "text", "title"?, "description"?}]}],
///  "sources", "attribution", "extras"?}
/// ```
/// `extras` holds the members that the imported format does not define, by their JSON Pointer.
///
/// A version that is not [plain](FrameworkVersion::is_plain) has the format
/// [`attestry-framework/2`](FORMAT_2), with as many of these members as there are values for, and
/// without `occupation` and `group` where there is none:
/// ```json
/// {"key", "title", "creator", "replaces", "case": {…}, "profile": {"id", "digestSRI"}, "occupation": {"jobZoneLabel"},
///  "domains": [{"id", "number", "key", "title", "description"?}],
///  "cited": [{"key", "label", "title"?, "release"?, "date"?, "licence"?, "url"?}],
///  "levels": [{"subtitle", "description",
///              "statements": [{"domain", "split": {"sure": false, "at"?},
///                              "citations": [{"source", "locator"?}],
///                              "anchors": [{"kind", "ordinal"}],
///                              "replaces", "outline": {…}}]}]}
/// ```
/// Statements stand by domain, those of none first, and then by position.
#[must_use]
pub fn freeze(owner: Option<Uuid>, version: &FrameworkVersion) -> FrozenVersion {
    let key = &version.key;
    let id = ids::framework_version(owner, key, &version.version);
    let levels: Vec<Json> = version
        .levels
        .iter()
        .map(|level| frozen_level(owner, key, version, level))
        .collect();

    let mut document = Object::new();
    let format = if version.is_plain() { FORMAT } else { FORMAT_2 };
    document.insert("format", format);
    document.insert("id", id.to_string());
    document.insert("family", version.family.as_str());
    document.insert("version", version.version.as_str());
    let occupation = version.occupation.as_ref();
    document.insert_some("occupation", occupation.map(frozen_occupation));
    document.insert("description", version.description.as_str());
    document.insert("contextCovered", version.context_covered.as_str());
    document.insert("levels", levels);
    document.insert("sources", version.sources.clone());
    document.insert("attribution", version.attribution.as_str());
    wide::version(&mut document, owner, key, version);
    if !version.extras.is_empty() {
        let extras = version.extras.iter();
        let extras: Object = extras
            .map(|extra| (extra.pointer(), extra.value.clone()))
            .collect();
        document.insert("extras", extras);
    }

    let bytes = document.canonical();
    let digest_sri = sri_sha384(&bytes);
    FrozenVersion {
        id,
        bytes,
        digest_sri,
    }
}

pub(super) fn frozen_occupation(occupation: &OccupationFacts) -> Object {
    let mut object = Object::new();
    object.insert("soc", occupation.soc.as_str());
    object.insert("title", occupation.title.as_str());
    if let Some(group) = &occupation.group {
        object.insert("group", group.as_str());
    }
    if let Some(label) = &occupation.job_zone_label {
        object.insert("jobZoneLabel", label.as_str());
    }
    object.insert("sector", occupation.sector.as_deref());
    object.insert(
        "jobZone",
        occupation.job_zone.map(|zone| u32::from(zone.number())),
    );
    object.insert("jobZoneInferred", occupation.job_zone_inferred);
    object
}

fn frozen_level(
    owner: Option<Uuid>,
    key: &FrameworkKey,
    version: &FrameworkVersion,
    level: &Level,
) -> Json {
    let statements: Vec<Json> = level
        .statements
        .iter()
        .map(|statement| frozen_statement(owner, key, version, level, statement))
        .collect();
    let mut object = Object::new();
    object.insert(
        "id",
        ids::level(owner, key, &version.version, level.ordinal).to_string(),
    );
    object.insert("ordinal", level.ordinal);
    object.insert("key", level.key.as_str());
    object.insert("label", level.label.as_str());
    object.insert("statements", statements);
    wide::level(&mut object, level);
    object.into()
}

fn frozen_statement(
    owner: Option<Uuid>,
    key: &FrameworkKey,
    version: &FrameworkVersion,
    level: &Level,
    statement: &Statement,
) -> Json {
    let (label, ordinal, position) = (&version.version, level.ordinal, statement.position);
    let domain = statement.domain;
    let id = ids::statement(owner, key, label, domain, ordinal, position);
    let code = statement_code(key, label, domain, ordinal, position);
    let mut object = Object::new();
    object.insert("id", id.to_string());
    object.insert("position", position);
    object.insert("code", code);
    object.insert("text", statement.text.as_str());
    if let Some(parts) = parts_of(statement) {
        object.insert("title", parts.title);
        object.insert("description", parts.description);
    }
    wide::statement(&mut object, statement);
    object.into()
}
