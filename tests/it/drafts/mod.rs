//! Drafts of framework versions, from the first to what is issued for them.

mod corrections;
mod owners;
mod succession;

use serde_json::{Value, json};

use crate::support::{Answer, Api, House, Tenant, on_each_database};

on_each_database!(
    from_a_draft_to_a_record_that_verifies,
    what_cannot_be_done_says_why,
    each_edit_is_made_or_none,
);

/// What tests ask of a draft.
const DRAFT: &str = "frameworkDraft { id revision state frameworkKey title
    levels { ref key label statements { ref text replaces { id } } }
    problems { field code } frameworkVersion { id label } }";

/// A client with a key that drafts.
pub(crate) struct Desk<'a> {
    pub(crate) api: &'a Api,
    pub(crate) token: &'a str,
}

impl<'a> Desk<'a> {
    pub(crate) fn of(tenant: &'a Tenant) -> Self {
        Self {
            api: &tenant.api,
            token: &tenant.admin.token,
        }
    }

    pub(crate) async fn send(&self, name: &str, input: Value) -> Answer {
        self.api.mutate(self.token, name, DRAFT, input).await
    }

    /// Begins a draft of a new framework; its id.
    pub(crate) async fn create(&self, slug: &str) -> String {
        let input = json!({"framework": {"slug": slug, "title": "Forklift safety"}});
        let made = self.send("createFrameworkDraft", input).await;
        made.text("/createFrameworkDraft/frameworkDraft/id")
    }

    /// Begins a draft from a version; its id.
    pub(crate) async fn after(&self, version: &str) -> String {
        let input = json!({"baseVersionId": version});
        let made = self.send("createFrameworkDraft", input).await;
        made.text("/createFrameworkDraft/frameworkDraft/id")
    }

    pub(crate) async fn edit(&self, draft: &str, revision: i64, edits: Value) -> Answer {
        let input = json!({"draftId": draft, "revision": revision, "edits": edits});
        self.send("editFrameworkDraft", input).await
    }

    pub(crate) async fn publish(&self, draft: &str, revision: i64, label: &str) -> Answer {
        let input = json!({"draftId": draft, "revision": revision, "label": label});
        self.send("publishFrameworkDraft", input).await
    }

    /// A framework of two levels with a statement each, published as `v.1`; its version's id.
    pub(crate) async fn published(&self, slug: &str) -> String {
        let draft = self.create(slug).await;
        let edited = self.edit(&draft, 1, first_edits()).await;
        assert!(edited.user_errors().is_empty(), "{edited:?}");
        let published = self.publish(&draft, 2, "v.1").await;
        published.text("/publishFrameworkDraft/frameworkDraft/frameworkVersion/id")
    }

    /// The ids of a version's statements.
    pub(crate) async fn statements(&self, version: &str) -> Vec<String> {
        let query =
            "query V($id: ID!) { frameworkVersion(id: $id) { levels { statements { id } } } }";
        let answer = self.api.send(None, query, json!({"id": version})).await;
        let levels = answer.at("/frameworkVersion/levels").as_array().cloned();
        let levels = levels.unwrap_or_else(|| panic!("{answer:?}"));
        let all = levels
            .iter()
            .flat_map(|level| level["statements"].as_array());
        let all = all
            .flatten()
            .filter_map(|statement| statement["id"].as_str());
        all.map(str::to_owned).collect()
    }
}

fn first_edits() -> Value {
    json!([
        {"putLevel": {"ref": "start", "label": "Start"}},
        {"putLevel": {"ref": "master", "label": "Master", "subtitle": "Trainer"}},
        {"putSource": {"key": "rules", "label": "House rules"}},
        {"putStatement": {
            "ref": "look", "level": "start", "text": "Looks — looks behind before reversing.",
            "citations": [{"source": "rules", "locator": "p. 3"}],
        }},
        {"putStatement": {"ref": "teach", "level": "master", "text": "Teaches others to look."}},
    ])
}

