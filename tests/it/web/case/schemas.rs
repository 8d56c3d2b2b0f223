//! What is written is valid by the official schemas.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::{DOCUMENT, House, URL, house, id, object, text};
use crate::{
    peers::{self, schema_errors},
    support::shared_dir,
};

/// Where the peers and the shared data are.
fn examiners(test: &str) -> Option<(PathBuf, PathBuf)> {
    Some((peers::folder(test)?, shared_dir(test)?.join("data/case")))
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("it is there")).expect("it is JSON")
}

#[tokio::test]
async fn every_package_that_is_written_is_valid() {
    let test = "every_package_that_is_written_is_valid";
    let Some((peers, shared)) = examiners(test) else {
        return;
    };
    let schema = read(&shared.join("case-v1p1-cfpackage.schema.json"));
    let (own, versions) = house().await;
    let mut packages = Vec::new();
    for version in versions {
        packages.push(object(&own, &format!("CFPackages/{version}")).await);
    }
    packages.push(object(&own, &format!("CFPackages/{DOCUMENT}")).await);
    for name in [
        "MarkdownFramework.json",
        "SmartLevelFramework.json",
        "Utf8TestFramework.json",
        "Ordering.json",
        "opencase_round_trip_baseline.json",
        "opensalt-framework-20c5134f-423d-4097-a971-3dd5152bf507.json",
    ] {
        let bytes = std::fs::read(shared.join(name)).expect("it is there");
        let house = House::empty(URL).await;
        let imported = house.import(&bytes).await;
        packages.push(object(&house, &format!("CFPackages/{}", imported.version)).await);
    }
    for package in &packages {
        assert_eq!(schema_errors(&peers, package, &schema), None);
    }
    // The examiner can say no.
    let mut broken = packages.swap_remove(0);
    broken["CFItems"][0]["CFDocumentURI"] = json!("x");
    let errors = schema_errors(&peers, &broken, &schema).expect("it is broken");
    assert!(errors.contains("CFDocumentURI"), "{errors}");
}

#[tokio::test]
async fn every_answer_is_valid() {
    let Some((peers, shared)) = examiners("every_answer_is_valid") else {
        return;
    };
    let official = read(&shared.join("case-v1p1-openapi3.json"));
    let (house, versions) = house().await;
    let mut told: Map<String, Value> = Map::new();
    let mut tell = |class: &str, answer: Value| {
        let all = told.entry(class.to_owned()).or_insert_with(|| json!([]));
        all.as_array_mut().expect("a list").push(answer);
    };
    let list = object(&house, "CFDocuments").await;
    assert_eq!(
        list["CFDocuments"].as_array().map(Vec::len),
        Some(versions.len() + 1)
    );
    tell("CFDocumentSetDType", list);
    tell(
        "CFDocumentSetDType",
        object(&house, "CFDocuments?fields=notes&limit=1").await,
    );
    let mut documents: Vec<String> = versions.iter().map(ToString::to_string).collect();
    documents.push(DOCUMENT.to_owned());
    for document in documents {
        tell(
            "CFDocumentDType",
            object(&house, &format!("CFDocuments/{document}")).await,
        );
        let package = object(&house, &format!("CFPackages/{document}")).await;
        for item in package["CFItems"]
            .as_array()
            .expect("items")
            .iter()
            .step_by(7)
        {
            let id = text(&item["identifier"]);
            tell(
                "CFItemDType",
                object(&house, &format!("CFItems/{id}")).await,
            );
            let associations = object(&house, &format!("CFItemAssociations/{id}")).await;
            tell("CFAssociationSetDType", associations);
        }
        for one in package["CFAssociations"]
            .as_array()
            .expect("associations")
            .iter()
            .step_by(9)
        {
            let id = text(&one["identifier"]);
            tell(
                "CFAssociationDType",
                object(&house, &format!("CFAssociations/{id}")).await,
            );
        }
        for one in package["CFDefinitions"]["CFItemTypes"]
            .as_array()
            .expect("types")
        {
            let id = text(&one["identifier"]);
            tell(
                "CFItemTypeSetDType",
                object(&house, &format!("CFItemTypes/{id}")).await,
            );
        }
        tell("CFPackageDType", package);
    }
    tell(
        "CFSubjectSetDType",
        object(&house, &format!("CFSubjects/{}", id(12))).await,
    );
    tell(
        "CFConceptSetDType",
        object(&house, &format!("CFConcepts/{}", id(13))).await,
    );
    tell(
        "CFLicenseDType",
        object(&house, &format!("CFLicenses/{}", id(14))).await,
    );
    let grouping = object(&house, &format!("CFAssociationGroupings/{}", id(15))).await;
    tell("CFAssociationGroupingDType", grouping);
    tell(
        "CFRubricDType",
        object(&house, &format!("CFRubrics/{}", id(30))).await,
    );
    for path in [
        "CFItems/x",
        "CFItems/6f1d2c4e-0b1a-4c5d-8e9f-1a2b3c4d5e6e",
        "CFDocuments?sort=shoe",
        "CFDocuments?filter=x",
        "CFShoes/1",
    ] {
        let answer = house.get(&format!("{}/{path}", super::BASE), &[]).await;
        assert!((400..500).contains(&answer.status), "{path}");
        tell("imsx_StatusInfoDType", answer.json());
    }
    let classes: Map<String, Value> = told
        .keys()
        .map(|class| {
            let of = format!("#/components/schemas/{class}");
            (
                class.clone(),
                json!({"type": "array", "items": {"$ref": of}}),
            )
        })
        .collect();
    let count: usize = told
        .values()
        .map(|all| all.as_array().map_or(0, Vec::len))
        .sum();
    assert!(
        count > 80 && classes.len() == 13,
        "{count} of {}",
        classes.len()
    );
    let schema = json!({"properties": classes, "components": official["components"]});
    assert_eq!(schema_errors(&peers, &told.clone().into(), &schema), None);
    // The examiner can say no.
    told["CFItemDType"][0]["identifier"] = json!("6f1d2c4e-0b1a-7c5d-8e9f-1a2b3c4d5e6f");
    let errors = schema_errors(&peers, &told.into(), &schema).expect("it is broken");
    assert!(errors.contains("identifier"), "{errors}");
}
