//! The CASE endpoints, and what they answer with by the official schemas.

mod endpoints;
mod listing;
mod schemas;

use attestry::catalog::samples::{SAMPLES, WIDE_SAMPLE};
use serde_json::{Value, json};

use super::setup::House;

const URL: &str = "https://skills.example";

const BASE: &str = "/ims/case/v1p1";

/// The document of a small package of others.
const DOCUMENT: &str = "6f1d2c4e-0b1a-4c5d-8e9f-1a2b3c4d5e6f";

fn id(number: u32) -> String {
    format!("{number:08x}-0b1a-4c5d-8e9f-1a2b3c4d5e6f")
}

/// A package of others with something of every class.
fn package() -> Value {
    let changed = "2026-02-03T04:05:06Z";
    let link = |number: u32| json!({"title": "t", "identifier": id(number), "uri": format!("https://x.example/{number}")});
    let defined = |number: u32, title: &str| {
        json!({
            "identifier": id(number), "uri": format!("https://x.example/{number}"), "title": title,
            "description": title, "hierarchyCode": "1", "lastChangeDateTime": changed
        })
    };
    let below = |number: u32, title: &str| {
        let mut one = defined(number, title);
        one["hierarchyCode"] = json!("1.1");
        one
    };
    let without_code = |number: u32, title: &str| {
        let mut one = defined(number, title);
        one.as_object_mut()
            .expect("an object")
            .remove("hierarchyCode");
        one
    };
    let mut licence = without_code(14, "Open");
    licence["licenseText"] = json!("Use it.");
    let item = |number: u32, text: &str| {
        json!({
            "identifier": id(number), "uri": format!("https://x.example/{number}"),
            "fullStatement": text, "CFItemType": "Skill", "CFItemTypeURI": link(10),
            "lastChangeDateTime": changed
        })
    };
    let relation = |number: u32, kind: &str, ends: (u32, Value)| {
        json!({
            "identifier": id(number), "uri": format!("https://x.example/{number}"),
            "associationType": kind, "originNodeURI": link(ends.0), "destinationNodeURI": ends.1,
            "CFAssociationGroupingURI": link(15), "lastChangeDateTime": changed
        })
    };
    let top = json!({"title": "Small boats", "identifier": DOCUMENT, "uri": "https://x.example/d"});
    json!({
        "CFDocument": {
            "identifier": DOCUMENT, "uri": "https://x.example/d", "creator": "Harbour School",
            "title": "Small boats", "version": "1", "subject": ["Sailing", "Rowing"],
            "lastChangeDateTime": changed
        },
        "CFItems": [item(1, "Rows."), item(2, "Rows across the harbour."), item(3, "Ties a bowline.")],
        "CFAssociations": [
            relation(20, "isChildOf", (1, top)), relation(21, "isChildOf", (2, link(1))),
            relation(22, "precedes", (3, link(2)))
        ],
        "CFDefinitions": {
            "CFItemTypes": [defined(10, "Skill"), below(11, "Part of a skill")],
            "CFSubjects": [defined(12, "Sailing")],
            "CFConcepts": [defined(13, "Water")],
            "CFLicenses": [licence],
            "CFAssociationGroupings": [without_code(15, "Order of teaching")]
        },
        "CFRubrics": [{
            "identifier": id(30), "uri": "https://x.example/30", "title": "Rowing", "lastChangeDateTime": changed,
            "CFRubricCriteria": [{
                "identifier": id(31), "uri": "https://x.example/31", "weight": 0.5, "position": 1,
                "lastChangeDateTime": changed,
                "CFRubricCriterionLevels": [{
                    "identifier": id(32), "uri": "https://x.example/32", "score": 1,
                    "lastChangeDateTime": changed
                }]
            }]
        }]
    })
}

/// A house with the samples and that package; and the ids of our own versions.
async fn house() -> (House, Vec<uuid::Uuid>) {
    let house = House::empty(URL).await;
    let mut versions = Vec::new();
    for sample in SAMPLES.iter().chain([&WIDE_SAMPLE]) {
        versions.extend(house.import(sample.bytes).await.versions);
    }
    house.import(package().to_string().as_bytes()).await;
    (house, versions)
}

async fn object(house: &House, path: &str) -> Value {
    let answer = house.get(&format!("{BASE}/{path}"), &[]).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "application/json");
    answer.json()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}
