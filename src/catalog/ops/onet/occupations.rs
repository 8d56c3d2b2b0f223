//! What the newest tables say of the catalog's occupations.

use std::collections::{HashMap, HashSet};

use entity::{dataset_rows, occupation};
use sea_orm::ConnectionTrait;

use super::sheets::{newest, sheet_of};
use crate::{
    app::Op,
    catalog::{
        ids,
        model::{JobZone, Soc},
        onet::{Part, Sheet, major_group},
        store,
    },
    kernel::{clock, errors::Result},
};

/// Brings the occupations to what the newest tables say: those that no framework describes wholly,
/// the others only where their job zone was inferred or is not known. How many were added, and how
/// many changed.
pub(super) async fn settle(tx: &impl ConnectionTrait, op: &Op) -> Result<(usize, usize)> {
    let all = store::datasets(tx).await?;
    let mut zones = HashMap::new();
    if let Some(newest) = newest(&all, Part::JobZones) {
        for rows in store::rows_of_dataset(tx, newest.row.id).await? {
            let soc = rows.subject.clone();
            zones.extend(zone(&sheet_of(&newest, rows)).map(|zone| (soc, zone)));
        }
    }
    let described: HashSet<_> = store::described_occupations(tx)
        .await?
        .into_iter()
        .collect();
    let mut there: HashMap<String, occupation::Model> = store::all_occupations(tx)
        .await?
        .into_iter()
        .map(|row| (row.soc.clone(), row))
        .collect();
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    if let Some(newest) = newest(&all, Part::Occupations) {
        for rows in store::rows_of_dataset(tx, newest.row.id).await? {
            let Some(mut told) = told(op, &rows, &sheet_of(&newest, rows.clone())) else {
                continue;
            };
            told.job_zone = zones.get(&told.soc).map(|zone| i32::from(zone.number()));
            match there.remove(&told.soc) {
                None => added.push(told),
                Some(old) if described.contains(&old.id) => {
                    changed.extend(completed(op, old, &zones))
                }
                Some(old) => {
                    told.sector.clone_from(&old.sector);
                    told.updated_at = old.updated_at;
                    if told != old {
                        told.updated_at = clock::to_millis(op.now);
                        changed.push(told);
                    }
                }
            }
        }
    }
    // Those of an earlier taxonomy, or known before any list of occupations was.
    for old in there
        .into_values()
        .filter(|row| described.contains(&row.id))
    {
        changed.extend(completed(op, old, &zones));
    }
    store::insert_occupations(tx, &added).await?;
    for row in &changed {
        store::upsert_occupation(tx, row).await?;
    }
    Ok((added.len(), changed.len()))
}

/// The occupation that a row of the table tells of.
fn told(op: &Op, rows: &dataset_rows::Model, sheet: &Sheet) -> Option<occupation::Model> {
    let soc: Soc = rows.subject.parse().ok()?;
    let row = sheet.rows().next()?;
    let title = row.cell("Title");
    let group = major_group(soc.major_group()).map(str::to_owned);
    Some(occupation::Model {
        id: ids::occupation(&soc),
        title: title.to_owned(),
        title_folded: title.to_lowercase(),
        major_group: group.unwrap_or_else(|| format!("SOC major group {}", soc.major_group())),
        sector: None,
        job_zone: None,
        job_zone_inferred: false,
        updated_at: clock::to_millis(op.now),
        soc: soc.to_string(),
    })
}

/// The occupation with a published job zone in the place of an inferred or unknown one.
fn completed(
    op: &Op,
    mut row: occupation::Model,
    zones: &HashMap<String, JobZone>,
) -> Option<occupation::Model> {
    if row.job_zone.is_some() && !row.job_zone_inferred {
        return None;
    }
    row.job_zone = Some(i32::from(zones.get(&row.soc)?.number()));
    row.job_zone_inferred = false;
    row.updated_at = clock::to_millis(op.now);
    Some(row)
}

fn zone(sheet: &Sheet) -> Option<JobZone> {
    let number: i64 = sheet.rows().next()?.cell("Job Zone").parse().ok()?;
    JobZone::try_from(number).ok()
}

/// The job zone that the newest table gives an occupation.
pub(in crate::catalog::ops) async fn published_zone(
    c: &impl ConnectionTrait,
    soc: &Soc,
) -> Result<Option<JobZone>> {
    let all = store::datasets(c).await?;
    let Some(newest) = newest(&all, Part::JobZones) else {
        return Ok(None);
    };
    let rows = store::dataset_rows(c, &[newest.row.id], &[soc.to_string()]).await?;
    let rows = rows.into_iter().next();
    Ok(rows.and_then(|rows| zone(&sheet_of(&newest, rows))))
}
