//! The JSON Schema of the framework export 2.0, held by another implementation: against what is
//! exported, and against what is refused.

mod changed;

use std::path::Path;

use attestry::catalog::{
    export::v2_0::SCHEMA,
    model::Family,
    ops::export::{ExportFormat, ExportRequest, Subject, export},
    samples::{SAMPLES, WIDE_SAMPLE},
};
use serde_json::{Value, json};

use crate::{
    case,
    drafts::Desk,
    peers::{self, schema_errors},
    support::{House, Tenant, cast, on_each_database},
};

on_each_database!(
    the_samples_are_exported_by_the_schema,
    what_is_drafted_is_exported_by_the_schema,
    what_came_from_elsewhere_is_exported_by_the_schema,
);

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("the schema is JSON")
}

async fn exported(house: &House, of: Subject, family: Option<Family>) -> Value {
    let request = ExportRequest {
        of,
        family,
        label: None,
        format: Some(ExportFormat::V2_0),
    };
    let document = export(&house.app, &request).await.expect("it is there");
    serde_json::from_str(&document.to_text()).expect("it is JSON")
}

fn check(peers: &Path, document: &Value) {
    let errors = schema_errors(peers, document, &schema());
    assert_eq!(errors, None, "{document}");
}

async fn the_samples_are_exported_by_the_schema(house: House) {
    let Some(peers) = peers::folder("the_samples_are_exported_by_the_schema") else {
        return;
    };
    let platform = house.with_samples().await;
    let wide = std::str::from_utf8(WIDE_SAMPLE.bytes).expect("samples are UTF-8");
    house.api.import(&platform, wide).await;
    check(&peers, &serde_json::from_str(wide).expect("it is JSON"));
    for sample in SAMPLES.iter().chain([&WIDE_SAMPLE]) {
        let of = || Subject::Occupation(sample.soc.parse().expect("a code"));
        let document = exported(&house, of(), None).await;
        check(&peers, &document);
        if sample.soc != WIDE_SAMPLE.soc {
            continue;
        }
        // Domains, citations, anchors and figures: all of it is there, and in each part.
        assert_eq!(document["frameworks"].as_array().map(Vec::len), Some(3));
        assert!(document["profile"]["evidencePack"]["usage"].is_object());
        for family in [Family::Mastery, Family::AiLiteracy, Family::DurableSkills] {
            let alone = exported(&house, of(), Some(family)).await;
            assert_eq!(alone["framework"]["family"], family.as_str());
            check(&peers, &alone);
        }
    }
}

async fn what_is_drafted_is_exported_by_the_schema(house: House) {
    let Some(peers) = peers::folder("what_is_drafted_is_exported_by_the_schema") else {
        return;
    };
    let platform = house.bootstrap().await;
    let wide = std::str::from_utf8(WIDE_SAMPLE.bytes).expect("samples are UTF-8");
    house.api.import(&platform, wide).await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let desk = Desk::of(&college);
    let first = desk.published("forklift-safety").await;
    let draft = desk.after(&first).await;
    let statement = cast::row_id(&desk.statements(&first).await[1]).to_string();
    let edits = json!([{"putStatement": {"ref": statement, "text": "Teaches others."}}]);
    desk.edit(&draft, 1, edits).await;
    let second = desk.publish(&draft, 2, "v.2").await;
    let second = second.text("/publishFrameworkDraft/frameworkDraft/frameworkVersion/id");
    let input = json!({"frameworkVersionId": first, "note": "v.2 says it better."});
    college
        .admin("deprecateFrameworkVersion", "__typename", input)
        .await;
    for version in [&first, &second] {
        let document = exported(&house, Subject::Framework(cast::row_id(version)), None).await;
        assert_eq!(document["framework"]["key"], "custom/forklift-safety");
        check(&peers, &document);
    }
    // A shared one with domains and a profile, in its next version.
    let query = "query($soc: String!) { occupation(soc: $soc) {
        frameworkVersions(family: DURABLE_SKILLS) { id } } }";
    let found = house
        .api
        .send(None, query, json!({"soc": WIDE_SAMPLE.soc}))
        .await;
    let desk = Desk {
        api: &house.api,
        token: &platform,
    };
    let draft = desk
        .after(&found.text("/occupation/frameworkVersions/0/id"))
        .await;
    let edits = json!([{"setTexts": {"contextCovered": "Bars of hotels."}}]);
    desk.edit(&draft, 1, edits).await;
    let next = desk.publish(&draft, 2, "v.99").await;
    let next = next.text("/publishFrameworkDraft/frameworkDraft/frameworkVersion/id");
    let document = exported(&house, Subject::Framework(cast::row_id(&next)), None).await;
    assert_eq!(document["framework"]["replaces"], "v.26.11");
    assert!(document["profile"].is_object(), "{document}");
    check(&peers, &document);
}

async fn what_came_from_elsewhere_is_exported_by_the_schema(house: House) {
    let name = "what_came_from_elsewhere_is_exported_by_the_schema";
    let Some(peers) = peers::folder(name) else {
        return;
    };
    let platform = house.bootstrap().await;
    // Members that 1.0 does not define, one of them with a name that 2.0 does.
    let mut old: Value = serde_json::from_slice(SAMPLES[0].bytes).expect("it is JSON");
    old["colour"] = json!({"of": ["cover", null]});
    old["framework"]["family"] = json!(7);
    let mut documents = vec![old, case::package()];
    if let Some(shared) = crate::support::shared_dir(name) {
        // The last claims to be the version that another is.
        for (file, _) in &case::REAL[..5] {
            let bytes = std::fs::read(shared.join("data/case").join(file)).expect("it is there");
            documents.push(serde_json::from_slice(&bytes).expect("it is JSON"));
        }
    }
    for document in documents {
        let done = house.api.import(&platform, &document.to_string()).await;
        let id = done.text("/importFramework/imported/frameworkVersion/id");
        let written = exported(&house, Subject::Framework(cast::row_id(&id)), None).await;
        if document["schemaVersion"] == "1.0" {
            assert_eq!(written["otherMembers"], json!({"/framework/family": 7}));
        } else {
            assert!(written["framework"]["case"].is_object(), "{written}");
        }
        check(&peers, &written);
    }
}