/// Of a record: what its verification said, and which statement it is for.
async fn verdict(api: &Api, record: &str) -> (String, String) {
    let answer = api.verdict(record).await;
    (
        answer.text("/verifyCredential/outcome"),
        answer.text("/verifyCredential/statementUrl"),
    )
}

async fn from_a_draft_to_a_record_that_verifies(house: House) {
    let platform = house.with_samples().await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let desk = Desk::of(&college);
    let version = desk.published("forklift-safety").await;
    let statements = desk.statements(&version).await;

    // Anyone sees the version, whose it is, and what it says.
    let query = "query V($id: ID!) { frameworkVersion(id: $id) { family label state title
        replaces { id } replacedBy { id } occupation { soc } digestSRI
        framework { key provider { slug } versions { label } }
        levels { ordinal label subtitle statements { code title citations { locator } lineage { id } } } } }";
    let told = house.api.send(None, query, json!({"id": version})).await;
    let told = told.at("/frameworkVersion");
    assert_eq!(told["family"], "CUSTOM");
    assert_eq!(told["state"], "PUBLISHED");
    assert_eq!(told["title"], "Forklift safety");
    assert_eq!(told["occupation"], Value::Null);
    assert_eq!(
        (&told["replaces"], &told["replacedBy"]),
        (&Value::Null, &json!([]))
    );
    assert_eq!(told["framework"]["key"], "custom/forklift-safety");
    assert_eq!(told["framework"]["provider"]["slug"], "riverside");
    assert_eq!(told["framework"]["versions"], json!([{"label": "v.1"}]));
    let first = &told["levels"][0]["statements"][0];
    assert_eq!(first["title"], "Looks");
    assert_eq!(first["code"], "custom/forklift-safety/v.1/1.01");
    assert_eq!(first["citations"][0]["locator"], "p. 3");
    assert_eq!(told["levels"][1]["subtitle"], "Trainer");

    // It is assessed, and what is issued for it verifies.
    let demonstration = college.demonstration(&statements[0], true).await;
    let issued = college.issue(&demonstration, "k1").await;
    let record = issued.text("/issueCredential/credential/jwt");
    let before = verdict(&house.api, &record).await;
    assert_eq!(before.0, "VALID");

    let plan = college.plan(&statements[..1], true).await;

    // A next version in other words, in which a statement is new and one is gone.
    let draft = desk.after(&version).await;
    let id = |global: &str| crate::support::cast::row_id(global).to_string();
    let edits = json!([
        {"putStatement": {"ref": id(&statements[0]), "text": "Looks — looks behind, then reverses."}},
        {"putStatement": {"ref": "park", "level": "start_level", "text": "Parks."}},
        {"remove": id(&statements[1])},
    ]);
    let refused = desk.edit(&draft, 1, edits.clone()).await;
    assert_eq!(refused.user_errors(), ["UNKNOWN_REFERENCE"], "{refused:?}");
    let mut edits = edits;
    let query = "query D($id: ID!) { frameworkDraft(id: $id) { revision levels { ref } } }";
    let open = house
        .api
        .send(Some(desk.token), query, json!({"id": draft}))
        .await;
    assert_eq!(open.at("/frameworkDraft/revision"), 1);
    edits[1]["putStatement"]["level"] = open.at("/frameworkDraft/levels/0/ref").clone();
    let edited = desk.edit(&draft, 1, edits).await;
    assert_eq!(edited.user_errors(), Vec::<&str>::new());
    let published = desk.publish(&draft, 2, "v.2").await;
    let newer = published.text("/publishFrameworkDraft/frameworkDraft/frameworkVersion/id");
    assert_eq!(
        published.at("/publishFrameworkDraft/frameworkDraft/state"),
        "PUBLISHED"
    );

    // The older one is deprecated: the record holds, points where it pointed, and no new plan
    // takes the statement.
    let input = json!({"frameworkVersionId": version, "note": "v.2 says it better."});
    let fields = "frameworkVersion { state deprecatedAt deprecationNote replacedBy { id } }";
    for _ in 0..2 {
        let done = college
            .admin("deprecateFrameworkVersion", fields, input.clone())
            .await;
        let told = done.at("/deprecateFrameworkVersion/frameworkVersion");
        assert_eq!(told["state"], "DEPRECATED", "{done:?}");
        assert_eq!(told["deprecationNote"], "v.2 says it better.");
        assert!(told["deprecatedAt"].is_string());
        assert_eq!(told["replacedBy"], json!([{"id": newer}]));
    }
    assert_eq!(verdict(&house.api, &record).await, before);
    let input = json!({
        "name": "Again", "statementIds": [statements[0]], "method": "OBSERVATION", "rule": {},
    });
    let refused = college
        .admin("createAssessmentPlan", "assessmentPlan { id }", input)
        .await;
    assert!(!refused.user_errors().is_empty(), "{refused:?}");
    // A plan that has it goes on, and is revised.
    let input = json!({"planId": plan, "rule": {"minObservations": 2}});
    let revised = college
        .admin("reviseAssessmentPlan", "assessmentPlan { id }", input)
        .await;
    assert_eq!(revised.user_errors(), Vec::<&str>::new(), "{revised:?}");
    // The newer one is assessed and issued for, too.
    let again = desk.statements(&newer).await;
    let demonstration = college.demonstration(&again[0], true).await;
    let issued = college.issue(&demonstration, "k2").await;
    let record = issued.text("/issueCredential/credential/jwt");
    let after = verdict(&house.api, &record).await;
    assert_eq!(after.0, "VALID");
    assert_ne!(after.1, before.1);
}

