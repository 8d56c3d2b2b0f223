//! The page where a learner reads their record.

use serde_json::json;

use super::{College, browser::Browser, ways};
use crate::support::{House, on_each_database};

on_each_database!(
    a_learner_reads_their_record,
    a_learner_downloads_and_asks,
    a_learner_agrees_and_objects,
);

async fn a_learner_reads_their_record(house: House) {
    let platform = house.with_samples().await;
    let college = College::create(&house.api, &platform, "riverside").await;
    let browser = Browser::at(&house.app);
    let page = browser.open("/learner").await;
    assert_eq!(page.status, 200);
    page.assert_private();
    assert!(page.text.contains("Your key"));
    let key = college.welcome(&college.tenant.learner).await;
    let page = browser
        .submit("/learner", &[("key", &format!(" {key}\n"))])
        .await;
    assert_eq!(page.status, 200, "{}", page.text);
    page.assert_private();
    for told in [
        "Learner of riverside",
        "The riverside college",
        "first of riverside",
        "What you have demonstrated",
        "Practical test",
        "at the desk",
        "Demonstrated",
    ] {
        assert!(page.text.contains(told), "{told} is missing");
    }
    assert!(
        !page.text.contains("first@riverside.example"),
        "it tells an assessor's address"
    );
    // What others wrote stays text.
    let input = json!({
        "externalId": "x", "name": "<script>alert(1)</script>", "email": "x@riverside.example",
    });
    let hostile = college.tenant.learner(input).await;
    let key = college.welcome(&hostile).await;
    let page = browser.submit("/learner", &[("key", &key)]).await;
    page.assert_private();
    assert!(page.text.contains("&lt;script&gt;"));
    for (key, status) in [
        ("", 401),
        ("attestry_nonsense", 401),
        (college.tenant.admin.token.as_str(), 403),
        (platform.as_str(), 403),
    ] {
        let page = browser.submit("/learner", &[("key", key)]).await;
        assert_eq!(page.status, status);
        page.assert_private();
        assert!(page.text.contains("role=\"alert\""));
        assert!(
            key.is_empty() || !page.text.contains(key),
            "it repeats the key"
        );
    }
}

async fn a_learner_downloads_and_asks(house: House) {
    let platform = house.with_samples().await;
    let college = College::create(&house.api, &platform, "riverside").await;
    let browser = Browser::at(&house.app);
    let learner = ways::enter(&house.api, &browser, &college).await;
    let key = ("key", learner.key.as_str());
    let query = "{ credentials(first: 20) { nodes { id secured mechanism } } }";
    let listed = super::ask(&house.api, &learner.key, query, json!({})).await;
    let listed = listed
        .at("/credentials/nodes")
        .as_array()
        .expect("a list")
        .clone();
    assert_eq!(listed.len(), 6);
    for credential in listed {
        let id = credential["id"].as_str().expect("it has an id");
        let (_, id) = attestry::kernel::ids::parse_global(id).expect("it is one");
        let file = browser
            .submit("/learner/credential", &[key, ("id", &id.to_string())])
            .await;
        assert_eq!(file.status, 200);
        assert_eq!(Some(file.text.as_str()), credential["secured"].as_str());
        let name = file.header("content-disposition");
        let ending = if file.text.starts_with('{') {
            ".json\""
        } else {
            ".jwt\""
        };
        assert!(
            name.starts_with("attachment; ") && name.ends_with(ending),
            "{name}"
        );
    }
    // Somebody else's is not there.
    let other = college.tenant.issue(&college.demonstration, "k").await;
    let other = other.text("/issueCredential/credential/id");
    let (_, other) = attestry::kernel::ids::parse_global(&other).expect("it is one");
    let page = browser
        .submit("/learner/credential", &[key, ("id", &other.to_string())])
        .await;
    assert_eq!(page.status, 404);
    page.assert_private();
    // To ask to be erased takes two steps.
    let another = college.welcome(&college.tenant.learner).await;
    let key = ("key", another.as_str());
    let page = browser.submit("/learner/erasure", &[key]).await;
    assert_eq!(page.status, 200);
    page.assert_private();
    assert!(page.text.contains("Do you want to be erased?"));
    let page = browser.submit("/learner", &[key]).await;
    assert!(page.text.contains("Ask to be erased"));
    let page = browser
        .submit("/learner/erasure", &[key, ("confirm", "yes")])
        .await;
    assert!(page.text.contains("You asked to be erased on"));
    page.assert_private();
}

async fn a_learner_agrees_and_objects(house: House) {
    let platform = house.with_samples().await;
    let college = College::create(&house.api, &platform, "riverside").await;
    let browser = Browser::at(&house.app);
    let key = college.welcome(&college.tenant.learner).await;
    let query = "{ assessments(first: 1) { nodes { id state agreedAt } } }";
    let standing = async || {
        let listed = super::ask(&house.api, &college.tenant.admin.token, query, json!({})).await;
        listed.at("/assessments/nodes/0").clone()
    };
    let assessment = standing().await;
    let id = assessment["id"].as_str().expect("there is one");
    let (_, id) = attestry::kernel::ids::parse_global(id).expect("it is an id");
    let id = id.to_string();
    let (key, id) = (("key", key.as_str()), ("id", id.as_str()));
    let page = browser.submit("/learner/agree", &[key, id]).await;
    assert_eq!(page.status, 200);
    page.assert_private();
    assert!(page.text.contains("You agreed with the decision"));
    assert!(standing().await["agreedAt"].is_string());
    // An objection needs its reason.
    let page = browser.submit("/learner/object", &[key, id]).await;
    assert_eq!(page.status, 422);
    page.assert_private();
    assert!(page.text.contains("role=\"alert\""));
    assert_eq!(standing().await["state"], "DECIDED");
    let reason = ("reason", "I was at the other desk");
    let page = browser.submit("/learner/object", &[key, id, reason]).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Your objection was recorded"));
    let now = standing().await;
    assert_eq!(now["state"], "APPEALED");
    assert!(now["agreedAt"].is_null(), "{now}");
    let page = browser.submit("/learner/agree", &[key, id]).await;
    assert_eq!(page.status, 422);
    // Somebody else's assessment is not there, and nobody's neither.
    let input = json!({"externalId": "2", "name": "Another", "email": "b@riverside.example"});
    let another = college.welcome(&college.tenant.learner(input).await).await;
    let another = ("key", another.as_str());
    for id in [id, ("id", "nonsense")] {
        for path in ["/learner/agree", "/learner/object"] {
            let page = browser.submit(path, &[another, id, reason]).await;
            assert_eq!(page.status, 404, "{path}");
            page.assert_private();
        }
    }
    assert_eq!(browser.submit("/learner/agree", &[id]).await.status, 401);
}
