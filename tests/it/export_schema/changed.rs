//! Documents with one thing changed: whatever the schema refuses is refused by the reader, and
//! what the reader refuses alone is refused for a reason in the list.

use std::collections::BTreeSet;

use attestry::catalog::import::{Limits, Problem, read};
use serde_json::{Value, json};

use super::schema;
use crate::{peers, schema::mutants};

/// Why the reader refuses what the schema lets pass: a part of the message, and the reason. None
/// is of the shape of one member.
const STRICTER: [(&str, &str); 14] = [
    ("cannot be stored", "no text holds U+0000, whatever it is"),
    (
        "a whole number beyond",
        "no number is one that programs disagree on (RFC 8785)",
    ),
    (
        "is not a decimal number",
        "a JSON number may have more digits than are kept",
    ),
    (
        "does not hold the number",
        "a figure is printed with the digits of its number",
    ),
    ("there is no source", "citations name sources by their keys"),
    ("after the end of the text", "a split lies within the text"),
    (
        "the profile has no",
        "statements name anchors of the profile",
    ),
    ("there is no domain", "statements name domains"),
    ("is there twice", "keys and versions tell things apart"),
    (
        "the domain has the number",
        "domains are numbered in their order",
    ),
    ("is out of order", "anchors are numbered in their order"),
    (
        "the ordinals of the levels",
        "levels are numbered in their order",
    ),
    (
        "with another meaning",
        "only members of taken names stand apart",
    ),
    (
        "the digest is of other content",
        "the digest is of what stands beside it",
    ),
];

/// A document that has members of every kind, but no digest: with one, whatever else is changed
/// would be refused for it.
fn several() -> Value {
    let source = json!({
        "key": "guide", "label": "Guide", "title": "The whole guide", "release": "2",
        "date": "2026", "licence": "CC0", "url": "https://guide.example"
    });
    let figure = json!({
        "kind": "FEASIBILITY_SCORE", "label": "Score", "number": 31.5, "unit": "SCORE",
        "outOf": "100", "printed": "31.5 / 100"
    });
    json!({
        "schemaVersion": "2.0", "exportedAt": "2026-11-22T08:00:00Z",
        "occupation": {
            "soc": "35-3023.01", "title": "Baristas", "group": "Food", "sector": null, "jobZone": 1,
            "jobZoneLabel": "Little", "jobZoneInferred": false
        },
        "frameworks": [{
            "family": "DURABLE_SKILLS", "version": "v.2", "replaces": "v.1", "description": "",
            "contextCovered": "Bars.", "owner": "x", "state": "PUBLISHED", "publishedAt": "then",
            "domains": [{"number": 1, "key": "hear", "title": "Listening", "description": "Well."}],
            "citedSources": [source.clone()],
            "levels": {
                "one": {
                    "ordinal": 1, "label": "One", "subtitle": "First", "description": "Begins.",
                    "statements": ["Listens.", {
                        "text": "Repeats what was said.", "domain": 1,
                        "split": {"sure": false, "at": 7},
                        "citations": [{"source": "guide", "locator": "p. 3"}],
                        "anchors": [{"kind": "TASK", "ordinal": 1}],
                        "replaces": "0a1b2c3d-0b1a-4c5d-8e9f-1a2b3c4d5e6f"
                    }]
                }
            }
        }],
        "profile": {
            "version": "v.2", "anchorProvider": "O*NET",
            "anchors": [{
                "kind": "TASK", "ordinal": 1, "text": "Serve drinks.", "element": "7",
                "importance": 4.5
            }],
            "relatedTitles": ["Bar hand"], "rapids": [{"code": "1", "title": "Cook"}],
            "cip": [{"code": "12.05"}],
            "relatedOccupations": [{
                "ordinal": 1, "soc": "35-3011.00", "title": "Bartenders", "tier": "PRIMARY_SHORT"
            }],
            "evidencePack": {
                "usage": {"label": "Use", "figures": [{
                    "kind": "TIME_SAVED", "label": "Saved", "number": "4.10", "unit": "PERCENT",
                    "printed": "4.10 %"
                }]},
                "feasibility": {
                    "label": "Index", "topSkill": "Speaking", "score": figure, "precision": "± 1"
                },
                "cluster": {"label": "Group", "name": "People", "slug": "people"}
            },
            "sources": [source], "notes": ["So it is."], "attribution": "Us"
        },
        "sources": {"made": "by hand"}, "attribution": "Us",
        "otherMembers": {"/frameworks/0/title": 1}
    })
}

