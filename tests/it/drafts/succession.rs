//! What took the place of what.

use serde_json::{Value, json};

use super::Desk;
use crate::support::{House, Tenant, cast, on_each_database};

on_each_database!(a_statement_is_followed_through_three_versions,);

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
