//! Issuers' documents and status lists.

use attestry::credential::ops::change::{StatusAction, change_status};

use super::setup::{House, issue, of};
use crate::support::proofs;

const URL: &str = "https://skills.example";

#[tokio::test]
async fn an_issuer_can_be_looked_up_and_believed_elsewhere() {
    let (house, imported) = House::with_sample(URL).await;
    let issued = issue(&house, "riverside", imported.version).await;
    let did = house.get("/issuers/riverside/did.json", &[]).await;
    assert_eq!(did.status, 200);
    assert_eq!(did.header("content-type"), "application/did+json");
    assert_eq!(did.header("cache-control"), "public, max-age=60");
    assert_eq!(did.header("access-control-allow-origin"), "*");
    assert_eq!(did.json()["id"], "did:web:skills.example:issuers:riverside");
    let jwks = house.get("/issuers/riverside/jwks.json", &[]).await;
    assert_eq!(jwks.header("content-type"), "application/jwk-set+json");
    assert_eq!(jwks.header("access-control-allow-origin"), "*");
    assert_eq!(jwks.json()["keys"][0]["crv"], "Ed25519");

    // What is served is all that another installation needs.
    let credential = issued.credential();
    let path = |url: &serde_json::Value| url.as_str().expect("a URL").replace(URL, "");
    let list = path(&credential["credentialStatus"]["statusListCredential"]);
    let framework = path(&credential["relatedResource"][0]["id"]);
    let jwt = [("accept", "application/vc+jwt")];
    let (list, framework) = (
        house.get(&list, &jwt).await,
        house.get(&framework, &[]).await,
    );
    let other = House::empty("https://other.example").await;
    for documents in [vec![did.json()], vec![did.text().into()]] {
        let mut request = of(issued.jwt.as_str());
        request["options"] = serde_json::json!({
            "issuerDocuments": documents,
            "statusLists": [list.text()],
            "frameworks": [framework.text()],
            "trustList": {"issuers": [{"id": did.json()["id"], "name": "Riverside"}]},
        });
        let answer = other.verify(&request).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let report = answer.json();
        let checks = report["checks"].as_array().expect("checks");
        assert!(
            checks.iter().all(|check| check["outcome"] == "PASS"),
            "{report}"
        );
    }
}

#[tokio::test]
async fn a_status_list_shows_a_revocation_at_once() {
    let (house, imported) = House::with_sample(URL).await;
    let issued = issue(&house, "riverside", imported.version).await;
    let url = issued.credential()["credentialStatus"]["statusListCredential"].clone();
    let path = url.as_str().expect("a URL").replace(URL, "");
    let forms = [
        ("*/*", "application/vc"),
        ("application/vc", "application/vc"),
        (
            "application/ld+json, application/json",
            "application/ld+json",
        ),
        ("application/vc+jwt", "application/vc+jwt"),
    ];
    let mut before = Vec::new();
    for (accept, content_type) in forms {
        let list = house.get(&path, &[("accept", accept)]).await;
        assert_eq!(list.status, 200);
        assert_eq!(list.header("content-type"), content_type);
        assert_eq!(list.header("vary"), "accept");
        assert_eq!(list.header("access-control-allow-origin"), "*");
        let document = if content_type == "application/vc+jwt" {
            assert_eq!(list.text().split('.').count(), 3);
            let inspected = attestry::credential::verify::inspect(&list.body);
            inspected.expect("a credential").document().clone().into()
        } else {
            let held = proofs::held_by(&house.app, "riverside", list.text()).await;
            assert_eq!(held, 1);
            assert_eq!(list.json()["proof"]["cryptosuite"], "eddsa-rdfc-2022");
            list.json()
        };
        // How long it may be kept is said alike in both places, in milliseconds and seconds.
        assert_eq!(document["credentialSubject"]["ttl"], 300_000);
        assert_eq!(list.header("cache-control"), "public, max-age=300");
        let tag = list.header("etag").to_owned();
        let held = [("accept", accept), ("if-none-match", tag.as_str())];
        let again = house.get(&path, &held).await;
        assert_eq!((again.status, again.body.len()), (304, 0));
        assert_eq!(again.header("vary"), "accept");
        before.push((accept, tag));
    }
    let (json, jwt) = (&before[0].1, &before[3].1);
    assert!(json == &before[1].1 && json == &before[2].1 && json != jwt);
    let refused = house.get(&path, &[("accept", "text/html")]).await;
    assert_eq!(refused.status, 406);
    assert_eq!(house.verify(&of(issued.jwt.as_str())).await.status, 200);

    let op = issued.op(&house);
    let revoked = change_status(&op, issued.id, StatusAction::Revoke, "issued in error").await;
    assert_eq!(revoked.expect("revoked").state, "REVOKED");
    for (accept, tag) in &before {
        let held = [("accept", *accept), ("if-none-match", tag.as_str())];
        let after = house.get(&path, &held).await;
        assert_eq!(after.status, 200, "{accept}");
        assert_ne!(after.header("etag"), tag);
    }
}
