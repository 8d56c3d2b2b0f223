//! Whether the statement is really that of the framework version named.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::inspect::{one_or_many, quoted};
use super::materials::Materials;
use super::report::{Check, CheckName, Problem};
use crate::kernel::digest::sri_sha384;
use crate::kernel::json::{Json, ParseOptions, parse};

const NAME: CheckName = CheckName::Statement;
/// The frozen forms of a framework version that are read here: what is compared stands at the same
/// places in each.
const FORMATS: [&str; 2] = ["attestry-framework/1", "attestry-framework/2"];

/// A framework document at hand, with its digest.
#[derive(Debug, Clone)]
pub(super) struct FrameworkDocument {
    digest_sri: String,
    json: Option<Json>,
}

impl FrameworkDocument {
    pub(super) fn new(bytes: &[u8]) -> Self {
        Self {
            digest_sri: sri_sha384(bytes),
            json: parse(bytes, &ParseOptions::default()).ok(),
        }
    }
}

/// The related resources that are framework documents: those at `…/frameworks/{id}.json`.
pub(super) fn framework_resources(credential: &Json) -> impl Iterator<Item = &Json> {
    one_or_many(credential.get("relatedResource"))
        .iter()
        .filter(|resource| {
            resource
                .get("id")
                .and_then(Json::as_str)
                .and_then(|id| id.rsplit_once('/'))
                .is_some_and(|(base, file)| {
                    base.ends_with("/frameworks") && file.ends_with(".json")
                })
        })
}

/// The rubric level that the credential's first result says was achieved.
pub(super) fn achieved_level(credential: &Json) -> Option<&Json> {
    let subject = credential.get("credentialSubject")?;
    let result = one_or_many(subject.get("result")).first()?;
    let achieved = result.get("achievedLevel")?.as_str()?;
    let described = result.get("resultDescription")?.as_str()?;
    one_or_many(subject.get("achievement")?.get("resultDescription"))
        .iter()
        .find(|description| description.get("id").and_then(Json::as_str) == Some(described))
        .map(|description| one_or_many(description.get("rubricCriterionLevel")))?
        .iter()
        .find(|level| level.get("id").and_then(Json::as_str) == Some(achieved))
}

/// Compares the credential with the framework document whose digest it names.
pub(super) fn check(credential: &Json, materials: &Materials) -> Check {
    let fail = |reason: String, error: Problem| Check::fail(NAME, reason, error);
    let mut resources = framework_resources(credential);
    let (resource, more) = (resources.next(), resources.next().is_some());
    if materials.frameworks.is_empty() {
        let reason = if resource.is_some() {
            "the framework document is not at hand; give it to have the statement compared"
        } else {
            "the credential names no framework document"
        };
        return Check::not_applicable(NAME, reason);
    }
    let Some(resource) = resource else {
        let reason = "the credential names no framework document to compare with";
        return Check::unknown(NAME, reason, None);
    };
    if more {
        let reason = "the credential names several framework documents";
        return fail(reason.to_owned(), Problem::MALFORMED_VALUE_ERROR);
    }
    let Some(named) = resource
        .get("digestSRI")
        .and_then(Json::as_str)
        .filter(|sri| is_sha384(sri))
    else {
        let reason = "the framework document's digestSRI is missing or not a sha384";
        return fail(reason.to_owned(), Problem::MALFORMED_VALUE_ERROR);
    };
    let Some(framework) = materials.frameworks.iter().find(|f| f.digest_sri == named) else {
        let reason = "no framework document at hand has the digest that the credential names: \
                      it was altered, or is another one";
        return fail(reason.to_owned(), Problem::CRYPTOGRAPHIC_SECURITY_ERROR);
    };
    match framework
        .json
        .as_ref()
        .map(|json| compare(credential, resource, json))
    {
        Some(Ok(reason)) => Check::pass(NAME, reason),
        Some(Err(reason)) => fail(reason, Problem::MALFORMED_VALUE_ERROR),
        None => fail(
            "the framework document is not strict JSON".to_owned(),
            Problem::PARSING_ERROR,
        ),
    }
}

fn compare(credential: &Json, resource: &Json, framework: &Json) -> Result<String, String> {
    let text = |json: &Json, name: &str| json.get(name).and_then(Json::as_str).map(str::to_owned);
    let format = text(framework, "format");
    if !format.is_some_and(|format| FORMATS.contains(&format.as_str())) {
        let known = FORMATS.join(" or ");
        return Err(format!("the framework document's format is not {known}"));
    }
    let achievement = credential
        .pointer("/credentialSubject/achievement")
        .ok_or("the credential has no achievement")?;
    let [alignment] = one_or_many(achievement.get("alignment")) else {
        return Err("the achievement is not aligned with exactly one statement".to_owned());
    };
    let url = text(alignment, "targetUrl").ok_or("the alignment has no targetUrl")?;
    let id = url.rsplit('/').next().unwrap_or_default();
    let place = text(resource, "id").unwrap_or_default();
    let base = place.rsplit_once("/frameworks/").map(|(base, _)| base);
    if base.map(|base| format!("{base}/statements/{id}")).as_ref() != Some(&url) {
        return Err("the statement's URL is not beside that of its framework".to_owned());
    }
    if text(achievement, "id").as_deref() != Some(&url) {
        return Err("the achievement's id is not the statement's URL".to_owned());
    }
    let (level, statement) = find(framework, id)
        .ok_or_else(|| format!("the framework has no statement {}", quoted(id)))?;
    let (code, words) = (text(statement, "code"), text(statement, "text"));
    for (what, given, written) in [
        ("code", text(alignment, "targetCode"), &code),
        ("code", text(achievement, "humanCode"), &code),
        ("text", text(alignment, "targetDescription"), &words),
        ("text", text(achievement, "description"), &words),
    ] {
        if given.is_none() || given != *written {
            return Err(format!("the statement's {what} is not the framework's"));
        }
    }
    let achieved = achieved_level(credential).ok_or("the credential's result names no level")?;
    let urn = text(level, "id").map(|id| format!("urn:uuid:{id}"));
    let ordinal = level
        .get("ordinal")
        .and_then(Json::as_u64)
        .map(|n| n.to_string());
    if urn.is_none()
        || text(achieved, "id") != urn
        || text(achieved, "level") != ordinal
        || text(achieved, "name") != text(level, "label")
    {
        return Err("the achieved level is not the statement's level".to_owned());
    }
    Ok(format!(
        "code, text and level are those of the framework document ({})",
        quoted(&text(framework, "version").unwrap_or_default())
    ))
}

fn find<'a>(framework: &'a Json, id: &str) -> Option<(&'a Json, &'a Json)> {
    one_or_many(framework.get("levels"))
        .iter()
        .find_map(|level| {
            one_or_many(level.get("statements"))
                .iter()
                .find(|statement| statement.get("id").and_then(Json::as_str) == Some(id))
                .map(|statement| (level, statement))
        })
}

/// Whether the text is Subresource Integrity metadata with exactly one SHA-384 digest.
pub(super) fn is_sha384(sri: &str) -> bool {
    sri.strip_prefix("sha384-")
        .and_then(|digest| STANDARD.decode(digest).ok())
        .is_some_and(|digest| digest.len() == 48)
}
