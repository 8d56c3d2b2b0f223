//! What is exported of a version that was deprecated is imported again: where it came from nothing
//! changes, and elsewhere it is the same.

use attestry::catalog::{
    ops::export::{ExportFormat, ExportRequest, Subject, export},
    ops::import::Imported,
    samples::{SAMPLES, WIDE_SAMPLE},
};
use attestry::kernel::ids::global;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{digest, exported, import, package};
use crate::{
    peers::{self, schema_errors},
    support::{House, database::MEMORY, on_each_database, shared_dir},
};

on_each_database!(
    a_deprecated_package_of_others_is_what_it_was,
    a_deprecated_version_of_our_own_is_what_it_was,
);

pub(super) async fn wide(house: &House, id: Uuid) -> Value {
    let request = ExportRequest {
        of: Subject::Framework(id),
        family: None,
        label: None,
        format: Some(ExportFormat::V2_0),
    };
    let document = export(&house.app, &request).await.expect("it is there");
    serde_json::from_str(&document.to_text()).expect("it is JSON")
}

pub(super) async fn read(house: &House, document: &Value) -> Imported {
    let imported = import(house, document.to_string().as_bytes()).await;
    imported.unwrap_or_else(|problems| panic!("{problems:#?} of {document:#}"))
}

pub(super) async fn deprecate(house: &House, token: &str, id: Uuid) {
    let input = json!({
        "frameworkVersionId": global("FrameworkVersion", id), "note": "Too old.",
    });
    let fields = "frameworkVersion { state }";
    let done = house
        .api
        .mutate(token, "deprecateFrameworkVersion", fields, input)
        .await;
    assert_eq!(
        done.text("/deprecateFrameworkVersion/frameworkVersion/state"),
        "DEPRECATED"
    );
}

/// Imports what is exported of a version: into its own house, and into another, where it is new.
pub(super) async fn round(house: &House, elsewhere: &House, id: Uuid, document: &Value) {
    let again = read(house, document).await;
    assert_eq!(
        (again.version, again.unchanged, again.mended),
        (id, true, vec![])
    );
    let new = read(elsewhere, document).await;
    assert_eq!((new.version, new.mended), (id, vec![]));
    assert_eq!(digest(elsewhere, id).await, digest(house, id).await);
}

async fn a_deprecated_package_of_others_is_what_it_was(house: House) {
    let platform = house.bootstrap().await;
    // What the maintainer says of its state, and of what else the standard does not know.
    let said = [None, Some("Adopted"), Some("Deprecated")];
    let extensions = [
        None,
        Some(json!({})),
        Some(json!({"colour": "blue"})),
        Some(json!({"attestry": "ours"})),
        Some(json!({"attestry": {"family": "CUSTOM"}})),
        // Somebody else's, under the name that is used for it here.
        Some(json!({"attestry.deprecated": 5})),
    ];
    let mut number = 0_u32;
    for status in said {
        for extensions in &extensions {
            number += 1;
            let mut original = package();
            let document = &mut original["CFDocument"];
            document["identifier"] = json!(format!("{number:08x}-2c4e-4c5d-8e9f-1a2b3c4d5e6f"));
            if let Some(status) = status {
                document["adoptionStatus"] = json!(status);
            }
            if let Some(extensions) = extensions {
                document["extensions"] = extensions.clone();
            }
            let items = original["CFItems"].as_array_mut().expect("a list");
            for (item, n) in items.iter_mut().zip(1_u32..) {
                item["identifier"] = json!(format!("{number:08x}-0b1a-4c5d-8e9f-{n:012x}"));
            }
            let id = read(&house, &original).await.version;
            let before = exported(&house, id).await;
            deprecate(&house, &platform, id).await;
            let package = exported(&house, id).await;
            assert_eq!(package["CFDocument"]["adoptionStatus"], "Deprecated");
            let path = format!("/ims/case/v1p1/CFPackages/{id}");
            assert_eq!(house.api.get(&path).await.body, package);

            let elsewhere = House::open(MEMORY).await;
            round(&house, &elsewhere, id, &package).await;
            round(&house, &elsewhere, id, &wide(&house, id).await).await;
            assert_eq!(exported(&elsewhere, id).await, before);
            // The original, too, is what it was, and what was deprecated stays so.
            assert!(read(&house, &original).await.unchanged);
            assert_eq!(exported(&house, id).await, package);
            // A status that somebody gave it since counts.
            let mut adopted = package;
            adopted["CFDocument"]["adoptionStatus"] = json!("Adopted");
            match import(&house, adopted.to_string().as_bytes()).await {
                Ok(again) => assert!(again.unchanged && status == Some("Adopted")),
                Err(problems) => assert_ne!(status, Some("Adopted"), "{problems:?}"),
            }
            // Another status of the maintainer's is other content.
            let mut other = original;
            other["CFDocument"]["adoptionStatus"] = json!("Private Draft");
            let problems = import(&house, other.to_string().as_bytes()).await;
            let problems = problems.expect_err("the label is taken");
            assert_eq!(problems[0].code, "VERSION_PUBLISHED");
        }
    }
}

async fn a_deprecated_version_of_our_own_is_what_it_was(house: House) {
    let platform = house.bootstrap().await;
    let elsewhere = House::open(MEMORY).await;
    for sample in [&SAMPLES[0], &WIDE_SAMPLE] {
        let imported = import(&house, sample.bytes).await.expect("a good export");
        for id in imported.versions {
            deprecate(&house, &platform, id).await;
            let package = exported(&house, id).await;
            assert_eq!(package["CFDocument"]["adoptionStatus"], "Deprecated");
            round(&house, &elsewhere, id, &package).await;
            round(&house, &elsewhere, id, &wide(&house, id).await).await;
        }
    }
}

#[tokio::test]
async fn a_deprecated_package_of_others_is_of_the_official_schema() {
    let name = "a_deprecated_package_of_others_is_of_the_official_schema";
    let (Some(peers), Some(shared)) = (peers::folder(name), shared_dir(name)) else {
        return;
    };
    let schema = shared.join("data/case/case-v1p1-cfpackage.schema.json");
    let schema = std::fs::read(schema).expect("it is there");
    let schema: Value = serde_json::from_slice(&schema).expect("it is JSON");
    let house = House::open(MEMORY).await;
    let platform = house.bootstrap().await;
    let id = read(&house, &package()).await.version;
    deprecate(&house, &platform, id).await;
    let package = exported(&house, id).await;
    assert_eq!(package["CFDocument"]["adoptionStatus"], "Deprecated");
    assert_eq!(schema_errors(&peers, &package, &schema), None);
}
