//! Occupations, by the codes and the facts that exports give.

use std::{fmt, str::FromStr};

use crate::kernel::text::{excerpt, has_form};

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
        if has_form(text, "dd-dddd.dd") {
            Ok(Soc(text.to_owned()))
        } else {
            Err(SocError(excerpt(text, 40).into_owned()))
        }
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
    /// The name of the occupational group, never blank, if one is given.
    pub group: Option<String>,
    /// The sector, verbatim.
    pub sector: Option<String>,
    /// The job zone, if one is known.
    pub job_zone: Option<JobZone>,
    /// What the source calls the job zone, verbatim.
    pub job_zone_label: Option<String>,
    /// Whether the job zone was inferred rather than published.
    pub job_zone_inferred: bool,
}