async fn what_cannot_be_done_says_why(house: House) {
    let platform = house.with_samples().await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let desk = Desk::of(&college);
    let create = async |input: Value| {
        let answer = desk.send("createFrameworkDraft", input).await;
        answer.user_errors().join(" ")
    };
    assert_eq!(create(json!({})).await, "UNCLEAR");
    assert_eq!(
        create(json!({"framework": {"slug": "No Good"}})).await,
        "BAD_SLUG"
    );
    let of_none = json!({"framework": {"slug": "a", "soc": "99-9999.99"}});
    assert_eq!(create(of_none).await, "UNKNOWN_OCCUPATION");
    let draft = desk.create("forklift-safety").await;
    let again = json!({"framework": {"slug": "forklift-safety"}});
    assert_eq!(create(again.clone()).await, "DRAFT_OPEN");

    // An empty draft says what it needs, before and when it is to be published.
    let query = "query D($id: ID!) { frameworkDraft(id: $id) { problems { field code } } }";
    let told = house
        .api
        .send(Some(desk.token), query, json!({"id": draft}))
        .await;
    let problems = json!([
        {"field": "levels", "code": "REQUIRED"}, {"field": "statements", "code": "REQUIRED"},
    ]);
    assert_eq!(told.at("/frameworkDraft/problems"), &problems);
    let refused = desk.publish(&draft, 1, "v.1").await;
    assert_eq!(refused.user_errors(), ["REQUIRED", "REQUIRED"]);

    // Edits for an older revision are refused, and told the present one.
    desk.edit(&draft, 1, first_edits()).await;
    for stale in [
        desk.edit(&draft, 1, json!([{"remove": "look"}])).await,
        desk.publish(&draft, 1, "v.1").await,
    ] {
        assert_eq!(stale.user_errors(), ["STALE_REVISION"], "{stale:?}");
        assert!(stale.body.to_string().contains("revision 2"), "{stale:?}");
    }
    for label in ["", " v.1", "…", "v\n1"] {
        let refused = desk.publish(&draft, 2, label).await;
        assert_eq!(
            refused.user_errors(),
            ["BAD_LABEL"],
            "{label:?}: {refused:?}"
        );
    }
    let published = desk.publish(&draft, 2, "v.10").await;
    let version = published.text("/publishFrameworkDraft/frameworkDraft/frameworkVersion/id");
    // What is published is closed; its next version begins from it, under a newer label.
    let closed = desk.edit(&draft, 2, json!([{"remove": "look"}])).await;
    assert_eq!(closed.user_errors(), ["DRAFT_CLOSED"]);
    let input = json!({"draftId": draft});
    let closed = desk.send("discardFrameworkDraft", input).await;
    assert_eq!(closed.user_errors(), ["DRAFT_CLOSED"]);
    assert_eq!(create(again).await, "SLUG_TAKEN");
    let next = desk.after(&version).await;
    for label in ["v.9", "v.10"] {
        let refused = desk.publish(&next, 1, label).await;
        assert_eq!(
            refused.user_errors(),
            ["LABEL_NOT_NEWER"],
            "{label}: {refused:?}"
        );
    }
    let base = json!({"baseVersionId": version});
    assert_eq!(create(base.clone()).await, "DRAFT_OPEN");
    // One that is given up makes room for another.
    for _ in 0..2 {
        let input = json!({"draftId": next});
        let given_up = desk.send("discardFrameworkDraft", input).await;
        let state = given_up.at("/discardFrameworkDraft/frameworkDraft/state");
        assert_eq!(state, "DISCARDED", "{given_up:?}");
    }
    assert_eq!(create(base).await, "");
    let blank = json!({"frameworkVersionId": version, "note": " "});
    let refused = college
        .admin("deprecateFrameworkVersion", "__typename", blank)
        .await;
    assert_eq!(refused.user_errors(), ["BAD_LENGTH"]);
}

