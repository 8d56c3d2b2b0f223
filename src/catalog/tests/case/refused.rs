//! Packages that are mended, and those that are not read at all.

use serde_json::{Value, json};

use crate::catalog::{import::Limits, samples::WIDE_SAMPLE};

use super::{child, id, import, item, package, read_back, written};

/// The package with `value` at `pointer`, or without what is there if it is `None`.
fn with(pointer: &str, value: Option<Value>) -> Value {
    let mut package = package();
    let (container, name) = pointer.rsplit_once('/').unwrap();
    match (package.pointer_mut(container).unwrap(), value) {
        (Value::Object(members), Some(value)) => drop(members.insert(name.to_owned(), value)),
        (Value::Object(members), None) => drop(members.remove(name)),
        (Value::Array(items), Some(value)) => items.push(value),
        (container, _) => panic!("{container}"),
    }
    package
}

/// The places that a package is refused for, with what is wrong there.
fn refused(package: &Value) -> Vec<String> {
    let problems = import(package).expect_err("it is refused");
    assert!(problems.iter().all(|problem| !problem.remedy.is_empty()));
    let told = problems
        .into_iter()
        .map(|problem| format!("{}: {}", problem.path, problem.message));
    told.collect()
}

/// What is told to be mended, and that the package is whole then.
fn mended(package: &Value) -> Vec<String> {
    let import = import(package).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(
        read_back(&written(&import.version, None)).version,
        import.version
    );
    let told = import.mended.iter();
    told.map(|mend| format!("{}: {} -> {}", mend.path, mend.found, mend.made))
        .collect()
}

#[test]
fn a_sound_package_is_a_tree_of_statements() {
    let read = import(&package()).unwrap();
    assert_eq!(read.mended, []);
    let version = &read.version;
    assert_eq!(version.key.as_str(), format!("case/{}", id(0)));
    assert_eq!(
        (version.version.as_str(), version.title.as_deref()),
        ("2", Some("Ours"))
    );
    let told: Vec<_> = version.levels[0]
        .statements
        .iter()
        .map(|one| (one.text.as_str(), one.outline.as_ref().unwrap().parent))
        .collect();
    assert_eq!(
        told,
        [
            ("One", None),
            ("Two", Some(1)),
            ("Three", Some(1)),
            ("Four", None)
        ]
    );
    let written = written(version, None);
    assert_eq!(written.get("CFItems").unwrap().as_array().unwrap().len(), 4);
    assert!(written.get("extensions").is_none());
}

#[test]
fn what_a_package_cannot_be_without_is_refused_at_its_place() {
    let cases = [
        (
            with("/CFDocument/identifier", None),
            "/CFDocument/identifier: the member is missing",
        ),
        (
            with("/CFDocument/title", None),
            "/CFDocument/title: the member is missing",
        ),
        (
            with("/CFDocument", Some(json!([]))),
            "/CFDocument: an array stands where an object belongs",
        ),
        (
            with("/CFItems", Some(json!({}))),
            "/CFItems: an object stands where an array belongs",
        ),
        (
            with("/CFItems/2/identifier", Some(json!("x"))),
            "/CFItems/2/identifier: \"x\" is not a UUID",
        ),
        (
            with("/CFItems/2/identifier", None),
            "/CFItems/2/identifier: the member is missing",
        ),
        (
            with("/CFItems/2/fullStatement", None),
            "/CFItems/2/fullStatement: the member is missing",
        ),
        (
            with("/CFItems/2/fullStatement", Some(json!(" "))),
            "/CFItems/2/fullStatement: the text is empty or blank",
        ),
        (
            with("/CFItems/2/fullStatement", Some(json!({}))),
            "/CFItems/2/fullStatement: {} is not a string",
        ),
        (
            with("/CFAssociations/0/originNodeURI", None),
            "/CFAssociations/0/originNodeURI: the member is missing",
        ),
        (
            with("/CFDocument/title", Some("t".repeat(301).into())),
            "/CFDocument/title: the name has more than 300 characters",
        ),
    ];
    for (package, wanted) in cases {
        assert_eq!(refused(&package), [wanted]);
    }
}

#[test]
fn identifiers_that_are_there_twice_are_refused() {
    let twice = with("/CFItems/-", Some(item(2, "Two again")));
    let message = format!(
        "/CFItems/4/identifier: the identifier {} stands at /CFItems/1 already",
        id(2)
    );
    assert_eq!(refused(&twice), [message]);
    let mut both = child(2, 1);
    both["identifier"] = id(0).into();
    let both = with("/CFAssociations/-", Some(both));
    assert!(refused(&both)[0].ends_with("stands at /CFDocument already"));
}

