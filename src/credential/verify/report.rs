//! What a verification answers.

use serde::Serialize;

use super::summary::Summary;
use crate::credential::proof::ProofError;

/// The verdict over all checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// Everything that must be known is known, and nothing failed.
    Valid,
    /// At least one check failed.
    Invalid,
    /// Nothing failed, but something that must be known is not.
    Indeterminate,
}

/// The outcome of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
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

/// Which check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CheckName {
    /// The document has the form of an Open Badges 3.0 credential.
    Form,
    /// Each embedded proof has a form, a purpose and times that may be believed.
    Proof,
    /// The JWS header asks for nothing that is not understood.
    Header,
    /// The JWT claims repeat the credential's members.
    Claims,
    /// The signature is that of the key named.
    Signature,
    /// The issuer controls that key, and lets it speak.
    Issuer,
    /// The time lies within the validity period.
    Time,
    /// The credential is neither revoked nor suspended.
    Status,
    /// The statement is that of the framework version named.
    Statement,
    /// The holder signed the presentation, for this challenge and domain.
    Holder,
    /// The credentials inside are valid.
    Parts,
    /// The holder of a presentation is the learner.
    Binding,
    /// The issuer is on the reader's list.
    Trust,
}

impl CheckName {
    /// Whether the check only informs: its outcome never changes the verdict.
    #[must_use]
    pub fn is_advisory(self) -> bool {
        matches!(self, Self::Trust | Self::Binding)
    }

    /// The name in lower case, for people.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Proof => "proof",
            Self::Header => "header",
            Self::Claims => "claims",
            Self::Signature => "signature",
            Self::Issuer => "issuer",
            Self::Time => "time",
            Self::Status => "status",
            Self::Statement => "statement",
            Self::Holder => "holder",
            Self::Parts => "parts",
            Self::Binding => "binding",
            Self::Trust => "trust",
        }
    }
}

/// A problem type that a specification defines, as in RFC 9457.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The type's URI.
    #[serde(rename = "type")]
    pub uri: &'static str,
    /// The specification's error name.
    #[serde(rename = "title")]
    pub name: &'static str,
}

