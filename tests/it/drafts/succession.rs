//! What took the place of what.

use attestry::catalog::samples::SAMPLES;
use serde_json::{Value, json};

use super::Desk;
use crate::support::{House, Tenant, cast, on_each_database};

on_each_database!(
    a_statement_is_followed_through_three_versions,
    a_version_that_says_nothing_goes_on_with_the_same_words,
    a_statement_that_moves_in_other_words_is_still_itself,
);

async fn a_statement_is_followed_through_three_versions(house: House) {
    let platform = house.with_samples().await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let desk = Desk::of(&college);
    let mut versions = vec![desk.published("forklift-safety").await];
    let mut line = vec![desk.statements(&versions[0]).await[0].clone()];
    for number in 2..=3 {
        let draft = desk.after(&versions[versions.len() - 1]).await;
        // Another comes before it, and it is reworded: it is still the one that it was.
        let reference = cast::row_id(&line[line.len() - 1]).to_string();
        let query = "query D($id: ID!) { frameworkDraft(id: $id) { levels { ref } } }";
        let told = house
            .api
            .send(Some(desk.token), query, json!({"id": draft}))
            .await;
        let level = told.text("/frameworkDraft/levels/0/ref");
        let edits = json!([
            {"putStatement": {"ref": reference, "text": format!("Looks {number} times.")}},
            {"putStatement": {"ref": "new", "level": level, "text": "Breathes.", "after": null}},
        ]);
        desk.edit(&draft, 1, edits).await;
        let published = desk.publish(&draft, 2, &format!("v.{number}")).await;
        let place = "/publishFrameworkDraft/frameworkDraft/frameworkVersion/id";
        versions.push(published.text(place));
        let statements = desk.statements(&versions[versions.len() - 1]).await;
        line.push(statements[number - 1].clone());
    }
    let query = "query L($id: ID!) { statement(id: $id) { lineage { id text frameworkVersion {
        label replaces { label } replacedBy { label } } } } }";
    let all: Vec<Value> = line.iter().map(|id| json!(id)).collect();
    for (at, statement) in line.iter().enumerate() {
        let told = house.api.send(None, query, json!({"id": statement})).await;
        let told = told
            .at("/statement/lineage")
            .as_array()
            .expect("a list")
            .clone();
        let ids: Vec<Value> = told.iter().map(|one| one["id"].clone()).collect();
        let mut others = all.clone();
        others.remove(at);
        assert_eq!(ids, others);
        for one in &told {
            let version = &one["frameworkVersion"];
            let (before, after) = match version["label"].as_str() {
                Some("v.1") => (json!(null), json!([{"label": "v.2"}])),
                Some("v.2") => (json!({"label": "v.1"}), json!([{"label": "v.3"}])),
                _ => (json!({"label": "v.2"}), json!([])),
            };
            assert_eq!(
                (&version["replaces"], &version["replacedBy"]),
                (&before, &after)
            );
        }
    }
    // What was new in the second version has one of the third after it, and none before.
    let new = desk.statements(&versions[1]).await[0].clone();
    let told = house.api.send(None, query, json!({"id": new})).await;
    let texts: Vec<_> = told
        .at("/statement/lineage")
        .as_array()
        .expect("a list")
        .clone();
    assert_eq!(texts.len(), 1, "{texts:?}");
    assert_eq!(texts[0]["text"], "Breathes.");
    // The difference tells the same words.
    let query =
        "query X($a: ID!, $b: ID!) { frameworkDiff(fromVersionId: $a, toVersionId: $b) { text } }";
    let diff = house
        .api
        .send(None, query, json!({"a": versions[1], "b": versions[2]}))
        .await;
    assert!(diff.text("/frameworkDiff/text").contains("3"), "{diff:?}");
}

async fn a_version_that_says_nothing_goes_on_with_the_same_words(house: House) {
    let platform = house.bootstrap().await;
    let api = &house.api;
    let mut document: Value = serde_json::from_slice(SAMPLES[0].bytes).expect("JSON");
    api.import(&platform, &document.to_string()).await;
    let levels = document["framework"]["levels"].as_object_mut();
    let (_, level) = levels.expect("levels").iter_mut().next().expect("a level");
    level["statements"][1] = json!("Says something else altogether.");
    document["framework"]["version"] = json!("v.99.01");
    api.import(&platform, &document.to_string()).await;
    let query = "query O($soc: String!) { occupation(soc: $soc) { frameworkVersions {
        label replaces { label } levels { statements { id text lineage { id text } } } } } }";
    let told = api.send(None, query, json!({"soc": SAMPLES[0].soc})).await;
    let versions = told.at("/occupation/frameworkVersions");
    assert_eq!(versions[0]["label"], "v.99.01");
    assert_eq!(versions[0]["replaces"], Value::Null);
    let all = |version: &Value| -> Vec<Value> {
        let levels = version["levels"].as_array().expect("levels").iter();
        let of = |level: &Value| level["statements"].as_array().expect("a list").clone();
        levels.flat_map(of).collect()
    };
    let (newer, older) = (all(&versions[0]), all(&versions[1]));
    let mut reworded = 0;
    for (new, old) in newer.iter().zip(&older) {
        let line = |of: &Value| of["lineage"].as_array().expect("a list").clone();
        if new["text"] == old["text"] {
            assert_eq!(line(new), [json!({"id": old["id"], "text": old["text"]})]);
            assert_eq!(line(old), [json!({"id": new["id"], "text": new["text"]})]);
        } else {
            reworded += 1;
            assert_eq!((line(new), line(old)), (vec![], vec![]));
        }
    }
    assert_eq!((reworded, newer.len()), (1, older.len()));
}

async fn a_statement_that_moves_in_other_words_is_still_itself(house: House) {
    let platform = house.with_samples().await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let desk = Desk::of(&college);
    let first = desk.published("forklift-safety").await;
    let old = desk.statements(&first).await[0].clone();
    let draft = desk.after(&first).await;
    let reference = cast::row_id(&old).to_string();
    let edits = json!([
        {"putLevel": {"ref": "later", "label": "Later"}},
        {"putStatement": {"ref": reference, "level": "later", "text": "Turns round."}},
    ]);
    desk.edit(&draft, 1, edits).await;
    let published = desk.publish(&draft, 2, "v.2").await;
    let place = "/publishFrameworkDraft/frameworkDraft/frameworkVersion/id";
    let second = published.text(place);
    let query = "query X($a: ID!, $b: ID!) { frameworkDiff(fromVersionId: $a, toVersionId: $b) {
        changes { kind from { id } to { text } } text } }";
    let api = &house.api;
    let told = api
        .send(None, query, json!({"a": first, "b": second}))
        .await;
    let changes = told.at("/frameworkDiff/changes").as_array();
    let expected = json!({
        "kind": "REWORDED", "from": {"id": old}, "to": {"text": "Turns round."}
    });
    assert!(changes.expect("a list").contains(&expected), "{told:?}");
    // And back again.
    let told = api
        .send(None, query, json!({"a": second, "b": first}))
        .await;
    assert_eq!(
        told.at("/frameworkDiff/changes/0/kind"),
        "REWORDED",
        "{told:?}"
    );
}
