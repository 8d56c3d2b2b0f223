//! What exports say of an occupation.

use crate::catalog::model::{Extra, JobZone, OccupationFacts, Soc};
use crate::kernel::json::Json;

use super::fields::{Fields, show};
use super::problem::Problems;

/// Reads an occupation of a framework export 1.0.
pub(super) fn plain(
    mut fields: Fields,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<OccupationFacts> {
    let group = fields.name("group", problems).map(Some);
    facts(fields, group, Some(None), extras, problems)
}

/// Reads an occupation of a framework export 2.0, which may have no group, and name its job zone.
pub(super) fn wide(
    mut fields: Fields,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<OccupationFacts> {
    let group = fields.name_if_any("group", problems);
    let label = fields.name_if_any("jobZoneLabel", problems);
    facts(fields, group, label, extras, problems)
}

fn facts(
    mut fields: Fields,
    group: Option<Option<String>>,
    job_zone_label: Option<Option<String>>,
    extras: &mut Vec<Extra>,
    problems: &mut Problems,
) -> Option<OccupationFacts> {
    let soc = soc(&mut fields, problems);
    let title = fields.name("title", problems);
    let sector = fields.text_or_null("sector", problems);
    let job_zone = job_zone(&mut fields, problems);
    let job_zone_inferred = fields.truth("jobZoneInferred", problems);
    extras.extend(fields.rest());
    Some(OccupationFacts {
        soc: soc?,
        title: title?,
        group: group?,
        sector: sector?,
        job_zone: job_zone?,
        job_zone_label: job_zone_label?,
        job_zone_inferred: job_zone_inferred?,
    })
}

fn soc(fields: &mut Fields, problems: &mut Problems) -> Option<Soc> {
    let text = fields.text("soc", problems)?;
    match text.parse() {
        Ok(soc) => Some(soc),
        Err(_) => {
            let message = format!("{} is not a SOC code", show(&Json::String(text)));
            let remedy =
                "write two digits, a hyphen, four digits, a point and two digits, as in 29-1122.00";
            problems.add(fields.at("soc"), message, remedy);
            None
        }
    }
}

fn job_zone(fields: &mut Fields, problems: &mut Problems) -> Option<Option<JobZone>> {
    let value = fields.required("jobZone", problems)?;
    if value.is_null() {
        return Some(None);
    }
    match value.as_i64().map(JobZone::try_from) {
        Some(Ok(zone)) => Some(Some(zone)),
        _ => {
            let message = format!("{} is not a job zone", show(&value));
            let remedy = "write a whole number from 1 to 5, or null if it is not known";
            problems.add(fields.at("jobZone"), message, remedy);
            None
        }
    }
}
