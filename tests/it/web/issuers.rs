//! Issuers' documents and status lists.

use attestry::credential::ops::change::{StatusAction, change_status};

use super::setup::{House, issue, of};

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
    let (list, framework) = (
        house.get(&list, &[]).await,
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
    let list = house.get(&path, &[]).await;
    assert_eq!(list.status, 200);
    assert_eq!(list.header("content-type"), "application/vc+jwt");
    assert_eq!(list.header("cache-control"), "public, max-age=300");
    assert_eq!(list.header("access-control-allow-origin"), "*");
    assert_eq!(list.text().split('.').count(), 3);
    let tag = list.header("etag");
    let again = house.get(&path, &[("if-none-match", tag)]).await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(house.verify(&of(issued.jwt.as_str())).await.status, 200);

    let op = issued.op(&house);
    let revoked = change_status(&op, issued.id, StatusAction::Revoke, "issued in error").await;
    assert_eq!(revoked.expect("revoked").state, "REVOKED");
    let after = house.get(&path, &[("if-none-match", tag)]).await;
    assert_eq!(after.status, 200);
    assert_ne!(after.header("etag"), tag);
    assert_ne!(after.body, list.body);
}