#[test]
fn a_circle_is_refused_with_its_items() {
    let circle = with("/CFAssociations/3", Some(json!(null)));
    let mut circle = circle;
    circle["CFAssociations"] = json!([child(4, 0), child(3, 1), child(2, 3), child(1, 2)]);
    let wanted = [
        "/CFItems/0: the item is below itself",
        "/CFItems/1: the item is below itself",
        "/CFItems/2: the item is below itself",
    ];
    assert_eq!(refused(&circle), wanted);
}

#[test]
fn what_can_be_told_is_mended_and_said() {
    let cases = [
        (with("/CFItems/1/uri", None), "/CFItems/1/uri: nothing -> the URN of its identifier".to_owned()),
        (with("/CFItems/1/notes", Some(json!(null))), "/CFItems/1/notes: null -> left out".to_owned()),
        (with("/CFItems/1/notes", Some(json!(7))), "/CFItems/1/notes: 7 -> \"7\"".to_owned()),
        (with("/CFItems/1/educationLevel", Some(json!("06"))), "/CFItems/1/educationLevel: \"06\" -> a list".to_owned()),
        (with("/CFItems/1/shoeSize", Some(json!(7))), "/CFItems/1/shoeSize: 7 -> kept in extensions as shoeSize".to_owned()),
        (with("/CFItems/1/statusEndDate", Some(json!("2020-02-03T01:00:00"))), "/CFItems/1/statusEndDate: \"2020-02-03T01:00:00\" -> its day".to_owned()),
        (with("/CFItems/1/statusEndDate", Some(json!("soon"))), "/CFItems/1/statusEndDate: \"soon\" -> kept in extensions as statusEndDate: it is not a date".to_owned()),
        (with("/CFItems/1/lastChangeDateTime", Some(json!("2020-02-03"))), "/CFItems/1/lastChangeDateTime: \"2020-02-03\" -> read as UTC, written as RFC 3339 has it".to_owned()),
        (with("/CFItems/1/lastChangeDateTime", None), "/CFItems/1/lastChangeDateTime: nothing -> \"2020-02-03T04:05:06Z\"".to_owned()),
        (with("/CFDocument/creator", None), "/CFDocument/creator: nothing -> \"unknown\"".to_owned()),
        (with("/CFDocument/creator", Some(json!(" "))), "/CFDocument/creator: \" \" -> \"unknown\"".to_owned()),
        (with("/CFDocument/caseVersion", Some(json!("1.0"))), "/CFDocument/caseVersion: \"1.0\" -> \"1.1\"".to_owned()),
        (with("/CFDocument/lastChangeDateTime", None), "/CFDocument/lastChangeDateTime: nothing -> \"2020-02-03T04:05:06Z\"".to_owned()),
        (with("/CFDocument/identifier", Some(id(0).to_uppercase().into())), format!("/CFDocument/identifier: \"{}\" -> in lower case, with hyphens", id(0).to_uppercase())),
        (with("/CFAssociations/0/sequenceNumber", Some(json!("3"))), "/CFAssociations/0/sequenceNumber: \"3\" -> the number".to_owned()),
        (with("/CFAssociations/0/associationType", Some(json!("ischildof"))), "/CFAssociations/0/associationType: \"ischildof\" -> \"isChildOf\"".to_owned()),
        (with("/CFAssociations/0/destinationNodeURI", Some(format!("https://y.example/{}", id(0)).into())), format!("/CFAssociations/0/destinationNodeURI: \"https://y.example/{}\" -> a link with title, identifier and uri", id(0))),
        (with("/CFItems/1/CFDocumentURI", Some(id(0).into())), format!("/CFItems/1/CFDocumentURI: \"{}\" -> left out: the package tells it", id(0))),
    ];
    for (package, wanted) in cases {
        assert_eq!(mended(&package), [wanted]);
    }
}

#[test]
fn every_item_gets_one_parent() {
    let mut package = package();
    package["CFAssociations"] = json!([child(4, 9), child(3, 1), child(2, 1), child(1, 0)]);
    let told = mended(&package);
    assert_eq!(told, ["/CFItems/3: nothing -> a child of the document"]);

    let mut second = child(3, 4);
    second["identifier"] = id(0x2000).into();
    second["sequenceNumber"] = json!(1);
    let package = with("/CFAssociations/-", Some(second));
    let told = mended(&package);
    assert_eq!(told.len(), 1);
    assert!(
        told[0].ends_with("-> kept apart: the item is a child already"),
        "{told:?}"
    );
    let read = import(&package).unwrap().version;
    let order: Vec<_> = read.levels[0]
        .statements
        .iter()
        .map(|one| one.text.as_str())
        .collect();
    assert_eq!(order, ["One", "Two", "Four", "Three"]);
    assert_eq!(read.case.unwrap().associations.len(), 1);
}

