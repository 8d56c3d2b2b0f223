//! All three families of an occupation, through the API and the database and back.

use std::collections::BTreeMap;

use attestry::catalog::{
    import::{Import, Limits, read},
    model::{Family, FrameworkVersion},
    ops::export::{ExportFormat, ExportRequest, Subject, export},
    samples::{SAMPLES, WIDE_SAMPLE},
    store,
};
use serde_json::{Value, json};

use crate::support::{House, on_each_database};

on_each_database!(
    what_was_imported_is_read_exported_and_imported_again,
    clients_see_domains_citations_and_figures,
    a_refused_document_leaves_nothing_behind,
    one_content_may_come_in_another_document,
);

fn sample() -> Value {
    serde_json::from_slice(WIDE_SAMPLE.bytes).expect("the sample is JSON")
}

fn parsed(bytes: &[u8]) -> Import {
    read(bytes, &Limits::default()).expect("it is a document")
}

fn request(family: Option<Family>, format: Option<ExportFormat>) -> ExportRequest {
    ExportRequest {
        of: Subject::Occupation(WIDE_SAMPLE.soc.parse().expect("a code")),
        family,
        label: None,
        format,
    }
}

const IMPORT: &str = "mutation($document: String!) {
    importFramework(input: {document: $document}) {
        imported { unchanged levels statements unknownMembers
            frameworkVersion { id } frameworkVersions { id family } }
        userErrors { field code message } } }";

async fn import(house: &House, platform: &str, document: &Value) -> Value {
    let variables = json!({"document": document.to_string()});
    let answer = house.api.send(Some(platform), IMPORT, variables).await;
    answer.at("/importFramework").clone()
}

async fn what_was_imported_is_read_exported_and_imported_again(house: House) {
    let platform = house.bootstrap().await;
    let first = import(&house, &platform, &sample()).await;
    assert_eq!(first["userErrors"], json!([]));
    let families: Vec<_> = first["imported"]["frameworkVersions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|v| v["family"].clone())
        .collect();
    assert_eq!(families, ["MASTERY", "AI_LITERACY", "DURABLE_SKILLS"]);
    assert_eq!(first["imported"]["levels"], 12);
    assert_eq!(first["imported"]["statements"], 26);
    assert_eq!(first["imported"]["unchanged"], false);

    let known = parsed(WIDE_SAMPLE.bytes);
    let told: Vec<FrameworkVersion> = known.versions().cloned().collect();
    let all = export(&house.app, &request(None, None))
        .await
        .expect("it is there");
    let again = parsed(all.to_text().as_bytes());
    assert_eq!(again.versions().cloned().collect::<Vec<_>>(), told);
    assert_eq!(again.profile, known.profile);
    for version in &told {
        let alone = export(&house.app, &request(Some(version.family), None)).await;
        let alone = parsed(alone.expect("it is there").to_text().as_bytes());
        assert_eq!(&alone.version, version);
        assert_eq!(alone.profile, known.profile);
    }
    let narrow = export(&house.app, &request(None, Some(ExportFormat::V1_0))).await;
    let narrow = narrow.expect_err("1.0 cannot say it").to_string();
    assert!(
        narrow.contains("subtitles or descriptions of levels"),
        "{narrow}"
    );

    // The export of the whole, and of each part, is what is there already.
    let all: Value = serde_json::from_str(&all.to_text()).expect("it is JSON");
    let second = import(&house, &platform, &all).await;
    assert_eq!(second["imported"]["unchanged"], true, "{second}");
    let mut changed = all;
    changed["frameworks"][2]["domains"][0]["title"] = json!("Hearing");
    let refused = import(&house, &platform, &changed).await;
    let error = &refused["userErrors"][0];
    assert!(
        error["message"]
            .as_str()
            .is_some_and(|m| m.contains("was changed after it was written"))
    );
}

const BROWSE: &str = "query($soc: String!) { occupation(soc: $soc) {
    group
    evidencePack {
        usage { label figures { kind label number unit outOf printed } }
        feasibility { label topSkill precision score { number unit outOf printed } }
        cluster { label name slug } }
    frameworkVersions { family state title creator
        domains { number key title description }
        citedSources { key label title release date licence url }
        profile { label digestSRI anchorProvider relatedTitles notes attribution
            anchors { kind ordinal text element importance }
            tasks: anchors(kind: TASK) { ordinal }
            rapids { code } cipCodes { code title }
            relatedOccupations { ordinal soc title tier }
            sources { key } }
        levels { ordinal label subtitle description
            statements { code position title domain { number title }
                citations { locator source { key label title } }
                anchors { kind ordinal } split { isSure at } } } } } }";

