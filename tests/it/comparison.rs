//! Two occupations side by side, as clients see them.

use std::collections::BTreeSet;

use attestry::catalog::samples::{SAMPLES, WIDE_SAMPLE};
use serde_json::{Value, json};

use crate::{
    onet::release,
    support::{Answer, House, on_each_database},
};

on_each_database!(
    two_occupations_are_compared,
    an_occupation_is_like_itself,
    the_tables_answer_where_nothing_is_published,
    what_is_not_there_is_null,
    too_many_statements_are_refused,
);

const COMPARE: &str = "query C($a: String!, $b: String!) { compareOccupations(a: $a, b: $b) {
    threshold method
    a { ...side } b { ...side }
    anchorSets { kind shared { a { ...anchor } b { ...anchor } } onlyA { ...anchor } onlyB { ...anchor } }
    levels { family ordinal a { label } b { label }
        alike { score words sharedAnchors { kind text } a { id text } b { id text } }
        onlyA { id text } onlyB { id text } } } }
    fragment side on ComparedOccupation { occupation { soc title }
        profile { label } sources { table attribution licenseUrl } }
    fragment anchor on PublishedAnchor { kind ordinal text element importance }";

async fn answer(house: &House, a: &str, b: &str) -> Answer {
    house.api.send(None, COMPARE, json!({"a": a, "b": b})).await
}

async fn compare(house: &House, a: &str, b: &str) -> Value {
    let answer = answer(house, a, b).await;
    assert!(answer.body.get("errors").is_none(), "{answer:?}");
    answer.at("/compareOccupations").clone()
}

/// The wide sample under another code, with some of it changed.
fn other() -> Value {
    let mut document: Value = serde_json::from_slice(WIDE_SAMPLE.bytes).expect("it is JSON");
    document["occupation"]["soc"] = json!(OTHER);
    document["occupation"]["title"] = json!("Tea Servers");
    document["profile"]["anchors"] = json!([
        {"kind": "SKILL", "ordinal": 1, "text": "Instructing"},
        {"kind": "SKILL", "ordinal": 2, "text": "Writing"},
        {"kind": "TASK", "ordinal": 1, "text": "Take orders and read them back."},
    ]);
    let mastery = &mut document["frameworks"][0]["levels"];
    mastery["emerging"]["statements"] = json!([
        "Teapot — warms before each use.",
        {"text": "Order slip — reads back size and extras to the guest before the pot is filled.",
            "anchors": [{"kind": "TASK", "ordinal": 1}]},
    ]);
    for level in ["developing", "proficient"] {
        for statement in mastery[level]["statements"].as_array_mut().expect("a list") {
            if let Some(statement) = statement.as_object_mut() {
                statement.remove("anchors");
            }
        }
    }
    mastery["advanced"]["statements"] = json!([
        "Menu — costs, tastes and revises each season from what was sold and what was thrown away."
    ]);
    // Two families; the third is the first occupation's only.
    document["frameworks"].as_array_mut().expect("a list").pop();
    document
}

const OTHER: &str = "35-3023.02";

