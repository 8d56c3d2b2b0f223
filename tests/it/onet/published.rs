//! The releases as they are published: the whole catalog, and one occupation held against its page.

use std::{collections::BTreeSet, fs, path::Path};

use attestry::catalog::ops::onet::Published;
use entity::{dataset, occupation};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use super::release::{import, release};
use crate::support::{House, on_each_database, shared_dir};

on_each_database!(the_published_releases_give_the_lists_of_the_page);

const SOC: &str = "29-1122.00";

async fn rows(house: &House, part: &str) -> i64 {
    let found = dataset::Entity::find().filter(dataset::Column::Part.eq(part));
    let found = found.one(house.db()).await.expect("the database answers");
    found.expect("the part is there").row_count
}

/// The lines of the page after a heading, up to the next.
fn under<'a>(page: &'a str, heading: &str, next: &str) -> Vec<&'a str> {
    let lines = page.lines().skip_while(|line| *line != heading).skip(1);
    lines.take_while(|line| *line != next).collect()
}

/// Whether a line is made of these names, each once, with nothing between them.
fn is_made_of(line: &str, names: &BTreeSet<String>) -> bool {
    let mut left: Vec<_> = names.iter().collect();
    // The longest first: one name may begin like another.
    left.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let mut rest = line;
    while !rest.is_empty() {
        let Some(place) = left.iter().position(|name| rest.starts_with(name.as_str())) else {
            return false;
        };
        rest = rest
            .strip_prefix(left.remove(place).as_str())
            .expect("it begins so");
    }
    left.is_empty()
}

async fn the_published_releases_give_the_lists_of_the_page(house: House) {
    let Some(shared) = shared_dir("the_published_releases_give_the_lists_of_the_page") else {
        return;
    };
    let data = shared.join("data");
    let label = |folder: &Path| {
        let name = folder
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        name.trim_start_matches("onet-").to_owned()
    };
    for name in ["onet-29.3", "onet-30.0", "onet-30.1"] {
        let folder = data.join(name);
        import(&house.app, release(&folder, &label(&folder)))
            .await
            .expect("it is sound");
    }
    let crosswalk = data.join("cip/CIP2020_SOC2018_Crosswalk.csv");
    import(&house.app, Published::Crosswalk(crosswalk))
        .await
        .expect("it is sound");
    let occupations = occupation::Entity::find().count(house.db()).await;
    assert_eq!(occupations.expect("a count"), 1_016);
    for (part, count) in [
        ("OCCUPATIONS", 1_016),
        ("JOB_ZONES", 923),
        ("TASKS", 18_796),
        ("ALTERNATE_TITLES", 56_505),
        ("TECHNOLOGY", 32_773),
        ("WORK_STYLES", 37_422),
        ("SKILLS", 61_530),
        ("KNOWLEDGE", 58_014),
        ("ABILITIES", 92_976),
        ("RELATED_OCCUPATIONS", 18_460),
        ("PROGRAMS", 6_097),
    ] {
        assert_eq!(rows(&house, part).await, count, "{part}");
    }
    let query = "query Q($soc: String!) { occupation(soc: $soc) { jobZone description profile {
        anchors { kind text element importance } relatedTitles
        cipCodes { nodes { code } } relatedOccupations { ordinal } } } }";
    let answer = house.api.send(None, query, json!({"soc": SOC})).await;
    let profile = answer.at("/occupation/profile");
    let anchors = profile["anchors"].as_array().expect("a list");
    assert_eq!(
        (anchors.len(), answer.at("/occupation/jobZone")),
        (63, &json!(5))
    );
    let of = |kind: &str| {
        let of_kind = anchors.iter().filter(|a| a["kind"] == kind);
        of_kind.cloned().collect::<Vec<Value>>()
    };
    let page = fs::read_to_string(shared.join("seeds/000_ed82c10295d96787.txt")).expect("the page");
    for (kind, heading, next, count) in [
        ("SKILL", "O*NET skills", "Knowledge domains", 21),
        ("KNOWLEDGE", "Knowledge domains", "Abilities", 8),
        ("ABILITY", "Abilities", "Work styles", 10),
        ("WORK_STYLE", "Work styles", "Technology", 6),
        (
            "TECHNOLOGY",
            "Technology",
            "Tasks · seed anchors for statements",
            10,
        ),
    ] {
        let found = of(kind);
        let names = found
            .iter()
            .map(|a| a["text"].as_str().expect("a name").to_owned());
        let names: BTreeSet<_> = names.collect();
        assert_eq!((names.len(), found.len()), (count, count), "{kind}");
        let line = under(&page, heading, next).concat();
        assert!(
            is_made_of(&line, &names),
            "{kind}: {line} is not made of {names:?}"
        );
        if kind == "TECHNOLOGY" {
            continue;
        }
        let keys = found.iter().map(|a| {
            let hundredths: f64 = a["importance"]
                .as_str()
                .expect("rated")
                .parse()
                .expect("a number");
            let element = a["element"].as_str().expect("an id").to_owned();
            ((hundredths * -100.0).round() as i64, element)
        });
        assert!(keys.collect::<Vec<_>>().is_sorted(), "{kind}: {found:?}");
    }
    let tasks: Vec<_> = of("TASK")
        .iter()
        .map(|a| a["text"].as_str().expect("a task").to_owned())
        .collect();
    let listed = under(
        &page,
        "Tasks · seed anchors for statements",
        "CIP education codes",
    );
    let listed: Vec<_> = listed
        .iter()
        .map(|l| l.split_once(". ").expect("a number").1)
        .collect();
    assert_eq!(tasks, listed);
    let titles: BTreeSet<_> = profile["relatedTitles"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|t| t.as_str().expect("a title"))
        .collect();
    let listed = under(&page, "Related titles", "RAPIDS apprenticeships").concat();
    let listed: BTreeSet<_> = listed.split(" · ").collect();
    assert_eq!(
        (titles.len(), titles.intersection(&listed).count()),
        (12, 11)
    );
    assert_eq!(profile["cipCodes"]["nodes"], json!([{"code": "51.2306"}]));
    assert_eq!(
        profile["relatedOccupations"].as_array().map(Vec::len),
        Some(20)
    );
}