async fn clients_see_domains_citations_and_figures(house: House) {
    let platform = house.bootstrap().await;
    import(&house, &platform, &sample()).await;
    let answer = house
        .api
        .send(None, BROWSE, json!({"soc": WIDE_SAMPLE.soc}))
        .await;
    let occupation = answer.at("/occupation");
    let pack = &occupation["evidencePack"];
    assert_eq!(
        pack["usage"]["figures"][0],
        json!({"kind": "TASK_OBSERVATIONS", "label": "Observations", "number": 1204.0,
            "unit": "COUNT", "outOf": null, "printed": "1,204"})
    );
    assert_eq!(
        pack["feasibility"]["score"],
        json!({"number": 31.5, "unit": "SCORE", "outOf": 100.0, "printed": "31.5 / 100"})
    );
    assert_eq!(pack["cluster"]["slug"], "people_and_machines");

    let versions = occupation["frameworkVersions"].as_array().expect("a list");
    let by_family: BTreeMap<_, _> = versions
        .iter()
        .map(|v| (v["family"].as_str().expect("a family"), v))
        .collect();
    assert_eq!(by_family.len(), 3);
    let document = sample();
    for (index, family) in ["MASTERY", "AI_LITERACY", "DURABLE_SKILLS"]
        .into_iter()
        .enumerate()
    {
        let version = by_family[family];
        assert_eq!(version["state"], "PUBLISHED");
        let source = &document["frameworks"][index];
        for level in version["levels"].as_array().expect("levels") {
            let key = level["label"].as_str().expect("a label").to_lowercase();
            let from = &source["levels"][key];
            assert_eq!(level["subtitle"], from["subtitle"]);
            let given = from["statements"].as_array().expect("statements");
            let shown = level["statements"].as_array().expect("statements");
            assert_eq!(shown.len(), given.len());
            for (shown, given) in shown.iter().zip(given) {
                assert_eq!(shown["domain"]["number"], given["domain"]);
                let cited = given["citations"].as_array().cloned().unwrap_or_default();
                let keys: Vec<_> = cited
                    .iter()
                    .map(|c| (&c["source"], &c["locator"]))
                    .collect();
                let told = shown["citations"].as_array().expect("citations");
                let told: Vec<_> = told
                    .iter()
                    .map(|c| (&c["source"]["key"], &c["locator"]))
                    .collect();
                assert_eq!(told, keys);
                let anchors = given.get("anchors").cloned().unwrap_or(json!([]));
                assert_eq!(shown["anchors"], anchors);
                let unsure = given.get("split").is_some();
                assert_eq!(shown["split"]["isSure"], !unsure);
                assert_eq!(shown["title"].is_null(), unsure, "{shown}");
            }
        }
    }
    let durable = by_family["DURABLE_SKILLS"];
    assert_eq!(
        durable["domains"][2]["description"],
        "Care for what is used up."
    );
    assert_eq!(
        durable["levels"][0]["statements"][1]["code"],
        "35-3023.01/DURABLE_SKILLS/v.26.11/2.1.01"
    );
    let profile = &durable["profile"];
    assert_eq!(profile["rapids"], json!([]));
    assert_eq!(profile["anchors"].as_array().map(Vec::len), Some(9));
    assert_eq!(profile["tasks"].as_array().map(Vec::len), Some(3));
    assert_eq!(profile["anchors"][3]["importance"], "3.50");
    assert_eq!(
        profile["relatedOccupations"][1],
        json!({"ordinal": 2, "soc": "35-3011.00", "title": null, "tier": null})
    );
    assert_eq!(profile, &by_family["MASTERY"]["profile"]);
}

