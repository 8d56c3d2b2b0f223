//! Our statement of the facts of the published schemas, beside those schemas: over mutations of
//! whole documents, whatever a schema refuses is refused here, and what is refused here alone is
//! refused for a reason in the list.

use std::{collections::BTreeSet, fs, path::Path};

use attestry::{
    credential::verify::schema::{SchemaProblem, check},
    kernel::json::{ParseOptions, parse},
};
use serde_json::{Value, json};

use crate::{peers, support::skipped};

/// Why we refuse what a schema lets pass: a part of the message, and the reason.
const STRICTER: [(&str, &str); 15] = [
    (
        "a URI",
        "a schema takes any string where the specification says URI",
    ),
    (
        "lacks the type",
        "a schema takes any one string that is no list",
    ),
    (
        "give the type",
        "a schema takes a map of languages as a type",
    ),
    (
        "name of a type",
        "a schema takes a map of languages as a type",
    ),
    (
        "contexts that begins",
        "a schema takes any one context that is no list",
    ),
    (
        "not known here",
        "a schema takes objects, and strings that are no URLs, as contexts",
    ),
    (
        "is empty",
        "a schema takes the empty string as a text that must be there",
    ),
    (
        "is an object; give",
        "a schema takes a map of languages for any string",
    ),
    (
        "e-mail",
        "a schema takes any string where the specification says EmailAddress",
    ),
    (
        "a date and time",
        "a schema's date-time takes small letters and leap seconds",
    ),
    ("prefix ext:", "a schema finds ext: anywhere in the string"),
    (
        "or an identifier",
        "prose: a subject has an id or an identifier",
    ),
    (
        "claims nothing",
        "VC Data Model 2.0, section 4.8: a subject has claims",
    ),
    (
        "of the achievement's",
        "prose: a result refers to what is described",
    ),
    (
        "name one of them",
        "prose: a level is one of those described",
    ),
];

/// The documents that are mutated, under the shared data, and their schemas.
const DOCUMENTS: [(&str, &str); 4] = [
    (
        "golden-nquads/result-level.jsonld",
        "ob_v3p0_achievementcredential_schema.json",
    ),
    (
        "golden-nquads/hashed-true-salt.jsonld",
        "ob_v3p0_achievementcredential_schema.json",
    ),
    (
        "validator-fixtures/ob3/endorsement-valid.json",
        "ob_v3p0_endorsementcredential_schema.json",
    ),
    (
        "golden-nquads/clr.jsonld",
        "clr_v2p0_clrcredential_schema.json",
    ),
];

#[test]
fn the_facts_are_those_of_the_published_schemas() {
    let name = "the_facts_are_those_of_the_published_schemas";
    let Some(installed) = peers::folder(name) else {
        return;
    };
    let Ok(shared) = std::env::var("ATTESTRY_SHARED_DIR") else {
        let remedy = "Set ATTESTRY_SHARED_DIR to the folder of the shared data.";
        skipped(name, remedy);
        return;
    };
    let conformance = Path::new(&shared).join("conformance");
    let mut reasons = BTreeSet::new();
    for (document, schema) in DOCUMENTS {
        let text = fs::read(conformance.join(document)).expect("the document is there");
        let whole: Value = serde_json::from_slice(&text).expect("the document is JSON");
        assert_eq!(problems(&whole), [], "{document}");
        let mutants = mutants(&whole, replacements);
        let schema = conformance.join("schemas").join(schema);
        let schema = fs::read(schema).expect("the schema is there");
        let schema = serde_json::from_slice(&schema).expect("the schema is JSON");
        let verdicts = peers::schema_verdicts(&installed, &mutants, &schema);
        for (mutant, theirs) in mutants.iter().zip(verdicts) {
            let problems = problems(mutant);
            if !theirs {
                assert_ne!(problems, [], "{document}: only its schema refuses {mutant}");
                continue;
            }
            for problem in problems {
                let reason = STRICTER
                    .iter()
                    .find(|(part, _)| problem.message.contains(part));
                let Some((part, _)) = reason else {
                    panic!("{document}: {problem}, without a reason in the list, for {mutant}");
                };
                reasons.insert(*part);
            }
        }
    }
    let listed: BTreeSet<&str> = STRICTER.iter().map(|(part, _)| *part).collect();
    assert_eq!(reasons, listed, "a reason in the list is no longer needed");
}

/// What we find, where every context that a URL or an object could name is known.
fn problems(document: &Value) -> Vec<SchemaProblem> {
    let text = document.to_string();
    let document = parse(text.as_bytes(), &ParseOptions::default()).expect("it is strict JSON");
    check(&document, &|_| true).problems
}

/// The document with one change: each value in it removed, or replaced.
pub(crate) fn mutants(document: &Value, replacements: fn(&Value) -> Vec<Value>) -> Vec<Value> {
    let mut pointers = Vec::new();
    list(document, String::new(), &mut pointers);
    let mut mutants = Vec::new();
    for pointer in &pointers {
        let original = document.pointer(pointer).expect("it was listed");
        let (parent, name) = pointer.rsplit_once('/').expect("it is below the root");
        let mut removed = document.clone();
        match removed.pointer_mut(parent) {
            Some(Value::Object(members)) => {
                let name = name.replace("~1", "/").replace("~0", "~");
                members.remove(&name).expect("it was listed");
            }
            Some(Value::Array(items)) => drop(items.remove(name.parse().expect("an index"))),
            _ => unreachable!("only these have values below them"),
        }
        mutants.push(removed);
        for value in replacements(original) {
            let mut replaced = document.clone();
            *replaced.pointer_mut(pointer).expect("it was listed") = value;
            mutants.push(replaced);
        }
    }
    mutants
}

fn list(value: &Value, at: String, pointers: &mut Vec<String>) {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, v)| (name.clone(), v)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(n, v)| (n.to_string(), v))
            .collect(),
        _ => Vec::new(),
    };
    for (name, value) in below {
        let name = name.replace('~', "~0").replace('/', "~1");
        let pointer = format!("{at}/{name}");
        pointers.push(pointer.clone());
        list(value, pointer, pointers);
    }
}

fn replacements(original: &Value) -> Vec<Value> {
    let mut values = vec![
        json!(null),
        json!(true),
        json!(1.5),
        json!(""),
        json!("some words"),
        json!("urn:x:1"),
        json!("2026-02-30T09:30:00Z"),
        json!("2026-03-01T09:30:00z"),
        json!("2026-03-01T09:30:00+25:00"),
        json!("my-ext:name"),
        json!("ext:name"),
        json!([]),
        json!({}),
        json!({"en": "words"}),
        json!({"EN": "words"}),
        json!([original]),
    ];
    if let Value::Object(members) = original {
        let mut more = members.clone();
        more.insert("email".to_owned(), json!("nobody"));
        values.push(Value::Object(more));
    }
    values
}
