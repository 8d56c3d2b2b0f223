//! What was observed, and on what it rests.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{plan::Method, stored_enum};

stored_enum! {
    /// What kind of thing a piece of evidence is.
    EvidenceKind {
        /// A web address.
        Url = "URL",
        /// A text.
        Text = "TEXT",
        /// The SHA-256 of a file that is kept elsewhere.
        FileDigest = "FILE_DIGEST",
        /// A file that was uploaded and is kept here.
        File = "FILE",
    }
}

/// A piece of evidence to record.
#[derive(Debug, Clone)]
pub struct NewEvidence {
    /// What it is.
    pub kind: EvidenceKind,
    /// The address, the text, or `sha256:` and 64 hexadecimal digits; empty for an uploaded file.
    pub value: String,
    /// What to call it.
    pub name: Option<String>,
    /// The uploaded file, for that kind only.
    pub file: Option<Uuid>,
}

/// How one criterion of the rubric was rated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CriterionRating {
    /// The criterion.
    pub key: String,
    /// From the plan's scale.
    pub rating: i32,
}

/// An observation to record.
#[derive(Debug, Clone)]
pub struct NewObservation {
    /// The assessment.
    pub assessment: Uuid,
    /// The statement that was observed.
    pub statement: Uuid,
    /// From the plan's scale; the lowest of the criteria's, where it is left out.
    pub rating: Option<i32>,
    /// How each criterion of the plan's rubric was rated; empty without a rubric, or when the
    /// assessor judged the whole at once.
    pub criteria: Vec<CriterionRating>,
    /// How it was looked at; may be left out where the plan has one method only.
    pub method: Option<Method>,
    /// The assessor's own observation that this one corrects.
    pub supersedes: Option<Uuid>,
    /// Where and how.
    pub context: String,
    /// When; now, when it is left out.
    pub observed_at: Option<jiff::Timestamp>,
    /// What it rests on.
    pub evidence: Vec<NewEvidence>,
}

/// As much of an observation as a decision looks at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// The observation.
    pub id: Uuid,
    /// The statement that was observed.
    pub statement: Uuid,
    /// Who observed.
    pub assessor: Uuid,
    /// The rating given.
    pub rating: i32,
    /// How it was looked at; not said of observations from before plans had several methods.
    pub method: Option<Method>,
    /// The kinds of evidence that were recorded with it.
    pub evidence: BTreeSet<EvidenceKind>,
    /// When it was observed, Unix milliseconds.
    pub observed_at: i64,
    /// The observation that this one corrects.
    pub supersedes: Option<Uuid>,
}