macro_rules! problems {
    ($($(#[$doc:meta])* $constant:ident = $base:literal;)*) => {
        impl Problem {
            $($(#[$doc])* pub const $constant: Self = Self {
                uri: concat!($base, stringify!($constant)),
                name: stringify!($constant),
            };)*
        }
    };
}

problems! {
    /// The input cannot be parsed (VC Data Model 2.0, section 7.2).
    PARSING_ERROR = "https://www.w3.org/TR/vc-data-model#";
    /// The securing mechanism does not hold (VC Data Model 2.0, section 7.2).
    CRYPTOGRAPHIC_SECURITY_ERROR = "https://www.w3.org/TR/vc-data-model#";
    /// A member has a malformed value (VC Data Model 2.0, section 7.2).
    MALFORMED_VALUE_ERROR = "https://www.w3.org/TR/vc-data-model#";
    /// A value lies outside its range (VC Data Model 2.0, section 7.2).
    RANGE_ERROR = "https://www.w3.org/TR/vc-data-model#";
    /// The status list is not at hand (Bitstring Status List 1.0, section 3.5).
    STATUS_RETRIEVAL_ERROR = "https://www.w3.org/ns/credentials/status-list#";
    /// The status entry or list does not hold (Bitstring Status List 1.0, section 3.5).
    STATUS_VERIFICATION_ERROR = "https://www.w3.org/ns/credentials/status-list#";
    /// The status list is too short (Bitstring Status List 1.0, section 3.5).
    STATUS_LIST_LENGTH_ERROR = "https://www.w3.org/ns/credentials/status-list#";
    /// The proof cannot be verified (Data Integrity 1.0, section 4.7).
    PROOF_VERIFICATION_ERROR = "https://w3id.org/security#";
    /// The document has no canonical form (Data Integrity 1.0, section 4.7).
    PROOF_TRANSFORMATION_ERROR = "https://w3id.org/security#";
    /// The proof answers another challenge (Data Integrity 1.0, section 4.7).
    INVALID_CHALLENGE_ERROR = "https://w3id.org/security#";
    /// The proof is meant for another domain (Data Integrity 1.0, section 4.7).
    INVALID_DOMAIN_ERROR = "https://w3id.org/security#";
}

impl Problem {
    /// The problem type of what is wrong with a proof.
    pub(super) fn of_proof(error: &ProofError) -> Self {
        match error.name() {
            "PARSING_ERROR" => Self::PARSING_ERROR,
            "PROOF_TRANSFORMATION_ERROR" => Self::PROOF_TRANSFORMATION_ERROR,
            "INVALID_CHALLENGE_ERROR" => Self::INVALID_CHALLENGE_ERROR,
            "INVALID_DOMAIN_ERROR" => Self::INVALID_DOMAIN_ERROR,
            _ => Self::PROOF_VERIFICATION_ERROR,
        }
    }
}

/// One check, its outcome, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Which check.
    pub name: CheckName,
    /// Its outcome.
    pub outcome: CheckOutcome,
    /// Why, in words for a person.
    pub reason: String,
    /// The specification's problem type, where one is defined for this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Problem>,
}

impl Check {
    pub(super) fn pass(name: CheckName, reason: impl Into<String>) -> Self {
        Self::new(name, CheckOutcome::Pass, reason.into(), None)
    }

    pub(super) fn fail(
        name: CheckName,
        reason: impl Into<String>,
        error: impl Into<Option<Problem>>,
    ) -> Self {
        Self::new(name, CheckOutcome::Fail, reason.into(), error.into())
    }

    pub(super) fn unknown(
        name: CheckName,
        reason: impl Into<String>,
        error: impl Into<Option<Problem>>,
    ) -> Self {
        Self::new(name, CheckOutcome::Unknown, reason.into(), error.into())
    }

    pub(super) fn not_applicable(name: CheckName, reason: impl Into<String>) -> Self {
        Self::new(name, CheckOutcome::NotApplicable, reason.into(), None)
    }

    fn new(name: CheckName, outcome: CheckOutcome, reason: String, error: Option<Problem>) -> Self {
        Self {
            name,
            outcome,
            reason,
            error,
        }
    }
}

/// The verdict, its checks, and what the credential says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The verdict.
    pub outcome: Outcome,
    /// Every check, in the order a reader asks.
    pub checks: Vec<Check>,
    /// What the credential says; to be believed only when the outcome is valid.
    pub summary: Summary,
    /// The reports of the credentials inside, in the order in which they stand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
}

/// A credential inside another document, judged for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Where it stands, as a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// Its report.
    pub report: Report,
}

impl Report {
    pub(super) fn new(checks: Vec<Check>, summary: Summary, parts: Vec<Part>) -> Self {
        let any = |outcome| {
            checks
                .iter()
                .any(|check| !check.name.is_advisory() && check.outcome == outcome)
        };
        let outcome = if any(CheckOutcome::Fail) {
            Outcome::Invalid
        } else if any(CheckOutcome::Unknown) {
            Outcome::Indeterminate
        } else {
            Outcome::Valid
        };
        Self {
            outcome,
            checks,
            summary,
            parts,
        }
    }

    /// The first check that stands in the way of a valid outcome.
    #[must_use]
    pub fn decisive(&self) -> Option<&Check> {
        let first = |outcome| {
            self.checks
                .iter()
                .find(|check| !check.name.is_advisory() && check.outcome == outcome)
        };
        first(CheckOutcome::Fail).or_else(|| first(CheckOutcome::Unknown))
    }

    /// The check of this name, if it was made.
    #[must_use]
    pub fn check(&self, name: CheckName) -> Option<&Check> {
        self.checks.iter().find(|check| check.name == name)
    }
}
