//! What a verification answers.

use async_graphql::{Enum, InputObject, SimpleObject};

use super::scalars::DateTime;
use crate::credential::verify;

/// The verdict over all checks.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "verify::Outcome")]
pub enum VerificationOutcome {
    /// Everything that must be known is known, and nothing failed.
    Valid,
    /// At least one check failed.
    Invalid,
    /// Nothing failed, but something that must be known is not.
    Indeterminate,
}

/// The outcome of one check.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "verify::CheckOutcome")]
pub enum CheckOutcome {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail,
    /// It cannot be told with what is at hand.
    Unknown,
    /// There is nothing to check.
    NotApplicable,
}

/// A record to verify, with what the reader brings along.
#[derive(InputObject)]
pub struct VerifyCredentialInput {
    /// The record or presentation: JSON, or a compact JWT.
    pub credential: String,
    /// Issuers' documents (DID documents or JWK Sets), as JSON. Whoever gives one vouches for it.
    #[graphql(default)]
    pub issuer_documents: Vec<String>,
    /// Status lists, each JSON or a compact JWT.
    #[graphql(default)]
    pub status_lists: Vec<String>,
    /// Framework documents, as JSON, byte for byte as they were published.
    #[graphql(default)]
    pub frameworks: Vec<String>,
    /// The issuers that the reader trusts: `{"issuers":[{"id":"did:…","name":"…"}]}`.
    pub trust_list: Option<String>,
    /// The challenge that a presentation must answer.
    pub challenge: Option<String>,
    /// The domain that a presentation must be meant for.
    pub domain: Option<String>,
    /// Judge as of this moment; now, when it is left out.
    pub at: Option<DateTime>,
}

/// One check, its outcome, and why.
#[derive(SimpleObject)]
pub struct VerificationCheck {
    /// Which check: `form`, `signature`, `issuer`, `time`, `status`, `statement`, `trust` and so on.
    pub name: String,
    /// Its outcome.
    pub outcome: CheckOutcome,
    /// Why, in words.
    pub reason: String,
    /// The specification's error name, where one is defined.
    pub error: Option<String>,
}

/// A credential inside another document.
#[derive(SimpleObject)]
pub struct VerificationPart {
    /// Where it stands, as a JSON Pointer.
    pub pointer: String,
    /// Its report.
    pub report: VerificationReport,
}

/// The report of a verification.
#[derive(SimpleObject)]
pub struct VerificationReport {
    /// The verdict.
    pub outcome: VerificationOutcome,
    /// Each check.
    pub checks: Vec<VerificationCheck>,
    /// The credentials inside, each judged for itself: those of a learner record or a
    /// presentation, and endorsements.
    pub parts: Vec<VerificationPart>,
    /// The record's id.
    pub credential_id: Option<String>,
    /// The issuer's id.
    pub issuer_id: Option<String>,
    /// The name that the issuer gives itself.
    pub issuer_name: Option<String>,
    /// The learner's id.
    pub subject_id: Option<String>,
    /// The statement's canonical URL.
    pub statement_url: Option<String>,
    /// The statement's code.
    pub statement_code: Option<String>,
    /// The statement, verbatim.
    pub statement_text: Option<String>,
    /// The framework's name and version.
    pub framework: Option<String>,
    /// The label of the level.
    pub level: Option<String>,
    /// From when it holds, as written.
    pub valid_from: Option<String>,
    /// Until when it holds, as written.
    pub valid_until: Option<String>,
}

impl From<verify::Report> for VerificationReport {
    fn from(report: verify::Report) -> Self {
        let check = |c: verify::Check| VerificationCheck {
            name: c.name.as_str().to_owned(),
            outcome: c.outcome.into(),
            reason: c.reason,
            error: c.error.map(|e| e.name.to_owned()),
        };
        let summary = report.summary;
        Self {
            outcome: report.outcome.into(),
            checks: report.checks.into_iter().map(check).collect(),
            parts: report
                .parts
                .into_iter()
                .map(|part| VerificationPart {
                    pointer: part.pointer,
                    report: part.report.into(),
                })
                .collect(),
            credential_id: summary.credential_id,
            issuer_id: summary.issuer_id,
            issuer_name: summary.issuer_name,
            subject_id: summary.subject_id,
            statement_url: summary.statement_url,
            statement_code: summary.statement_code,
            statement_text: summary.statement_text,
            framework: summary.framework,
            level: summary.level,
            valid_from: summary.valid_from,
            valid_until: summary.valid_until,
        }
    }
}
