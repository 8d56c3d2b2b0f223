//! From a claim to an Open Badges 3.0 credential, not yet signed.
//!
//! Only members that the contexts of VC Data Model 2.0 and Open Badges 3.0.3 define are used: a
//! term that a JSON-LD processor would drop could be changed without anyone noticing.

pub mod claim;
mod identity;
#[cfg(test)]
pub(crate) mod tests;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::did::document::whole_seconds;
use super::{CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT};
use crate::kernel::digest::hex;
use claim::{Achievement, Claim, Evidence, Level, StatusEntry, Subject};

pub use identity::email_hash;

/// Why a claim makes no credential.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// The achieved level is not one of the framework's levels.
    #[error("the level {0} is not among the framework's levels; name one that is")]
    UnknownLevel(uuid::Uuid),
    /// The validity period has no length.
    #[error("validUntil must be at least one second after validFrom; choose a later end")]
    Validity,
    /// A text that the Open Badges specification requires is empty.
    #[error("the claim's {0} is empty; fill it in")]
    Empty(&'static str),
    /// An identifier is not a URI.
    #[error(
        "the claim's {what} {value:?} is not a URI; give one, such as a DID, urn:uuid or https"
    )]
    NotUri {
        /// Which identifier.
        what: &'static str,
        /// What it is.
        value: String,
    },
}

/// Adds a member to a JSON object.
pub(super) fn set(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(members) = object {
        members.insert(name.to_owned(), value);
    }
}

/// Builds the `OpenBadgeCredential` of a claim (Open Badges 3.0.3, over VC Data Model 2.0).
///
/// The same claim always gives the same document.
///
/// # Errors
/// When the claim contradicts itself or lacks what the specification requires.
pub fn build(claim: &Claim) -> Result<Value, BuildError> {
    check(claim)?;
    let mut credential = json!({
        "@context": [CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT],
        "id": claim.credential_id.urn().to_string(),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": claim.achievement.name,
        "issuer": issuer(claim),
        "validFrom": whole_seconds(claim.valid_from),
        "credentialSubject": subject(&claim.subject, &claim.achievement)?,
        "credentialStatus": status_entry(&claim.status),
        "relatedResource": [{
            "id": claim.achievement.framework.url,
            "digestSRI": claim.achievement.framework.digest_sri,
            "mediaType": "application/json",
        }],
    });
    if let Some(until) = claim.valid_until {
        set(&mut credential, "validUntil", json!(whole_seconds(until)));
    }
    if !claim.evidence.is_empty() {
        let told = claim.evidence.iter().map(evidence).collect();
        set(&mut credential, "evidence", told);
    }
    Ok(credential)
}

fn check(claim: &Claim) -> Result<(), BuildError> {
    let achievement = &claim.achievement;
    for (what, text) in [
        ("issuer name", &claim.issuer.name),
        ("achievement name", &achievement.name),
        ("statement text", &achievement.text),
        ("statement code", &achievement.code),
        ("criteria", &achievement.criteria),
        ("framework title", &achievement.framework.title),
        ("framework digest", &achievement.framework.digest_sri),
    ] {
        if text.trim().is_empty() {
            return Err(BuildError::Empty(what));
        }
    }
    for (what, value) in [
        ("issuer id", &claim.issuer.id),
        ("subject id", &claim.subject.id),
        ("statement URL", &achievement.statement_url),
        ("framework URL", &achievement.framework.url),
        ("status list URL", &claim.status.list_url),
    ] {
        if url::Url::parse(value).is_err() {
            return Err(BuildError::NotUri {
                what,
                value: value.clone(),
            });
        }
    }
    match claim.valid_until {
        Some(until) if until.as_second() <= claim.valid_from.as_second() => {
            Err(BuildError::Validity)
        }
        _ => Ok(()),
    }
}

fn issuer(claim: &Claim) -> Value {
    let mut profile = json!({
        "id": claim.issuer.id,
        "type": ["Profile"],
        "name": claim.issuer.name,
    });
    if let Some(url) = &claim.issuer.url {
        set(&mut profile, "url", json!(url));
    }
    profile
}