async fn each_edit_is_made_or_none(house: House) {
    let platform = house.with_samples().await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let desk = Desk::of(&college);
    let draft = desk.create("forklift-safety").await;
    let edited = desk.edit(&draft, 1, first_edits()).await;
    let before = edited.at("/editFrameworkDraft/frameworkDraft").clone();
    assert_eq!(before["revision"], 2);
    assert_eq!(before["problems"], json!([]));
    // The second cannot be made: neither is the first.
    let edits = json!([
        {"remove": "look"},
        {"putStatement": {"ref": "teach", "after": "look"}},
    ]);
    let refused = desk.edit(&draft, 2, edits).await;
    let error = refused.at("/editFrameworkDraft/userErrors/0");
    assert_eq!(error["field"], "input.edits.1.putStatement.after");
    assert_eq!(error["code"], "UNKNOWN_REFERENCE");
    // What changes nothing leaves the revision; what is null is cleared; order is order.
    let same = desk
        .edit(
            &draft,
            2,
            json!([{"putLevel": {"ref": "start", "label": "Start"}}]),
        )
        .await;
    assert_eq!(same.at("/editFrameworkDraft/frameworkDraft"), &before);
    let edits = json!([
        {"setTexts": {"title": null, "description": "Words."}},
        {"putLevel": {"ref": "master", "after": null}},
        {"putStatement": {"ref": "teach", "level": "start", "after": null}},
    ]);
    let edited = desk.edit(&draft, 2, edits).await;
    let told = edited.at("/editFrameworkDraft/frameworkDraft");
    assert_eq!(told["revision"], 3);
    assert_eq!(told["levels"][0]["ref"], "master");
    assert_eq!(told["levels"][1]["statements"][0]["ref"], "teach");
    assert_eq!(
        told["problems"],
        json!([{"field": "title", "code": "REQUIRED"}])
    );
    // Exactly one of the edits' members.
    let unclear = desk
        .edit(
            &draft,
            3,
            json!([{"remove": "look", "removeSource": "rules"}]),
        )
        .await;
    assert!(unclear.body["errors"].is_array(), "{unclear:?}");
}
