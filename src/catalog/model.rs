//! What the catalog speaks of, as plain values.

use std::fmt;
use std::str::FromStr;

use crate::kernel::json::{Json, pointer_token};
use crate::kernel::text::excerpt;

/// An O*NET-SOC occupation code of the form `NN-NNNN.NN`, such as `29-1122.00`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Soc(String);

impl Soc {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The two digits of the major group, `29` of `29-1122.00`.
    #[must_use]
    pub fn major_group(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl fmt::Display for Soc {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A text that is no O*NET-SOC code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a SOC code; write two digits, a hyphen, four digits, a point and two digits, as in 29-1122.00"
)]
pub struct SocError(pub String);

impl FromStr for Soc {
    type Err = SocError;

    fn from_str(text: &str) -> Result<Self, SocError> {
        let form = b"dd-dddd.dd";
        let fits = text.len() == form.len()
            && text.bytes().zip(form).all(|(byte, form)| match form {
                b'd' => byte.is_ascii_digit(),
                _ => byte == *form,
            });
        if fits {
            Ok(Soc(text.to_owned()))
        } else {
            Err(SocError(excerpt(text, 40).into_owned()))
        }
    }
}

/// The kind of statements that a framework holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Doing the work of the occupation.
    Mastery,
    /// Using, directing and evaluating AI tools in the occupation.
    AiLiteracy,
    /// Durable skills, by domain.
    DurableSkills,
    /// A provider's own.
    Custom,
}

impl Family {
    /// Every family, in the order they are shown.
    pub const ALL: [Family; 4] = [
        Family::Mastery,
        Family::AiLiteracy,
        Family::DurableSkills,
        Family::Custom,
    ];

    /// The name as it is stored and sent: `MASTERY`, `AI_LITERACY`, `DURABLE_SKILLS` or `CUSTOM`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Family::Mastery => "MASTERY",
            Family::AiLiteracy => "AI_LITERACY",
            Family::DurableSkills => "DURABLE_SKILLS",
            Family::Custom => "CUSTOM",
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A text that names no family.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a framework family; write MASTERY, AI_LITERACY, DURABLE_SKILLS or CUSTOM")]
pub struct FamilyError(pub String);

impl FromStr for Family {
    type Err = FamilyError;

    fn from_str(text: &str) -> Result<Self, FamilyError> {
        Family::ALL
            .into_iter()
            .find(|family| family.as_str() == text)
            .ok_or_else(|| FamilyError(excerpt(text, 40).into_owned()))
    }
}

/// How much preparation an occupation asks for: an O*NET job zone, 1 (little) to 5 (extensive).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobZone(u8);

impl JobZone {
    /// The zone's number, 1 to 5.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }
}

/// A number that is no job zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a job zone; write a whole number from 1 to 5")]
pub struct JobZoneError(pub i64);

impl TryFrom<i64> for JobZone {
    type Error = JobZoneError;

    fn try_from(number: i64) -> Result<Self, JobZoneError> {
        match u8::try_from(number) {
            Ok(zone @ 1..=5) => Ok(JobZone(zone)),
            _ => Err(JobZoneError(number)),
        }
    }
}

/// What a framework export says about its occupation.
#[derive(Clone, Debug, PartialEq)]
pub struct OccupationFacts {
    /// The code.
    pub soc: Soc,
    /// The title, never blank.
    pub title: String,
    /// The name of the occupational group, never blank.
    pub group: String,
    /// The sector, verbatim.
    pub sector: Option<String>,
    /// The job zone, if one is known.
    pub job_zone: Option<JobZone>,
    /// Whether the job zone was inferred rather than published.
    pub job_zone_inferred: bool,
}

/// All that one version of a framework says.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameworkVersion {
    /// The occupation it is about.
    pub occupation: OccupationFacts,
    /// The kind of its statements.
    pub family: Family,
    /// The version's label, such as `v.26.05`, never blank.
    pub version: String,
    /// A description, which may be empty.
    pub description: String,
    /// The contexts that the statements cover, which may be empty.
    pub context_covered: String,
    /// The levels by ordinal, at least one.
    pub levels: Vec<Level>,
    /// What it was made from: an object of any form, verbatim.
    pub sources: Json,
    /// Whom to name when using it, verbatim.
    pub attribution: String,
    /// When the export was written, verbatim; no part of the version's content.
    pub exported_at: Option<String>,
    /// Members that the format does not define.
    pub extras: Vec<Extra>,
}

/// One level of a framework.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// Its rank, from 1 for the lowest; with the family this is its identity.
    pub ordinal: u32,
    /// Its key in the export, unique in the version and never blank.
    pub key: String,
    /// Its name for people, never blank; two levels may share one.
    pub label: String,
    /// Its statements by position, at least one.
    pub statements: Vec<Statement>,
}

/// One assessable sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Its place in its level, from 1.
    pub position: u32,
    /// The sentence verbatim, never blank.
    pub text: String,
}

/// A member that the format does not define, kept so that it can be given back.
#[derive(Clone, Debug, PartialEq)]
pub struct Extra {
    /// The JSON Pointer (RFC 6901) of the object that contains it; empty for the document.
    pub container: String,
    /// The member's name.
    pub name: String,
    /// The member's value.
    pub value: Json,
}

impl Extra {
    /// The JSON Pointer (RFC 6901) of the member itself.
    #[must_use]
    pub fn pointer(&self) -> String {
        format!("{}{}", self.container, pointer_token(&self.name))
    }
}
