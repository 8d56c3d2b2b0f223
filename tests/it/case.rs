//! CASE packages, into the database and out of it.

mod again;
mod owned;

use attestry::catalog::{
    case::Writer,
    ops::{
        browse, case,
        export::{ExportRequest, Subject},
        import::{Imported, import_framework},
    },
    samples::{SAMPLES, WIDE_SAMPLE},
};
use attestry::kernel::errors::{Error, Problem};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{House, on_each_database, shared_dir};

on_each_database!(
    a_package_of_our_own_changes_nothing,
    a_package_of_others_is_a_framework_of_its_own,
    the_levels_of_others_stay_items,
    every_real_package_is_imported,
    what_took_the_place_of_a_version_is_told,
);

const BASE: &str = "https://skills.example";

/// Packages among the shared data, and how many items each has.
pub(crate) const REAL: [(&str, usize); 6] = [
    ("MarkdownFramework.json", 2),
    ("SmartLevelFramework.json", 14),
    ("Ordering.json", 28),
    ("opencase_round_trip_baseline.json", 36),
    (
        "opensalt-framework-20c5134f-423d-4097-a971-3dd5152bf507.json",
        16,
    ),
    ("Utf8TestFramework.json", 1),
];

const DOCUMENT: &str = "6f1d2c4e-0b1a-4c5d-8e9f-1a2b3c4d5e6f";

async fn import(house: &House, bytes: &[u8]) -> Result<Imported, Vec<Problem>> {
    match import_framework(&house.app.operator(), bytes).await {
        Ok(imported) => Ok(imported),
        Err(Error::Invalid(problems)) => Err(problems),
        Err(other) => panic!("{other}"),
    }
}

async fn exported(house: &House, id: Uuid) -> Value {
    let request = ExportRequest {
        of: Subject::Framework(id),
        family: None,
        label: None,
        format: None,
    };
    let package = case::export(&house.app, &request, BASE).await;
    let package = package.expect("it is there");
    serde_json::from_str(&package.to_text()).expect("it is JSON")
}

async fn digest(house: &House, id: Uuid) -> String {
    let found = browse::versions(&house.app, &[id]).await.expect("versions");
    found[&id].row.content_sri.clone()
}

async fn a_package_of_our_own_changes_nothing(house: House) {
    let elsewhere = House::open("sqlite::memory:").await;
    for sample in SAMPLES.iter().chain([&WIDE_SAMPLE]) {
        let imported = import(&house, sample.bytes).await.expect("a good export");
        for id in imported.versions {
            let package = exported(&house, id).await;
            let text = package.to_string();
            let again = import(&house, text.as_bytes()).await.expect("our own");
            assert_eq!((again.version, again.unchanged), (id, true));
            assert_eq!(again.mended, []);
            let new = import(&elsewhere, text.as_bytes()).await.expect("our own");
            assert_eq!((new.version, new.unchanged), (id, false));
            assert_eq!(digest(&elsewhere, id).await, digest(&house, id).await);
            assert_eq!(
                exported(&elsewhere, id).await["CFItems"]
                    .as_array()
                    .map(Vec::len),
                package["CFItems"].as_array().map(Vec::len)
            );

            // What somebody changed is found out.
            let mut changed = package.clone();
            changed["CFItems"][5]["fullStatement"] = json!("Something else.");
            let problems = import(&house, changed.to_string().as_bytes()).await;
            let problems = problems.expect_err("it was changed");
            assert_eq!(
                problems[0].field,
                "/extensions/attestry/export/framework/digestSRI"
            );
            let mut moved = package;
            moved["CFAssociations"]
                .as_array_mut()
                .expect("a list")
                .remove(0);
            let problems = import(&house, moved.to_string().as_bytes()).await;
            let problems = problems.expect_err("it was changed");
            assert_eq!(
                (problems[0].field.as_str(), problems[0].code),
                ("/CFItems/0", "BAD_DOCUMENT")
            );
        }
    }
}