fn texts(list: &Value, pointer: &str) -> Vec<String> {
    let all = list.as_array().expect("a list").iter();
    let text = |one: &Value| {
        one.pointer(pointer)
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    all.map(|one| text(one).expect("a text")).collect()
}

async fn two_occupations_are_compared(house: House) {
    let platform = house.bootstrap().await;
    let wide = std::str::from_utf8(WIDE_SAMPLE.bytes).expect("UTF-8");
    house.api.import(&platform, wide).await;
    house.api.import(&platform, &other().to_string()).await;
    let found = compare(&house, WIDE_SAMPLE.soc, OTHER).await;
    assert_eq!(found["a"]["occupation"]["soc"], WIDE_SAMPLE.soc);
    assert_eq!(found["b"]["occupation"]["title"], "Tea Servers");
    assert_eq!(
        found["a"]["profile"]["label"],
        found["b"]["profile"]["label"]
    );
    assert_eq!(found["a"]["sources"], json!([]));
    let threshold = found["threshold"].as_i64().expect("a number");
    let method = found["method"].as_str().expect("a text");
    assert!(
        method.contains(&format!("with {threshold} or more")),
        "{method}"
    );

    let kinds = texts(&found["anchorSets"], "/kind");
    let all = [
        "SKILL",
        "KNOWLEDGE",
        "ABILITY",
        "WORK_STYLE",
        "TECHNOLOGY",
        "TASK",
    ];
    assert_eq!(kinds, all);
    let skills = &found["anchorSets"][0];
    assert_eq!(
        skills["shared"],
        json!([{
            "a": {"kind": "SKILL", "ordinal": 2, "text": "Instructing", "element": "2.B.1.e", "importance": "3.12"},
            "b": {"kind": "SKILL", "ordinal": 1, "text": "Instructing", "element": null, "importance": null},
        }])
    );
    assert_eq!(texts(&skills["onlyA"], "/text"), ["Active Listening"]);
    assert_eq!(texts(&skills["onlyB"], "/text"), ["Writing"]);
    let tasks = &found["anchorSets"][5];
    assert_eq!(
        texts(&tasks["shared"], "/a/text"),
        ["Take orders and read them back."]
    );
    assert_eq!(tasks["onlyA"].as_array().map(Vec::len), Some(2));

    let levels = found["levels"].as_array().expect("a list");
    let places: Vec<_> = levels
        .iter()
        .map(|l| {
            (
                l["family"].as_str().expect("a family"),
                l["ordinal"].clone(),
            )
        })
        .collect();
    let expected: Vec<_> = ["MASTERY", "AI_LITERACY", "DURABLE_SKILLS"]
        .into_iter()
        .flat_map(|family| (1..=4).map(move |ordinal| (family, json!(ordinal))))
        .collect();
    assert_eq!(places, expected);
    let first = &levels[0];
    assert_eq!(first["a"]["label"], "Emerging");
    assert_eq!(texts(&first["onlyA"], "/text").len(), 1);
    assert_eq!(
        texts(&first["onlyB"], "/text"),
        ["Teapot — warms before each use."]
    );
    let pair = &first["alike"][0];
    // Of fourteen stems the first has eleven, the second ten, both seven; of two anchors both
    // have one: 10 of 20.
    assert_eq!(
        pair["words"],
        json!(["back", "before", "extras", "order", "reads", "size", "slip"])
    );
    assert_eq!(
        pair["sharedAnchors"],
        json!([{"kind": "TASK", "text": "Take orders and read them back."}])
    );
    assert_eq!(pair["score"], 50);
    // Anchors that only one of them names do not matter.
    for level in &levels[1..3] {
        assert!(level["alike"].as_array().is_some_and(|all| all.len() == 2));
        assert!(
            level["alike"]
                .as_array()
                .expect("a list")
                .iter()
                .all(|p| p["score"] == 100)
        );
    }
    assert_eq!(levels[3]["alike"].as_array().map(Vec::len), Some(1));
    assert_eq!(levels[3]["onlyA"].as_array().map(Vec::len), Some(1));
    // What only one of them has.
    for level in &levels[8..] {
        assert_eq!(level["b"], Value::Null);
        assert_eq!((&level["alike"], &level["onlyB"]), (&json!([]), &json!([])));
        assert!(!level["onlyA"].as_array().expect("a list").is_empty());
    }
    // The other way round it is the same.
    let back = compare(&house, OTHER, WIDE_SAMPLE.soc).await;
    assert_eq!(mirrored(&back), mirrored(&turned(found)));
}

/// A comparison with its sides changed.
fn turned(comparison: Value) -> Value {
    match comparison {
        Value::Object(members) => {
            let turn = |(name, value): (String, Value)| {
                let name = match name.as_str() {
                    "a" => "b".to_owned(),
                    "b" => "a".to_owned(),
                    "onlyA" => "onlyB".to_owned(),
                    "onlyB" => "onlyA".to_owned(),
                    _ => name,
                };
                (name, turned(value))
            };
            members.into_iter().map(turn).collect()
        }
        Value::Array(all) => all.into_iter().map(turned).collect(),
        other => other,
    }
}

/// Everything in a comparison, whatever the order of its lists.
fn mirrored(comparison: &Value) -> BTreeSet<String> {
    fn told(value: &Value, path: &str, out: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    told(value, &format!("{path}/{name}"), out);
                }
            }
            Value::Array(all) => {
                for one in all {
                    out.insert(format!("{path} {one}"));
                    told(one, path, out);
                }
            }
            other => {
                out.insert(format!("{path} {other}"));
            }
        }
    }
    let mut out = BTreeSet::new();
    told(&comparison["anchorSets"], "anchors", &mut out);
    for level in comparison["levels"].as_array().expect("a list") {
        let place = format!("{}{}", level["family"], level["ordinal"]);
        told(level, &place, &mut out);
    }
    out
}

async fn an_occupation_is_like_itself(house: House) {
    let platform = house.bootstrap().await;
    let wide = std::str::from_utf8(WIDE_SAMPLE.bytes).expect("UTF-8");
    house.api.import(&platform, wide).await;
    // What is newest is compared: here what the second version says.
    let mut newer: Value = serde_json::from_str(wide).expect("it is JSON");
    newer["frameworks"][0]["version"] = json!("v.99.01");
    newer["frameworks"][0]["levels"]["advanced"]["statements"] = json!(["Shop — sells."]);
    house.api.import(&platform, &newer.to_string()).await;
    let found = compare(&house, WIDE_SAMPLE.soc, WIDE_SAMPLE.soc).await;
    for anchors in found["anchorSets"].as_array().expect("a list") {
        assert_eq!(
            (&anchors["onlyA"], &anchors["onlyB"]),
            (&json!([]), &json!([]))
        );
        for pair in anchors["shared"].as_array().expect("a list") {
            assert_eq!(pair["a"], pair["b"]);
        }
    }
    let mut statements = 0;
    for level in found["levels"].as_array().expect("a list") {
        assert_eq!((&level["onlyA"], &level["onlyB"]), (&json!([]), &json!([])));
        for pair in level["alike"].as_array().expect("a list") {
            assert_eq!((&pair["a"], &pair["score"]), (&pair["b"], &json!(100)));
            statements += 1;
        }
    }
    assert_eq!(statements, 26 - 1);
    assert_eq!(
        texts(&found["levels"][3]["alike"], "/a/text"),
        ["Shop — sells."]
    );
}

