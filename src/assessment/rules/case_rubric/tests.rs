use std::fs;

use super::*;
use crate::{
    assessment::{
        model::{Descriptor, Scale},
        rules::check_plan::tests::plan,
    },
    kernel::shared_data::shared_dir,
};

const VERSION: Uuid = Uuid::from_u128(0x0198_c0de_0000_7000_8000_0000_0000_0001);

fn with_rubric() -> PlanContent {
    let criterion = |key: &str, name: &str, descriptors| Criterion {
        key: key.to_owned(),
        name: name.to_owned(),
        descriptors,
    };
    let described = vec![Descriptor {
        rating: 2,
        text: "Drapes the client without being told.".to_owned(),
    }];
    PlanContent {
        scale: Scale::of(&["Not yet", "Ready"]),
        criteria: vec![
            criterion("draping", "Draping", described),
            criterion("pace", "Pace", Vec::new()),
        ],
        ..plan()
    }
}

fn exported(plan: &PlanContent, version: Uuid) -> Option<Value> {
    let rubric = Rubric {
        version,
        title: "Table work",
        public_url: "https://skills.example",
        changed_at: "2026-03-01T09:30:00.5Z".parse().unwrap(),
    };
    case_rubric(plan, rubric)
}

#[test]
fn each_criterion_has_a_level_for_each_rating() {
    let told = exported(&with_rubric(), VERSION).unwrap();
    assert_eq!(told["title"], "Table work");
    let criteria = told["CFRubricCriteria"].as_array().unwrap();
    assert_eq!(criteria.len(), 2);
    let draping = &criteria[0];
    assert_eq!(draping["rubricId"], told["identifier"]);
    assert_eq!(
        (&draping["description"], &draping["position"]),
        (&json!("Draping"), &json!(1))
    );
    let levels = draping["CFRubricCriterionLevels"].as_array().unwrap();
    assert_eq!(levels.len(), 2);
    assert!(levels[0].get("description").is_none());
    assert_eq!(levels[1]["score"], 2);
    assert_eq!(levels[1]["quality"], "Ready");
    assert_eq!(
        levels[1]["description"],
        "Drapes the client without being told."
    );
    assert_eq!(levels[1]["rubricCriterionId"], draping["identifier"]);
}

#[test]
fn identifiers_are_those_of_the_version_and_differ_from_each_other() {
    let told = exported(&with_rubric(), VERSION).unwrap();
    assert_eq!(exported(&with_rubric(), VERSION).unwrap(), told);
    assert_eq!(told["identifier"], PINNED);
    assert_eq!(
        told["uri"],
        format!("https://skills.example/ims/case/v1p1/CFRubrics/{PINNED}")
    );
    let mut all = Vec::new();
    identifiers(&told, &mut all);
    identifiers(&exported(&with_rubric(), Uuid::nil()).unwrap(), &mut all);
    assert_eq!(all.len(), 2 * (1 + 2 + 4));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 2 * (1 + 2 + 4));
}

/// Once exported these are on record elsewhere, so a change here is a defect.
const PINNED: &str = "480842e5-1aab-52da-b1e3-1d757d78712f";

#[test]
fn a_plan_without_criteria_has_no_rubric() {
    assert_eq!(exported(&plan(), VERSION), None);
}

#[test]
fn the_export_has_the_published_shape() {
    let Some(dir) = shared_dir("no rubric is held against the schema of CASE") else {
        return;
    };
    let schema = fs::read(dir.join("data/case/case-v1p1-cfpackage.schema.json")).unwrap();
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    let told = exported(&with_rubric(), VERSION).unwrap();
    assert_eq!(misfits(&schema, "CFRubric", &told), Vec::<String>::new());
    let mut broken = told;
    broken["CFRubricCriteria"][0]["CFRubricCriterionLevels"][1]["score"] = json!("2");
    broken["CFRubricCriteria"][1]["colour"] = json!("red");
    broken.as_object_mut().unwrap().remove("uri");
    assert_eq!(misfits(&schema, "CFRubric", &broken).len(), 3);
}

/// Where `value` differs from the definition `name` of a JSON Schema that uses, as this one does,
/// no more than types, formats, members, items and references to other definitions.
fn misfits(schema: &Value, name: &str, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    misfit(schema, &schema["$defs"][name], value, name, &mut found);
    found
}

fn misfit(schema: &Value, rule: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(name) = rule["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").unwrap();
        return misfit(schema, &schema["$defs"][name], value, at, found);
    }
    let typed = match rule["type"].as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64(),
        other => panic!("the schema uses a type that is not known here: {other}"),
    };
    let formed = match rule["format"].as_str() {
        None | Some("float" | "int32") => true,
        Some("uuid") => value.as_str().is_some_and(|v| Uuid::parse_str(v).is_ok()),
        Some("date-time") => value
            .as_str()
            .is_some_and(|v| v.parse::<Timestamp>().is_ok()),
        Some("uri") => value.as_str().is_some_and(|v| url::Url::parse(v).is_ok()),
        Some(other) => panic!("the schema uses a format that is not known here: {other}"),
    };
    if !(typed && formed) {
        found.push(format!("{at}: {value}"));
    }
    for (i, item) in value.as_array().into_iter().flatten().enumerate() {
        misfit(schema, &rule["items"], item, &format!("{at}/{i}"), found);
    }
    let Some(members) = value.as_object() else {
        return;
    };
    for needed in rule["required"].as_array().unwrap() {
        if !members.contains_key(needed.as_str().unwrap()) {
            found.push(format!("{at}: no {needed}"));
        }
    }
    for (name, member) in members {
        match rule["properties"].get(name) {
            Some(own) => misfit(schema, own, member, &format!("{at}/{name}"), found),
            None => found.push(format!("{at}: {name} is not of the schema")),
        }
    }
}

fn identifiers(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|i| identifiers(i, into)),
        Value::Object(members) => {
            into.extend(members.get("identifier").map(ToString::to_string));
            members.values().for_each(|m| identifiers(m, into));
        }
        _ => {}
    }
}