/// A package of others, with two items.
pub(crate) fn package() -> Value {
    let item = |number: u32, text: &str| {
        json!({
            "identifier": format!("{number:08x}-0b1a-4c5d-8e9f-1a2b3c4d5e6f"),
            "fullStatement": text, "CFItemType": "Skill"
        })
    };
    json!({
        "CFDocument": {
            "identifier": DOCUMENT, "uri": "https://x.example/d", "creator": "Harbour School",
            "title": "Small boats", "version": "1", "lastChangeDateTime": "2026-02-03T04:05:06Z"
        },
        "CFItems": [item(1, "Rows a dinghy across the harbour."), item(2, "Ties a bowline.")],
        "CFAssociations": []
    })
}

async fn a_package_of_others_is_a_framework_of_its_own(house: House) {
    let imported = import(&house, package().to_string().as_bytes()).await;
    let imported = imported.expect("a package");
    assert_eq!(
        (imported.soc.as_deref(), imported.title.as_str()),
        (None, "Small boats")
    );
    assert_eq!((imported.levels, imported.statements), (1, 2));
    let told: Vec<_> = imported
        .mended
        .iter()
        .map(|m| (m.path.as_str(), m.times))
        .collect();
    let expected = [
        ("/CFItems/0/uri", 2),
        ("/CFItems/0/lastChangeDateTime", 2),
        ("/CFItems/0", 2),
    ];
    assert_eq!(told, expected);

    let again = import(&house, package().to_string().as_bytes()).await;
    assert!(again.expect("the same").unchanged);
    let written = exported(&house, imported.version).await;
    assert_eq!(written["CFDocument"]["identifier"], DOCUMENT);
    let again = import(&house, written.to_string().as_bytes()).await;
    let again = again.expect("the same");
    assert_eq!((again.unchanged, again.mended.len()), (true, 0));

    let mut other = package();
    other["CFItems"][1]["fullStatement"] = json!("Ties a reef knot.");
    let problems = import(&house, other.to_string().as_bytes()).await;
    let problems = problems.expect_err("the label is taken");
    // In the words of the package.
    let told: Vec<_> = problems
        .iter()
        .map(|p| (p.field.as_str(), p.code))
        .collect();
    let item = "/CFItems/00000002-0b1a-4c5d-8e9f-1a2b3c4d5e6f/fullStatement";
    assert_eq!(
        told,
        [
            ("/CFDocument/version", "VERSION_PUBLISHED"),
            (item, "DIFFERS")
        ]
    );
    assert!(problems[1].message.contains("reef knot"), "{problems:?}");
    // What no place in the package tells is told as the catalog has it.
    let mut turned = package();
    turned["CFItems"].as_array_mut().expect("a list").reverse();
    let problems = import(&house, turned.to_string().as_bytes()).await;
    let problems = problems.expect_err("the label is taken");
    assert_eq!(problems[0].code, "VERSION_PUBLISHED");
    assert!(problems.iter().any(|p| p.code == "DIFFERS"), "{problems:?}");
    other["CFDocument"]["version"] = json!("2");
    let second = import(&house, other.to_string().as_bytes()).await;
    let second = second.expect("another version");
    assert_ne!(second.version, imported.version);
    // The document is that of its newest version.
    let newest = case::of_document(&house.app, DOCUMENT.parse().expect("a UUID")).await;
    let newest = newest.expect("it is read").expect("it is there");
    let newest = newest.write(BASE, |writer: &Writer<'_>| writer.document());
    assert_eq!(newest.get("version").and_then(|v| v.as_str()), Some("2"));
    let listing = case::Listing {
        limit: 9,
        ..Default::default()
    };
    let listed = case::documents(&house.app, BASE, &listing).await;
    let (listed, total) = listed.expect("a list");
    assert_eq!((listed.len(), total), (1, 1));

    let mut bad = package();
    bad["CFDocument"]["version"] = json!("3");
    bad["CFItems"][1]["fullStatement"] = json!("");
    assert!(import(&house, bad.to_string().as_bytes()).await.is_err());
    let framework = browse::versions(&house.app, &[imported.version]).await;
    let framework = framework.expect("versions")[&imported.version]
        .row
        .framework_id;
    let all = browse::versions_of_frameworks(&house.app, &[framework]).await;
    assert_eq!(all.expect("versions")[&framework].len(), 2);
}

async fn the_levels_of_others_stay_items(house: House) {
    let link = |item: &Value| json!({"title": item["fullStatement"], "identifier": item["identifier"], "uri": "x:1"});
    let mut original = package();
    original["CFItems"][1]["CFItemType"] = json!("Level");
    let items = &original["CFItems"];
    let at_level = json!({
        "identifier": "7f1d2c4e-0b1a-4c5d-8e9f-1a2b3c4d5e6f", "uri": "https://x.example/7",
        "associationType": "hasSkillLevel", "originNodeURI": link(&items[0]),
        "destinationNodeURI": link(&items[1]), "lastChangeDateTime": "2026-02-03T04:05:06Z"
    });
    original["CFAssociations"] = json!([at_level]);
    let imported = import(&house, original.to_string().as_bytes()).await;
    let imported = imported.expect("a package");
    assert_eq!((imported.levels, imported.statements), (1, 2));
    let written = exported(&house, imported.version).await;
    let all = written["CFAssociations"].as_array().expect("a list");
    assert!(all.contains(&at_level), "{written:#}");
    assert_eq!(written["CFItems"][1]["CFItemType"], "Level");
    let again = import(&house, written.to_string().as_bytes()).await;
    assert!(again.expect("the same").unchanged);
}

async fn every_real_package_is_imported(house: House) {
    let Some(shared) = shared_dir("every_real_package_is_imported") else {
        return;
    };
    for (name, statements) in REAL {
        let bytes = std::fs::read(shared.join("data/case").join(name)).expect("it is there");
        let fresh = House::open("sqlite::memory:").await;
        let imported = import(&fresh, &bytes).await.expect(name);
        assert_eq!(
            (imported.levels, imported.statements),
            (1, statements),
            "{name}"
        );
        let package = exported(&fresh, imported.version).await;
        let again = import(&fresh, package.to_string().as_bytes())
            .await
            .expect(name);
        assert_eq!((again.unchanged, again.mended.len()), (true, 0), "{name}");
        match import(&house, &bytes).await {
            Ok(_) => assert_ne!(name, "Utf8TestFramework.json"),
            // Its document and the time of its last change are those of another package.
            Err(problems) => {
                assert_eq!(name, "Utf8TestFramework.json");
                assert_eq!(problems[0].code, "VERSION_PUBLISHED");
                assert!(problems.len() > 3, "{problems:?}");
            }
        }
    }
}

async fn what_took_the_place_of_a_version_is_told(house: House) {
    let old = import(&house, SAMPLES[0].bytes)
        .await
        .expect("a good export");
    let found = browse::versions(&house.app, &[old.version])
        .await
        .expect("versions");
    let first = &found[&old.version].levels[0].statements[0];
    let mut new: Value = serde_json::from_slice(WIDE_SAMPLE.bytes).expect("JSON");
    let sample: Value = serde_json::from_slice(SAMPLES[0].bytes).expect("JSON");
    new["occupation"] = sample["occupation"].clone();
    let label = sample["framework"]["version"].clone();
    let mut framework = sample["framework"].clone();
    framework["family"] = json!("MASTERY");
    framework["version"] = json!("v.99");
    framework["replaces"] = label;
    let levels = framework["levels"].as_object_mut().expect("levels");
    let level = levels.values_mut().next().expect("a level");
    level["statements"][0] = json!({"text": "Reworded.", "replaces": first.id});
    let new = json!({
        "schemaVersion": "2.0", "occupation": sample["occupation"], "framework": framework,
        "sources": {}, "attribution": ""
    });
    let new = import(&house, new.to_string().as_bytes())
        .await
        .expect("a good export");
    let package = exported(&house, old.version).await;
    let associations = package["CFAssociations"].as_array().expect("a list");
    let ends: Vec<_> = associations
        .iter()
        .filter(|one| one["associationType"] == "replacedBy")
        .map(|one| {
            (
                &one["originNodeURI"]["identifier"],
                &one["destinationNodeURI"]["identifier"],
            )
        })
        .collect();
    let found = browse::versions(&house.app, &[new.version])
        .await
        .expect("versions");
    let second = &found[&new.version].levels[0].statements[0];
    let (document, statement) = (
        (json!(old.version), json!(new.version)),
        (json!(first.id), json!(second.id)),
    );
    assert_eq!(
        ends,
        [(&document.0, &document.1), (&statement.0, &statement.1)]
    );
    let again = import(&house, package.to_string().as_bytes()).await;
    assert!(again.expect("our own").unchanged);
}