#[test]
fn mends_of_one_kind_are_told_once_with_their_number() {
    let mut package = package();
    for at in 0..4 {
        package["CFItems"][at]["notes"] = Value::Null;
    }
    let read = import(&package).unwrap();
    assert_eq!(read.mended.len(), 1);
    assert_eq!(
        (read.mended[0].path.as_str(), read.mended[0].times),
        ("/CFItems/0/notes", 4)
    );
}

#[test]
fn no_document_makes_the_reader_fail() {
    for hostile in [
        json!({"CFDocument": null}),
        json!({"CFDocument": {}, "CFItems": [null, 1, "x", []]}),
        json!({"CFDocument": {"identifier": id(0), "title": "t"}, "CFAssociations": [{}]}),
        json!({"CFDocument": {"identifier": id(0), "title": "t"}}),
    ] {
        assert!(!refused(&hostile).is_empty());
    }
}

/// A change, the place that it is told at, and with which words.
type Case = (fn(&mut Value), &'static str, &'static str);

#[test]
fn a_package_of_ours_is_refused_wherever_it_was_changed() {
    let sample = crate::catalog::import::read(WIDE_SAMPLE.bytes, &Limits::default()).unwrap();
    let own = written(&sample.version, sample.profile.as_ref());
    let own: Value = serde_json::from_str(&own.to_text()).unwrap();
    assert_eq!(import(&own).unwrap().version, sample.version);
    let cases: [Case; 8] = [
        (
            |p| p["CFDocument"]["title"] = json!("Mine"),
            "/CFDocument/title",
            "says \"Baristas: Mastery v.26.11\" here",
        ),
        (
            |p| p["CFDocument"]["extensions"]["attestry"]["family"] = json!("CUSTOM"),
            "/CFDocument/extensions/attestry/family",
            "\"MASTERY\"",
        ),
        (
            |p| p["CFItems"][5]["notes"] = json!("Look here."),
            "/CFItems/5/notes",
            "says nothing here",
        ),
        (
            |p| p["CFItems"][5]["humanCodingScheme"] = json!("1"),
            "/CFItems/5/humanCodingScheme",
            "here",
        ),
        (
            |p| p["CFAssociations"][5]["sequenceNumber"] = json!(99),
            "/CFAssociations/5/sequenceNumber",
            "here",
        ),
        (
            |p| {
                let mut more = p["CFAssociations"][5].clone();
                more["identifier"] = json!(id(77));
                more["associationType"] = json!("isRelatedTo");
                p["CFAssociations"].as_array_mut().unwrap().insert(3, more);
            },
            "/CFAssociations/3",
            "no such part",
        ),
        (
            |p| p["CFDefinitions"]["CFItemTypes"][0]["title"] = json!("Rung"),
            "/CFDefinitions/CFItemTypes/0/title",
            "\"Level\"",
        ),
        (
            |p| p["extensions"]["attestry"]["export"]["framework"]["version"] = json!("v.1"),
            "/extensions/attestry/export/framework/version",
            "says nothing here",
        ),
    ];
    for (change, place, words) in cases {
        let mut changed = own.clone();
        change(&mut changed);
        let told = refused(&changed);
        let expected =
            |told: &String| told.starts_with(&format!("{place}: ")) && told.contains(words);
        assert!(told.iter().any(expected), "{place}: {told:?}");
    }
    // Where and when it was written is no part of it, nor in which order.
    let mut elsewhere = own.clone();
    elsewhere["CFItems"][0]["uri"] = json!("https://other.example/1");
    elsewhere["CFDocument"]["lastChangeDateTime"] = json!("2030-01-01T00:00:00Z");
    for set in ["CFItems", "CFAssociations"] {
        elsewhere[set].as_array_mut().unwrap().reverse();
    }
    assert_eq!(import(&elsewhere).unwrap().version, sample.version);
}

#[test]
fn what_is_kept_beside_a_list_of_extensions_is_a_list() {
    let mut with_rubric = package();
    with_rubric["CFRubrics"] = json!([{
        "identifier": id(9), "uri": "https://x.example/9", "lastChangeDateTime": "2020-02-03T04:05:06Z",
        "CFRubricCriteria": [{
            "identifier": id(10), "uri": "https://x.example/10",
            "lastChangeDateTime": "2020-02-03T04:05:06Z",
            "CFRubricCriterionLevels": [{
                "identifier": id(11), "uri": "https://x.example/11",
                "lastChangeDateTime": "2020-02-03T04:05:06Z", "foo": 5
            }]
        }]
    }]);
    assert_eq!(mended(&with_rubric).len(), 1);
    let written = written(&import(&with_rubric).unwrap().version, None);
    let written: Value = serde_json::from_str(&written.to_text()).unwrap();
    let level = "/CFRubrics/0/CFRubricCriteria/0/CFRubricCriterionLevels/0/extensions";
    assert_eq!(written.pointer(level), Some(&json!([{"foo": 5}])));
}
