//! The export: everything, of the one asked for, for those who may have it.

use serde_json::{Value, json};

use super::{College, ask, browser::Browser, ways};
use crate::support::{House, on_each_database};

on_each_database!(everything_is_in_it, nobody_else_is_given_it,);

const QUERY: &str = "query E($id: ID) { exportLearner(learnerId: $id) { document } }";

async fn exported(house: &House, key: &str, id: Option<&str>) -> Value {
    let answer = ask(&house.api, key, QUERY, json!({"id": id})).await;
    let text = answer.text("/exportLearner/document");
    serde_json::from_str(&text).expect("it is JSON")
}

async fn everything_is_in_it(house: House) {
    let platform = house.with_samples().await;
    let college = College::create(&house.api, &platform, "riverside").await;
    let browser = Browser::at(&house.app);
    let learner = ways::enter(&house.api, &browser, &college).await;
    let staff = exported(&house, &college.tenant.admin.token, Some(&learner.id)).await;
    let own = exported(&house, &learner.key, None).await;
    let named = exported(&house, &learner.key, Some(&learner.id)).await;
    let fetched = browser.fetch("/learner/export", &learner.key).await;
    assert_eq!(fetched.status, 200);
    assert_eq!(fetched.header("cache-control"), "no-store");
    assert!(
        fetched
            .header("content-disposition")
            .starts_with("attachment; ")
    );
    let fetched: Value = serde_json::from_str(&fetched.text).expect("it is JSON");
    let page = browser
        .submit("/learner/export", &[("key", &learner.key)])
        .await;
    let page: Value = serde_json::from_str(&page.text).expect("it is JSON");
    for other in [&own, &named, &fetched, &page] {
        for member in [
            "learner",
            "assessments",
            "demonstrations",
            "credentials",
            "auditRecords",
        ] {
            assert_eq!(other[member], staff[member], "{member}");
        }
    }
    assert_eq!(own["format"], "attestry-learner-export");
    assert_eq!(own["version"], 1);
    assert_eq!(own["provider"]["slug"], "riverside");
    assert_eq!(own["learner"]["name"], ways::NAME);
    // What was put in comes out, all of it.
    let text = own.to_string();
    let missing: Vec<_> = ways::TEXTS.iter().filter(|t| !text.contains(**t)).collect();
    assert_eq!(missing, Vec::<&&str>::new());
    assert_eq!(own["apiKeys"].as_array().map(Vec::len), Some(1));
    assert_eq!(own["invitations"].as_array().map(Vec::len), Some(1));
    let evidence = &own["assessments"][0]["observations"][0]["evidence"];
    assert_eq!(evidence.as_array().map(Vec::len), Some(3), "{evidence}");
    let url = evidence
        .as_array()
        .and_then(|all| all.iter().find_map(|e| e["file"]["url"].as_str()));
    let path = url.and_then(|url| url.strip_prefix("https://skills.example"));
    let file = browser
        .fetch(path.expect("the file has an address"), &learner.key)
        .await;
    assert!(file.text.contains(ways::FILE_TEXT), "{}", file.text);
    assert_eq!(
        own["assessments"][0]["observations"][0]["assessor"],
        "first of riverside"
    );
    let decision = &own["assessments"][0]["decisions"][0]["explanation"];
    assert!(decision["statements"].is_array(), "{decision}");
    assert_eq!(own["credentials"].as_array().map(Vec::len), Some(6));
    for record in &learner.records {
        let is_it = |c: &&Value| {
            let secured = c["secured"].as_str().unwrap_or_default();
            secured == record
                || serde_json::from_str::<Value>(secured).is_ok_and(|document| {
                    document == serde_json::from_str::<Value>(record).unwrap_or_default()
                })
        };
        let credentials = own["credentials"].as_array().expect("a list");
        assert!(credentials.iter().any(|c| is_it(&c)), "a record is missing");
    }
    let audit = own["auditRecords"].as_array().expect("a list");
    let actions: Vec<_> = audit.iter().filter_map(|a| a["action"].as_str()).collect();
    for action in [
        "learner.create",
        "observation.record",
        "credential.issue",
        "credential.suspend",
        "invitation.accept",
        "learner.request_erasure",
    ] {
        assert!(
            actions.contains(&action),
            "{action} is missing: {actions:?}"
        );
    }
    // Nothing about members but who they are.
    assert!(!text.contains("first@riverside.example") && !text.contains("admin@riverside"));
    // Nothing about anybody else.
    assert!(!text.contains("learner@riverside.example"));
    // Nor anything that opens the record.
    assert!(!text.contains(&learner.key) && !text.contains("\"digest\":["));
    college.erase(&learner.id, ways::ROLL).await;
    let after = exported(&house, &college.tenant.admin.token, Some(&learner.id)).await;
    let text = after.to_string();
    let left: Vec<_> = ways::TEXTS.iter().filter(|t| text.contains(**t)).collect();
    assert_eq!(left, Vec::<&&str>::new());
    assert_eq!(after["demonstrations"].as_array().map(Vec::len), Some(1));
}

async fn nobody_else_is_given_it(house: House) {
    let platform = house.with_samples().await;
    let college = College::create(&house.api, &platform, "riverside").await;
    let other = College::create(&house.api, &platform, "hillside").await;
    let input = json!({"externalId": "2", "name": "Another", "email": "b@riverside.example"});
    let another = college.tenant.learner(input).await;
    let key = college.welcome(&another).await;
    let learner = Some(college.tenant.learner.as_str());
    let browser = Browser::at(&house.app);
    for (who, code) in [
        (&platform, "FORBIDDEN"),
        (&college.tenant.assessors[0].token, "FORBIDDEN"),
        (&other.tenant.admin.token, "NOT_FOUND"),
        (&key, "NOT_FOUND"),
    ] {
        let answer = ask(&house.api, who, QUERY, json!({"id": learner})).await;
        assert_eq!(answer.code(), Some(code), "{answer:?}");
        if code == "FORBIDDEN" {
            let page = browser.fetch("/learner/export", who).await;
            assert_eq!(page.status, 403, "{}", page.text);
        }
    }
    assert_eq!(browser.open("/learner/export").await.status, 401);
    // Another learner's records are not there for this one.
    let query = "query C($learner: ID, $id: ID!) {
        all: credentials(first: 9) { nodes { id } }
        theirs: credentials(first: 9, learnerId: $learner) { nodes { id } }
        one: credential(id: $id) { id }
        learners(first: 9) { nodes { id } }
        learner(id: $id) { id }
    }";
    let issued = college.tenant.issue(&college.demonstration, "k").await;
    let id = issued.text("/issueCredential/credential/id");
    let answer = ask(
        &house.api,
        &key,
        query,
        json!({"learner": learner, "id": id}),
    )
    .await;
    let errors = answer.body["errors"].as_array().expect("they are refused");
    assert!(
        errors
            .iter()
            .all(|e| e["extensions"]["code"] == "NOT_FOUND"),
        "{answer:?}"
    );
    assert!(!answer.body["data"].to_string().contains(&id), "{answer:?}");
    let own = college.welcome(&college.tenant.learner).await;
    let query = "{ credentials(first: 9) { nodes { id secured statusEntry { index } } }
        learners(first: 9) { nodes { id } } }";
    let mine = ask(&house.api, &own, query, json!({})).await;
    assert_eq!(mine.text("/credentials/nodes/0/id"), id);
    assert!(
        mine.at("/credentials/nodes/0/statusEntry/index").is_i64(),
        "{mine:?}"
    );
    assert_eq!(
        mine.at("/learners/nodes"),
        &json!([{"id": college.tenant.learner}])
    );
}
