//! The form of an Open Badges 3.0 achievement credential: contexts by position, types, required
//! members and their formats (Open Badges 3.0, section B.1; VC Data Model 2.0, section 4).

use url::Url;

use super::inspect::{has_type, one_or_many};
use super::report::{Check, CheckName, Problem};
use super::statement::is_sha384;
use super::time::instant;
use crate::credential::CREDENTIALS_CONTEXT;
use crate::kernel::json::Json;

/// The second context: Open Badges 3.0 in the versions known here.
const OPEN_BADGES_CONTEXTS: [&str; 3] = [
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];
/// Contexts that may follow.
const FURTHER_CONTEXTS: [&str; 2] = [
    "https://w3id.org/security/data-integrity/v2",
    "https://w3id.org/security/multikey/v1",
];
/// How many problems are told; the rest is counted.
const TOLD: usize = 5;

/// Whether the credential has the form.
pub(super) fn check(credential: &Json) -> Check {
    let mut form = Form::default();
    if credential.get("vc").is_some() {
        form.wrong(
            "the credential is inside a vc claim, as in version 1.1, which is not read here",
        );
    }
    form.contexts(credential);
    form.head(credential);
    match credential.get("credentialSubject") {
        Some(subject @ Json::Object(_)) => form.subject(subject),
        _ => form.wrong("credentialSubject is not one object"),
    }
    form.rest(credential);
    form.finish()
}

#[derive(Default)]
struct Form {
    problems: Vec<String>,
    count: usize,
}

impl Form {
    fn wrong(&mut self, problem: impl Into<String>) {
        self.count += 1;
        if self.problems.len() < TOLD {
            self.problems.push(problem.into());
        }
    }

    fn require(&mut self, holds: bool, problem: &str) {
        if !holds {
            self.wrong(problem);
        }
    }

    fn finish(self) -> Check {
        if self.count == 0 {
            return Check::pass(CheckName::Form, "an Open Badges 3.0 achievement credential");
        }
        let mut reason = self.problems.join("; ");
        if self.count > self.problems.len() {
            reason.push_str(&format!("; and {} more", self.count - self.problems.len()));
        }
        Check::fail(CheckName::Form, reason, Problem::MALFORMED_VALUE_ERROR)
    }

    fn contexts(&mut self, credential: &Json) {
        let contexts = credential
            .get("@context")
            .and_then(Json::as_array)
            .unwrap_or_default();
        let at = |at: usize| contexts.get(at).and_then(Json::as_str);
        self.require(
            at(0) == Some(CREDENTIALS_CONTEXT),
            "the first @context is not that of VC Data Model 2.0",
        );
        self.require(
            at(1).is_some_and(|context| OPEN_BADGES_CONTEXTS.contains(&context)),
            "the second @context is not one of Open Badges 3.0.1 to 3.0.3",
        );
        let known = contexts.iter().skip(2).all(|context| {
            context
                .as_str()
                .is_some_and(|context| FURTHER_CONTEXTS.contains(&context))
        });
        self.require(known, "there is a further @context that is not known here");
    }

    fn head(&mut self, credential: &Json) {
        self.require(is_uri(credential.get("id")), "id is not a URI");
        self.require(
            has_type(credential, "VerifiableCredential")
                && (has_type(credential, "OpenBadgeCredential")
                    || has_type(credential, "AchievementCredential")),
            "type lacks VerifiableCredential or OpenBadgeCredential",
        );
        match credential.get("issuer") {
            Some(issuer @ Json::Object(_)) => {
                self.require(is_uri(issuer.get("id")), "issuer.id is not a URI");
                self.require(has_type(issuer, "Profile"), "issuer.type lacks Profile");
            }
            other => self.require(is_uri(other), "issuer is neither a profile nor a URI"),
        }
        self.require(
            is_time(credential.get("validFrom")),
            "validFrom is not a date and time",
        );
        for member in ["validUntil", "awardedDate"] {
            let value = credential.get(member);
            self.require(
                value.is_none() || is_time(value),
                &format!("{member} is not a date and time"),
            );
        }
    }

