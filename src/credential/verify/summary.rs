//! What a credential says, for a reader.

use serde::Serialize;

use crate::kernel::json::Json;

/// What a credential says, for a reader; absent where it does not say it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The credential's id.
    pub credential_id: Option<String>,
    /// The issuer's id.
    pub issuer_id: Option<String>,
    /// The name the issuer gives itself.
    pub issuer_name: Option<String>,
    /// The learner's id.
    pub subject_id: Option<String>,
    /// The statement's canonical URL.
    pub statement_url: Option<String>,
    /// The statement's code.
    pub statement_code: Option<String>,
    /// The statement's name.
    pub statement_name: Option<String>,
    /// The statement's text.
    pub statement_text: Option<String>,
    /// The framework's name and version.
    pub framework: Option<String>,
    /// The label of the achieved level.
    pub level: Option<String>,
    /// `validFrom` as written.
    pub valid_from: Option<String>,
    /// `validUntil` as written.
    pub valid_until: Option<String>,
}

impl Summary {
    /// A presentation says who holds it; whatever else stands in it is nobody's claim.
    pub(super) fn of_presentation(presentation: &Json) -> Self {
        let text = |json: Option<&Json>| json.and_then(Json::as_str).map(str::to_owned);
        let holder = presentation.get("holder");
        Self {
            credential_id: text(presentation.get("id")),
            subject_id: text(holder).or_else(|| text(holder.and_then(|h| h.get("id")))),
            ..Self::default()
        }
    }

    pub(super) fn of(credential: &Json) -> Self {
        let text = |pointer: &str| {
            credential
                .pointer(pointer)
                .and_then(Json::as_str)
                .map(str::to_owned)
        };
        let achievement = "/credentialSubject/achievement";
        let aligned = |name: &str| {
            text(&format!("{achievement}/alignment/0/{name}"))
                .or_else(|| text(&format!("{achievement}/alignment/{name}")))
        };
        Self {
            credential_id: text("/id"),
            issuer_id: text("/issuer/id").or_else(|| text("/issuer")),
            issuer_name: text("/issuer/name"),
            subject_id: text("/credentialSubject/id"),
            statement_url: aligned("targetUrl"),
            statement_code: aligned("targetCode"),
            statement_name: aligned("targetName").or_else(|| text(&format!("{achievement}/name"))),
            statement_text: aligned("targetDescription")
                .or_else(|| text(&format!("{achievement}/description"))),
            framework: aligned("targetFramework"),
            level: super::statement::achieved_level(credential)
                .and_then(|level| level.get("name"))
                .and_then(Json::as_str)
                .map(str::to_owned),
            valid_from: text("/validFrom"),
            valid_until: text("/validUntil"),
        }
    }
}