/// One with a single framework, which came from a CASE package.
fn single() -> Value {
    const ID: &str = "6f1d2c4e-0b1a-4c5d-8e9f-1a2b3c4d5e6f";
    json!({
        "schemaVersion": "2.0",
        "framework": {
            "family": "CUSTOM", "key": format!("case/{ID}"), "title": "Boats", "creator": "School",
            "version": "1", "description": "", "contextCovered": "", "sources": {"case": "x:d"},
            "attribution": "School",
            "levels": {"items": {"label": "Boats", "statements": [
                {"text": "Rows.", "outline": {"id": ID}},
                {"text": "Rows well.", "outline": {
                    "id": ID, "childOf": ID, "uri": "x:1", "parent": 1, "sequence": -2,
                    "kind": "Skill", "code": "R.1", "rest": {"notes": "n"}
                }}
            ]}},
            "case": {
                "id": ID, "document": {"uri": "x:d"}, "associations": [], "definitions": {},
                "rubrics": [], "extensions": {}
            }
        },
        "sources": {}, "attribution": ""
    })
}

fn replacements(original: &Value) -> Vec<Value> {
    let mut values = vec![
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(2),
        json!(-1),
        json!(1.5),
        json!(1.0),
        json!(4_294_967_296_u64),
        json!(9_223_372_036_854_775_808_u64),
        json!(1e300),
        json!(1e-300),
        json!(""),
        json!(" \u{a0}\n"),
        json!("\u{200b}\u{ad}\u{85}\u{feff}\u{7f}"),
        json!("a\u{0}b"),
        json!("some words"),
        json!("x".repeat(300)),
        json!("x".repeat(301)),
        json!("é".repeat(301)),
        json!("6F1D2C4E-0B1A-4C5D-8E9F-1A2B3C4D5E6F"),
        json!("6f1d2c4e0b1a4c5d8e9f1a2b3c4d5e6f"),
        json!("custom/welding"),
        json!("custom/-welding"),
        json!("custom/"),
        json!("35-3023"),
        json!("29-1122.00"),
        json!("MASTERY"),
        json!("PERCENT"),
        json!(format!("sha384-{}", "A".repeat(64))),
        json!("1.0"),
        json!("-0.50"),
        json!("1e3"),
        json!("1."),
        json!([]),
        json!({}),
        json!([original]),
        json!({"some": original}),
    ];
    match original {
        Value::Array(items) => {
            values.push(items.iter().chain(items).cloned().collect());
        }
        Value::Object(members) => {
            let mut more = members.clone();
            more.insert("colour".to_owned(), json!(null));
            values.push(Value::Object(more));
            let renamed = members.iter().map(|(_, v)| (" ".to_owned(), v.clone()));
            values.push(Value::Object(renamed.collect()));
        }
        Value::String(text) => values.push(json!(format!("{text}\n"))),
        _ => {}
    }
    values
}

fn problems(document: &Value) -> Vec<Problem> {
    let read = read(document.to_string().as_bytes(), &Limits::default());
    read.err().unwrap_or_default()
}

/// The names of all members of objects in `value`.
fn names(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                found.insert(name.clone());
                names(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        _ => {}
    }
}

/// The names of all members that a schema defines.
fn defined(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            for (name, value) in members {
                if let ("properties", Value::Object(properties)) = (name.as_str(), value) {
                    found.extend(properties.keys().cloned());
                }
                defined(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| defined(item, found)),
        _ => {}
    }
}

#[test]
fn every_member_is_changed() {
    let (mut known, mut there) = (BTreeSet::new(), BTreeSet::from(["digestSRI".to_owned()]));
    defined(&schema(), &mut known);
    names(&several(), &mut there);
    names(&single(), &mut there);
    assert_eq!(
        known.difference(&there).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
}

#[test]
fn what_is_refused_is_refused_by_the_schema_too() {
    let name = "what_is_refused_is_refused_by_the_schema_too";
    let Some(installed) = peers::folder(name) else {
        return;
    };
    let mut reasons = BTreeSet::new();
    for whole in [several(), single()] {
        assert_eq!(problems(&whole), [], "{whole}");
        let mut documents = mutants(&whole, replacements);
        if whole.get("framework").is_some() {
            let sealed = |digest| {
                let mut sealed = whole.clone();
                sealed["framework"]["digestSRI"] = digest;
                sealed
            };
            documents.extend(replacements(&json!("")).into_iter().map(sealed));
        }
        documents.push(whole);
        let verdicts = peers::schema_verdicts(&installed, &documents, &schema());
        assert_eq!(verdicts.last(), Some(&true), "{documents:?}");
        for (document, theirs) in documents.iter().zip(verdicts) {
            let problems = problems(document);
            if !theirs {
                assert_ne!(problems, [], "only the schema refuses {document}");
                continue;
            }
            for problem in problems {
                let told = STRICTER
                    .iter()
                    .find(|(part, _)| problem.message.contains(part));
                let Some((part, _)) = told else {
                    panic!("{problem:?}, without a reason in the list, for {document}");
                };
                reasons.insert(*part);
            }
        }
    }
    let listed: BTreeSet<&str> = STRICTER.iter().map(|(part, _)| *part).collect();
    assert_eq!(reasons, listed, "a reason in the list is no longer needed");
}