async fn a_refused_document_leaves_nothing_behind(house: House) {
    let platform = house.bootstrap().await;
    import(&house, &platform, &sample()).await;
    // The last framework is published with other content: neither the new first one nor the new
    // profile may stay.
    let mut document = sample();
    document["frameworks"][0]["version"] = json!("v.27.01");
    document["frameworks"][1]["version"] = json!("v.27.01");
    document["profile"]["version"] = json!("v.27.01");
    document["occupation"]["title"] = json!("Changed");
    let refused = import(&house, &platform, &document).await;
    assert_eq!(refused["imported"], Value::Null);
    assert_eq!(refused["userErrors"][0]["code"], "VERSION_PUBLISHED");
    let id = attestry::catalog::ids::occupation(&WIDE_SAMPLE.soc.parse().expect("a code"));
    let db = house.app.db.public();
    assert_eq!(
        store::version_ids(db, &[id])
            .await
            .expect("it answers")
            .len(),
        3
    );
    assert_eq!(
        store::profile_labels(db, &[id])
            .await
            .expect("it answers")
            .len(),
        1
    );
    let rows = store::occupations_by_id(db, &[id])
        .await
        .expect("it answers");
    assert_eq!(rows[0].title, "Baristas");

    let mut other = sample();
    other["profile"]["notes"] = json!(["Another."]);
    let refused = import(&house, &platform, &other).await;
    assert_eq!(refused["userErrors"][0]["code"], "PROFILE_PUBLISHED");
}

async fn one_content_may_come_in_another_document(house: House) {
    let platform = house.with_samples().await;
    let old: Value = serde_json::from_slice(SAMPLES[0].bytes).expect("it is JSON");
    let request = ExportRequest {
        of: Subject::Occupation(SAMPLES[0].soc.parse().expect("a code")),
        family: None,
        label: None,
        format: Some(ExportFormat::V2_0),
    };
    let wide = export(&house.app, &request).await.expect("it is there");
    let wide: Value = serde_json::from_str(&wide.to_text()).expect("it is JSON");
    assert_eq!(wide["schemaVersion"], "2.0");
    let again = import(&house, &platform, &wide).await;
    assert_eq!(again["imported"]["unchanged"], true, "{again}");
    let plain = ExportRequest {
        format: None,
        ..request
    };
    let plain = export(&house.app, &plain).await.expect("it is there");
    let plain: Value = serde_json::from_str(&plain.to_text()).expect("it is JSON");
    assert_eq!(plain, old);
    // A source that gives no group does not take away the one that is known.
    let mut later = wide;
    later["occupation"]
        .as_object_mut()
        .expect("an object")
        .remove("group");
    later["framework"]["version"] = json!("v.27.01");
    later["framework"]
        .as_object_mut()
        .expect("an object")
        .remove("digestSRI");
    let done = import(&house, &platform, &later).await;
    assert_eq!(done["imported"]["unchanged"], false, "{done}");
    let query =
        "query($soc: String!) { occupation(soc: $soc) { group frameworkVersions { label } } }";
    let told = house
        .api
        .send(None, query, json!({"soc": SAMPLES[0].soc}))
        .await;
    assert_eq!(told.at("/occupation/group"), &old["occupation"]["group"]);
    assert_eq!(told.at("/occupation/frameworkVersions/0/label"), "v.27.01");
}