    fn subject(&mut self, subject: &Json) {
        self.require(
            has_type(subject, "AchievementSubject"),
            "credentialSubject.type lacks AchievementSubject",
        );
        let (id, identifier) = (subject.get("id"), subject.get("identifier"));
        self.require(
            id.is_some() || identifier.is_some(),
            "credentialSubject has neither id nor identifier",
        );
        self.require(
            id.is_none() || is_uri(id),
            "credentialSubject.id is not a URI",
        );
        for identity in one_or_many(identifier) {
            let whole = has_type(identity, "IdentityObject")
                && identity.get("hashed").and_then(Json::as_bool).is_some()
                && is_text(identity.get("identityHash"))
                && is_text(identity.get("identityType"));
            self.require(whole, "an identifier is not a whole IdentityObject");
        }
        match subject.get("achievement") {
            Some(achievement @ Json::Object(_)) => {
                self.achievement(achievement);
                self.results(subject, achievement);
            }
            _ => self.wrong("credentialSubject.achievement is not an object"),
        }
    }

    fn achievement(&mut self, achievement: &Json) {
        self.require(is_uri(achievement.get("id")), "achievement.id is not a URI");
        self.require(
            has_type(achievement, "Achievement"),
            "achievement.type lacks Achievement",
        );
        for member in ["name", "description"] {
            let text = achievement.get(member);
            self.require(
                is_words(text),
                &format!("achievement.{member} is not a text"),
            );
        }
        self.require(
            matches!(achievement.get("criteria"), Some(Json::Object(_))),
            "achievement.criteria is not an object",
        );
        for alignment in one_or_many(achievement.get("alignment")) {
            let whole = has_type(alignment, "Alignment")
                && is_words(alignment.get("targetName"))
                && is_uri(alignment.get("targetUrl"));
            self.require(
                whole,
                "an alignment lacks its type, targetName or targetUrl",
            );
        }
        for description in one_or_many(achievement.get("resultDescription")) {
            let whole = has_type(description, "ResultDescription")
                && is_uri(description.get("id"))
                && is_words(description.get("name"))
                && is_text(description.get("resultType"));
            self.require(
                whole,
                "a resultDescription lacks its id, type, name or resultType",
            );
        }
    }

    fn results(&mut self, subject: &Json, achievement: &Json) {
        for result in one_or_many(subject.get("result")) {
            self.require(has_type(result, "Result"), "a result lacks the type Result");
            let Some(described) = result.get("resultDescription") else {
                continue;
            };
            let description = one_or_many(achievement.get("resultDescription"))
                .iter()
                .find(|description| description.get("id") == Some(described));
            let Some(description) = description else {
                self.wrong("a result refers to a resultDescription that is not there");
                continue;
            };
            let Some(achieved) = result.get("achievedLevel") else {
                continue;
            };
            let listed = one_or_many(description.get("rubricCriterionLevel"))
                .iter()
                .any(|level| level.get("id") == Some(achieved));
            self.require(
                listed,
                "a result's achievedLevel is not among the levels described",
            );
        }
    }

    fn rest(&mut self, credential: &Json) {
        for evidence in one_or_many(credential.get("evidence")) {
            self.require(
                has_type(evidence, "Evidence"),
                "an evidence lacks the type Evidence",
            );
        }
        match credential.get("credentialStatus") {
            None => {}
            Some(status @ Json::Object(_)) => {
                self.require(is_text(status.get("type")), "credentialStatus has no type");
            }
            Some(_) => self.wrong("credentialStatus is not one object, as Open Badges requires"),
        }
        for resource in one_or_many(credential.get("relatedResource")) {
            let sri = resource.get("digestSRI").and_then(Json::as_str);
            let digest = sri.is_some_and(|sri| is_sha384(sri) || !sri.starts_with("sha384-"))
                || is_text(resource.get("digestMultibase"));
            let whole = is_uri(resource.get("id")) && digest;
            self.require(whole, "a relatedResource lacks its id or a proper digest");
        }
    }
}

fn is_text(value: Option<&Json>) -> bool {
    value
        .and_then(Json::as_str)
        .is_some_and(|text| !text.is_empty())
}

/// A text, or one text per language.
fn is_words(value: Option<&Json>) -> bool {
    match value {
        Some(Json::Object(by_language)) => {
            !by_language.is_empty() && by_language.iter().all(|(_, text)| is_text(Some(text)))
        }
        other => is_text(other),
    }
}

fn is_uri(value: Option<&Json>) -> bool {
    value
        .and_then(Json::as_str)
        .is_some_and(|text| !text.contains(char::is_whitespace) && Url::parse(text).is_ok())
}

fn is_time(value: Option<&Json>) -> bool {
    value.and_then(Json::as_str).and_then(instant).is_some()
}
