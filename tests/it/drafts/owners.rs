//! Whose drafts are whose.

use serde_json::{Value, json};

use super::{Desk, first_edits};
use crate::support::{House, Tenant, cast, on_each_database};

on_each_database!(
    a_draft_is_its_owners_alone,
    curators_draft_the_shared_frameworks,
);

const SEE: &str = "query D($id: ID!) { frameworkDraft(id: $id) { id title } }";
const LIST: &str = "{ frameworkDrafts { nodes { id } } }";

async fn a_draft_is_its_owners_alone(house: House) {
    let platform = house.with_samples().await;
    let input = json!({"role": "CURATOR", "name": "curator"});
    let curator = cast::key(&house.api, &platform, input).await;
    let a = Tenant::create(&house.api, &platform, "riverside").await;
    let b = Tenant::create(&house.api, &platform, "hillside").await;
    let draft = Desk::of(&a).create("forklift-safety").await;
    let api = &house.api;
    for token in [&b.admin.token, &platform, &curator] {
        let id = json!({"id": draft});
        let seen = api.send(Some(token), SEE, id).await;
        assert_eq!(seen.code(), Some("NOT_FOUND"), "{seen:?}");
        let listed = api.send(Some(token), LIST, json!({})).await;
        assert_eq!(listed.at("/frameworkDrafts/nodes"), &json!([]));
        let desk = Desk { api, token };
        for answer in [
            desk.edit(&draft, 1, first_edits()).await,
            desk.publish(&draft, 1, "v.1").await,
            desk.send("discardFrameworkDraft", json!({"draftId": draft}))
                .await,
        ] {
            assert_eq!(answer.code(), Some("NOT_FOUND"), "{answer:?}");
        }
    }
    // Nor do those of the provider who have no business with it.
    let learner = cast::learner_key(&house, &a, &a.learner).await;
    for token in [&a.assessors[0].token, &learner] {
        let seen = api.send(Some(token), SEE, json!({"id": draft})).await;
        assert_eq!(seen.code(), Some("FORBIDDEN"), "{seen:?}");
    }
    let anonymous = api.send(None, LIST, json!({})).await;
    assert_eq!(anonymous.code(), Some("UNAUTHENTICATED"));
    let own = api.send(Some(&a.admin.token), LIST, json!({})).await;
    assert_eq!(own.at("/frameworkDrafts/nodes"), &json!([{"id": draft}]));
    // The same slug is free for another provider, and their frameworks are told apart.
    let (ours, theirs) = (Desk::of(&a), Desk::of(&b));
    ours.edit(&draft, 1, first_edits()).await;
    let ours_published = ours.publish(&draft, 2, "v.1").await;
    let version = ours_published.text("/publishFrameworkDraft/frameworkDraft/frameworkVersion/id");
    let others = theirs.published("forklift-safety").await;
    assert_ne!(version, others);
    for (tenant, version) in [(&a, &version), (&b, &others)] {
        let query =
            "query F($id: ID!) { frameworks(providerId: $id) { nodes { versions { id } } } }";
        let listed = api.send(None, query, json!({"id": tenant.provider})).await;
        let expected = json!([{"versions": [{"id": version}]}]);
        assert_eq!(listed.at("/frameworks/nodes"), &expected, "{listed:?}");
    }
    // What is published is for everyone to see, and for its owner alone to follow or deprecate.
    for token in [&b.admin.token, &platform, &curator] {
        let desk = Desk { api, token };
        let base = desk
            .send("createFrameworkDraft", json!({"baseVersionId": version}))
            .await;
        assert_eq!(base.user_errors(), ["NOT_YOUR_FRAMEWORK"], "{base:?}");
        let input = json!({"frameworkVersionId": version, "note": "Ours is better."});
        let fields = "frameworkVersion { state }";
        let done = api
            .mutate(token, "deprecateFrameworkVersion", fields, input)
            .await;
        assert_eq!(done.user_errors(), ["NOT_YOUR_FRAMEWORK"], "{done:?}");
    }
}

async fn curators_draft_the_shared_frameworks(house: House) {
    let platform = house.with_samples().await;
    let input = json!({"role": "CURATOR", "name": "curator"});
    let curator = cast::key(&house.api, &platform, input).await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let api = &house.api;
    let query = "query O($soc: String!) { occupation(soc: $soc) { frameworkVersions {
        id label state levels { label statements { id text } } } } }";
    let soc = json!({"soc": "49-3091.00"});
    let before = api.send(None, query, soc.clone()).await;
    let version = before.text("/occupation/frameworkVersions/0/id");
    let text = before.text("/occupation/frameworkVersions/0/levels/0/statements/0/text");
    // A provider does not.
    let theirs = Desk::of(&college);
    let refused = theirs
        .send("createFrameworkDraft", json!({"baseVersionId": version}))
        .await;
    assert_eq!(refused.user_errors(), ["NOT_YOUR_FRAMEWORK"]);
    let desk = Desk {
        api,
        token: &curator,
    };
    let draft = desk.after(&version).await;
    let seen = api
        .send(Some(&college.admin.token), SEE, json!({"id": draft}))
        .await;
    assert_eq!(seen.code(), Some("NOT_FOUND"));
    // Platform administrators look after the same drafts.
    let seen = api.send(Some(&platform), SEE, json!({"id": draft})).await;
    assert_eq!(seen.text("/frameworkDraft/id"), draft);
    let statement = before.text("/occupation/frameworkVersions/0/levels/0/statements/0/id");
    let reference = cast::row_id(&statement).to_string();
    let words = format!("{text} And says so.");
    let edits = json!([{"putStatement": {"ref": reference, "text": words}}]);
    desk.edit(&draft, 1, edits).await;
    let published = desk.publish(&draft, 2, "v.99.01").await;
    assert_eq!(published.user_errors(), Vec::<&str>::new(), "{published:?}");
    let after = api.send(None, query, soc).await;
    let versions = after.at("/occupation/frameworkVersions");
    assert_eq!(versions[0]["label"], "v.99.01");
    assert_eq!(versions[0]["levels"][0]["statements"][0]["text"], words);
    // The older one is as it was.
    assert_eq!(
        versions[1],
        before.at("/occupation/frameworkVersions/0").clone()
    );
    // It is a document like any other: what is exported of it is imported again as it is.
    let app = &house.app;
    let request = attestry::catalog::ops::export::ExportRequest {
        of: attestry::catalog::ops::export::Subject::Occupation(
            "49-3091.00".parse().expect("a code"),
        ),
        family: None,
        label: Some("v.99.01".to_owned()),
        format: None,
    };
    let exported = attestry::catalog::ops::export::export(app, &request).await;
    let document = exported.expect("it is there").to_text();
    let again = api.import(&platform, &document).await;
    assert_eq!(
        again.at("/importFramework/imported/unchanged"),
        &Value::Bool(true)
    );
}