fn subject(subject: &Subject, achievement: &Achievement) -> Result<Value, BuildError> {
    let result_id = format!("{}#level", achievement.statement_url);
    let level = achievement
        .levels
        .iter()
        .find(|level| level.id == achievement.level)
        .ok_or(BuildError::UnknownLevel(achievement.level))?;
    let mut value = json!({
        "id": subject.id,
        "type": ["AchievementSubject"],
        "achievement": achievement_value(achievement, level, &result_id),
        "result": [{
            "type": ["Result"],
            "resultDescription": result_id,
            "achievedLevel": level.id.urn().to_string(),
            "status": "Completed",
        }],
    });
    if let Some(email) = &subject.email {
        let identifier = json!([identity::identity_object(email)]);
        set(&mut value, "identifier", identifier);
    }
    Ok(value)
}

fn achievement_value(achievement: &Achievement, achieved: &Level, result_id: &str) -> Value {
    let framework = &achievement.framework;
    let levels: Vec<Value> = achievement
        .levels
        .iter()
        .map(|level| {
            json!({
                "id": level.id.urn().to_string(),
                "type": ["RubricCriterionLevel"],
                "name": level.label,
                "level": level.ordinal.to_string(),
            })
        })
        .collect();
    json!({
        "id": achievement.statement_url,
        "type": ["Achievement"],
        "achievementType": "Competency",
        "name": achievement.name,
        "description": achievement.text,
        "criteria": { "narrative": achievement.criteria },
        "humanCode": achievement.code,
        "version": framework.version,
        "alignment": [{
            "type": ["Alignment"],
            "targetType": "CFItem",
            "targetUrl": achievement.statement_url,
            "targetCode": achievement.code,
            "targetName": achievement.name,
            "targetDescription": achievement.text,
            "targetFramework": framework.display_name(),
        }],
        "resultDescription": [{
            "id": result_id,
            "type": ["ResultDescription"],
            "name": "Level",
            "resultType": "RubricCriterionLevel",
            "requiredLevel": achieved.id.urn().to_string(),
            "rubricCriterionLevel": levels,
        }],
    })
}

/// The `credentialStatus` of a place in a list (Bitstring Status List 1.0, section 2.1).
#[must_use]
pub fn status_entry(entry: &StatusEntry) -> Value {
    json!({
        "id": format!("{}#{}", entry.list_url, entry.index),
        "type": "BitstringStatusListEntry",
        "statusPurpose": entry.purpose.as_str(),
        "statusListIndex": entry.index.to_string(),
        "statusListCredential": entry.list_url,
    })
}

/// The digest of a file stands in the evidence's `id`, as an RFC 6920 `ni:` name: a URI that is
/// the digest, in a term that every reader keeps. `digestSRI` is not used there, since the strict
/// Open Badges schema has no such member in `Evidence`; the description repeats it in words.
fn evidence(evidence: &Evidence) -> Value {
    let mut value = Map::new();
    value.insert("type".to_owned(), json!(["Evidence"]));
    let mut set = |name: &str, text: Option<&String>| {
        if let Some(text) = text {
            value.insert(name.to_owned(), json!(text));
        }
    };
    match evidence {
        Evidence::Url {
            url,
            name,
            narrative,
        } => {
            set("id", Some(url));
            set("name", name.as_ref());
            set("narrative", narrative.as_ref());
        }
        Evidence::Text { name, narrative } => {
            set("name", name.as_ref());
            set("narrative", Some(narrative));
        }
        Evidence::Digest { name, sha256 } => {
            let id = format!("ni:///sha-256;{}", URL_SAFE_NO_PAD.encode(sha256));
            let words = format!("The SHA-256 digest of the file is {}.", hex(sha256));
            set("id", Some(&id));
            set("name", name.as_ref());
            set("description", Some(&words));
        }
    }
    Value::Object(value)
}