async fn the_tables_answer_where_nothing_is_published(house: House) {
    let platform = house.with_samples().await;
    let wide = std::str::from_utf8(WIDE_SAMPLE.bytes).expect("UTF-8");
    house.api.import(&platform, wide).await;
    let folder = tempfile::tempdir().expect("a folder");
    release::write_main(folder.path());
    release::write_ratings(folder.path(), "Skills.txt", "2.A.", &["2.99", "3.00", "5"]);
    let done = release::import(&house.app, release::release(folder.path(), "2.1")).await;
    done.expect("it is sound");
    let (a, b) = (SAMPLES[0].soc, SAMPLES[2].soc);
    let found = compare(&house, a, b).await;
    for side in ["a", "b"] {
        assert_eq!(found[side]["profile"], Value::Null);
        let tables = texts(&found[side]["sources"], "/table");
        let expected = [
            "Skills",
            "Work Styles",
            "Technology Skills",
            "Task Statements",
        ];
        assert_eq!(tables, expected);
        let words = texts(&found[side]["sources"], "/attribution");
        assert!(words.iter().all(|text| text.contains("USDOL/ETA")));
    }
    let counted = |list: &str| -> Vec<usize> {
        let kinds = found["anchorSets"].as_array().expect("a list").iter();
        kinds
            .map(|kind| kind[list].as_array().expect("a list").len())
            .collect()
    };
    assert_eq!(counted("shared"), [2, 0, 0, 6, 10, 8]);
    assert_eq!(
        (counted("onlyA"), counted("onlyB")),
        (vec![0; 6], vec![0; 6])
    );
    // One published, one from the tables.
    let found = compare(&house, WIDE_SAMPLE.soc, a).await;
    assert_eq!(found["a"]["sources"], json!([]));
    assert_eq!(
        (&found["a"]["profile"]["label"], &found["b"]["profile"]),
        (&json!("v.26.11"), &Value::Null)
    );
    assert_eq!(
        found["anchorSets"][5]["onlyA"].as_array().map(Vec::len),
        Some(3)
    );
    assert_eq!(
        found["anchorSets"][5]["onlyB"].as_array().map(Vec::len),
        Some(8)
    );
    // An occupation of the tables that no framework describes.
    let found = compare(&house, "11-1011.00", a).await;
    let levels = found["levels"].as_array().expect("a list");
    assert_eq!(levels.len(), 4);
    assert!(
        levels
            .iter()
            .all(|level| level["a"].is_null() && level["alike"] == json!([]))
    );
}

async fn what_is_not_there_is_null(house: House) {
    house.with_samples().await;
    let known = SAMPLES[0].soc;
    for (a, b) in [
        (known, "11-9999.00"),
        ("11-9999.00", known),
        ("11-9999.00", "11-9999.00"),
        (known, ""),
        ("'; --", known),
        ("43-4121", known),
    ] {
        assert_eq!(compare(&house, a, b).await, Value::Null, "{a:?} {b:?}");
    }
}

async fn too_many_statements_are_refused(house: House) {
    let platform = house.bootstrap().await;
    let export = |soc: &str, count: usize| {
        let mut document: Value = serde_json::from_slice(SAMPLES[0].bytes).expect("it is JSON");
        document["occupation"]["soc"] = json!(soc);
        let statements: Vec<_> = (0..count).map(|n| format!("Does number {n}.")).collect();
        document["framework"]["levels"] =
            json!({"one": {"label": "One", "statements": statements}});
        document.to_string()
    };
    for (soc, count) in [("11-1011.00", 501), ("11-1012.00", 500), ("11-1013.00", 1)] {
        house.api.import(&platform, &export(soc, count)).await;
    }
    let found = compare(&house, "11-1012.00", "11-1012.00").await;
    assert_eq!(
        found["levels"][0]["alike"].as_array().map(Vec::len),
        Some(500)
    );
    for (a, b) in [("11-1011.00", "11-1013.00"), ("11-1012.00", "11-1011.00")] {
        let answer = answer(&house, a, b).await;
        assert_eq!(answer.code(), Some("TOO_MANY_STATEMENTS"), "{answer:?}");
    }
}
