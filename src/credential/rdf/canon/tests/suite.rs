//! The test suite of the W3C, where it is at hand: under the folder named by `ATTESTRY_SHARED_DIR`.

use std::collections::HashMap;
use std::fs;

use serde_json::Value;

use super::canonical_of;
use super::reader::{read, read_labelled};
use crate::credential::rdf::canon::lines::Lines;
use crate::credential::rdf::canon::namer::Namer;
use crate::credential::rdf::canon::work::Work;
use crate::credential::rdf::canon::{MOST_STEPS, canonical};
use crate::kernel::shared_data::shared_dir;

/// What the suite holds of one `kind` for SHA-256: the name of each test, its input, its result.
fn entries(kind: &str) -> Option<Vec<(String, String, String)>> {
    let dir = shared_dir("the RDFC-1.0 suite was not run")?.join("conformance/rdf-canon");
    let file = |path: &Value| fs::read_to_string(dir.join(path.as_str().unwrap())).unwrap();
    let manifest: Value = serde_json::from_str(&file(&"manifest.jsonld".into())).unwrap();
    let entries = manifest["entries"].as_array().unwrap().iter();
    let wanted = entries.filter(|entry| {
        entry["type"] == kind
            && entry
                .get("hashAlgorithm")
                .is_none_or(|name| name == "SHA256")
    });
    let read = |entry: &Value| {
        let result = entry.get("result").map(file).unwrap_or_default();
        (entry["id"].to_string(), file(&entry["action"]), result)
    };
    Some(wanted.map(read).collect())
}

#[test]
fn every_document_of_the_suite_is_equal() {
    let Some(tests) = entries("rdfc:RDFC10EvalTest") else {
        return;
    };
    for (id, action, result) in &tests {
        assert_eq!(&canonical_of(action), result, "{id}");
        assert_eq!(&canonical_of(result), result, "{id}: again");
    }
    assert_eq!(tests.len(), 63);
}

#[test]
fn every_map_of_the_suite_is_equal() {
    let Some(tests) = entries("rdfc:RDFC10MapTest") else {
        return;
    };
    for (id, action, result) in &tests {
        let (dataset, labels) = read_labelled(action);
        let lines = Lines::of(&dataset);
        let mut namer = Namer::new(&lines, Work::within(MOST_STEPS));
        namer.name_all().unwrap();
        let name = |blank| namer.name(blank).unwrap().strip_prefix("_:").unwrap();
        let names = labels
            .iter()
            .map(|(label, &blank)| (label.clone(), name(blank).to_owned()));
        let expected: HashMap<String, String> = serde_json::from_str(result).unwrap();
        assert_eq!(names.collect::<HashMap<_, _>>(), expected, "{id}");
    }
    assert_eq!(tests.len(), 20, "the 21st is for SHA-384");
}

#[test]
fn the_poison_graph_of_the_suite_is_refused() {
    let Some(tests) = entries("rdfc:RDFC10NegativeEvalTest") else {
        return;
    };
    for (id, action, _) in &tests {
        assert!(canonical(&read(action)).is_err(), "{id}");
    }
    assert_eq!(tests.len(), 1);
}

#[test]
fn the_documents_made_elsewhere_are_in_canonical_form() {
    let Some(dir) = shared_dir("the RDFC-1.0 suite was not run") else {
        return;
    };
    let mut count = 0;
    for entry in fs::read_dir(dir.join("conformance/golden-nquads")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "nq") {
            let document = fs::read_to_string(&path).unwrap();
            assert_eq!(canonical_of(&document), document, "{path:?}");
            count += 1;
        }
    }
    assert!(count >= 14, "{count} documents");
}
