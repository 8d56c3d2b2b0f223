//! What is shown of the tables: rules over their rows. Nothing is stored of them.
//!
//! Ratings are in the order of their importance, the highest first; those that are equally important
//! are in the order of their element ids, compared by their bytes. Everything else keeps the
//! published order. What a table recommends to suppress is shown, with that recommendation.

use std::cmp::Reverse;

use super::part::Part;
use super::sheet::{Row, Sheet};
use crate::catalog::{
    decimal::Decimal,
    profile::{Anchor, AnchorKind, CipCode, RelatedOccupation, Tier},
};

/// How important a skill or a field of knowledge is at least, in hundredths.
const IMPORTANT: i64 = 300;
/// How many abilities are shown.
const ABILITIES: usize = 10;
/// How many work styles are shown.
const WORK_STYLES: usize = 6;
/// How many commodities are shown.
const COMMODITIES: usize = 10;
/// How many tasks are shown.
const TASKS: usize = 8;
/// How many titles are shown.
const TITLES: usize = 12;
/// How many related occupations are published.
pub const RELATED: usize = 20;
/// The code of the crosswalk for an occupation that no program leads to.
const NO_PROGRAM: &str = "99.9999";

/// The part that tells of a kind of anchor.
#[must_use]
pub fn part_of(kind: AnchorKind) -> Part {
    match kind {
        AnchorKind::Skill => Part::Skills,
        AnchorKind::Knowledge => Part::Knowledge,
        AnchorKind::Ability => Part::Abilities,
        AnchorKind::WorkStyle => Part::WorkStyles,
        AnchorKind::Technology => Part::Technology,
        AnchorKind::Task => Part::Tasks,
    }
}

/// What an occupation is anchored in: skills and fields of knowledge with an importance of 3 or
/// more, the ten most important abilities, the six work styles with the greatest impact, the first
/// ten commodities of its technology, its first eight tasks.
#[must_use]
pub fn anchors(kind: AnchorKind, sheet: &Sheet) -> Vec<Anchor> {
    let found = match kind {
        AnchorKind::Skill | AnchorKind::Knowledge => {
            let mut rated = rated(sheet, "IM");
            rated.retain(|(value, _, _)| value.hundredths() >= IMPORTANT);
            rated
        }
        AnchorKind::Ability => first(rated(sheet, "IM"), ABILITIES),
        AnchorKind::WorkStyle => first(rated(sheet, "WI"), WORK_STYLES),
        AnchorKind::Technology => return commodities(sheet),
        AnchorKind::Task => return tasks(sheet),
    };
    let found = found
        .into_iter()
        .map(|(value, element, name)| (name.to_owned(), Some(element.to_owned()), Some(value)));
    numbered(kind, found)
}

/// Values on a scale with their elements' ids and names, the highest first.
fn rated<'a>(sheet: &'a Sheet, scale: &str) -> Vec<(Decimal, &'a str, &'a str)> {
    let on_scale = sheet.rows().filter(|row| row.cell("Scale ID") == scale);
    let value = |row: Row<'a>| {
        let value = row.cell("Data Value").parse().ok()?;
        Some((value, row.cell("Element ID"), row.cell("Element Name")))
    };
    let mut rated: Vec<(Decimal, _, _)> = on_scale.filter_map(value).collect();
    rated.sort_by(|a, b| Reverse(&a.0).cmp(&Reverse(&b.0)).then(a.1.cmp(b.1)));
    rated
}

fn first<T>(mut all: Vec<T>, count: usize) -> Vec<T> {
    all.truncate(count);
    all
}

fn commodities(sheet: &Sheet) -> Vec<Anchor> {
    let mut seen: Vec<(&str, &str)> = Vec::with_capacity(COMMODITIES);
    for row in sheet.rows() {
        let title = row.cell("Commodity Title");
        if seen.len() == COMMODITIES {
            break;
        }
        if !seen.iter().any(|(known, _)| *known == title) {
            seen.push((title, row.cell("Commodity Code")));
        }
    }
    let seen = seen.into_iter();
    let told = seen.map(|(title, code)| (title.to_owned(), Some(code.to_owned()), None));
    numbered(AnchorKind::Technology, told)
}

fn tasks(sheet: &Sheet) -> Vec<Anchor> {
    let first = sheet.rows().take(TASKS);
    let told = first.map(|row| {
        let id = row.cell("Task ID").to_owned();
        (row.cell("Task").to_owned(), Some(id), None)
    });
    numbered(AnchorKind::Task, told)
}

fn numbered(
    kind: AnchorKind,
    found: impl Iterator<Item = (String, Option<String>, Option<Decimal>)>,
) -> Vec<Anchor> {
    let anchor = |(ordinal, (text, element, importance))| Anchor {
        kind,
        ordinal,
        text,
        element,
        importance,
    };
    (1..).zip(found).map(anchor).collect()
}

/// What a job zone is called in the table of their terms.
#[must_use]
pub fn job_zone_name(terms: &Sheet, zone: i32) -> Option<String> {
    let zone = zone.to_string();
    let mut rows = terms.rows();
    let row = rows.find(|row| row.cell("Job Zone") == zone)?;
    row.given("Name").map(str::to_owned)
}

/// What an occupation does, verbatim.
#[must_use]
pub fn description(sheet: &Sheet) -> Option<&str> {
    sheet.rows().next()?.given("Description")
}

/// The first twelve alternate titles.
#[must_use]
pub fn related_titles(sheet: &Sheet) -> Vec<String> {
    let titles = sheet.rows().take(TITLES);
    titles
        .map(|row| row.cell("Alternate Title").to_owned())
        .collect()
}

/// The occupations that are like this one, by their index. Their titles stand in another table.
#[must_use]
pub fn related_occupations(sheet: &Sheet) -> Vec<RelatedOccupation> {
    let read = |row: Row<'_>| {
        Some(RelatedOccupation {
            ordinal: row.cell("Index").parse().ok()?,
            soc: row.cell("Related O*NET-SOC Code").parse().ok()?,
            title: None,
            tier: match row.cell("Relatedness Tier") {
                "Primary-Short" => Some(Tier::PrimaryShort),
                "Primary-Long" => Some(Tier::PrimaryLong),
                _ => Some(Tier::Supplemental),
            },
        })
    };
    let mut found: Vec<_> = sheet.rows().filter_map(read).collect();
    found.sort_by_key(|related| related.ordinal);
    found
}

/// The instructional programs that lead to an occupation, by code.
#[must_use]
pub fn programs(sheet: &Sheet) -> Vec<CipCode> {
    let rows = sheet
        .rows()
        .filter(|row| row.cell("CIP Code") != NO_PROGRAM);
    let told = rows.map(|row| CipCode {
        code: row.cell("CIP Code").to_owned(),
        title: row.given("CIP Title").map(str::to_owned),
    });
    told.collect()
}
