//! The audit log over GraphQL.

use serde_json::{Value, json};

use crate::support::{House, Tenant, on_each_database};

on_each_database!(the_log_is_read_by_those_who_may,);

const RECORDS: &str = "query R($provider: ID, $first: Int, $after: String, $action: String) {
    auditRecords(providerId: $provider, first: $first, after: $after, action: $action) {
        nodes { sequence at actor action target requestId beforeDigest afterDigest previousHash hash }
        pageInfo { hasNextPage endCursor } }
    auditHead(providerId: $provider) { sequence hash } }";

async fn the_log_is_read_by_those_who_may(house: House) {
    let platform = house.bootstrap().await;
    let a = Tenant::create(&house.api, &platform, "riverside").await;
    let b = Tenant::create(&house.api, &platform, "hillside").await;
    let ask =
        async |token: &str, variables: Value| house.api.send(Some(token), RECORDS, variables).await;
    // Page by page, each record follows the one before, up to the head.
    let (mut after, mut previous, mut count) = (Value::Null, "0".repeat(64), 0);
    let head = loop {
        let answer = ask(&a.admin.token, json!({"first": 2, "after": after})).await;
        let nodes = answer
            .at("/auditRecords/nodes")
            .as_array()
            .expect("a list")
            .clone();
        for node in nodes {
            count += 1;
            assert_eq!(node["sequence"], count);
            assert_eq!(node["previousHash"], previous.as_str());
            previous = node["hash"].as_str().expect("a hash").to_owned();
        }
        after = answer.at("/auditRecords/pageInfo/endCursor").clone();
        if answer.at("/auditRecords/pageInfo/hasNextPage") == false {
            break answer.at("/auditHead").clone();
        }
    };
    assert_eq!(head, json!({"sequence": count, "hash": previous}));
    assert!(count >= 5, "{count}");
    // Of one action only.
    let made = ask(&a.admin.token, json!({"action": "learner.create"})).await;
    let nodes = made.at("/auditRecords/nodes").as_array().expect("a list");
    assert_eq!(nodes.len(), 1, "{made:?}");
    // By name, and the platform's own.
    let own = ask(&a.admin.token, json!({"provider": a.provider})).await;
    let named = ask(&platform, json!({"provider": a.provider})).await;
    assert_eq!(own.at("/auditRecords"), named.at("/auditRecords"));
    let platforms = ask(&platform, json!({"first": 1})).await;
    assert_eq!(
        platforms.text("/auditRecords/nodes/0/action"),
        "api_key.create"
    );
    for (token, variables, code) in [
        (&b.admin.token, json!({"provider": a.provider}), "NOT_FOUND"),
        (&platform, json!({"provider": a.learner}), "NOT_FOUND"),
        (&a.assessors[0].token, json!({}), "FORBIDDEN"),
    ] {
        let answer = ask(token, variables).await;
        assert_eq!(answer.code(), Some(code), "{answer:?}");
    }
    let answer = ask(&a.admin.token, json!({"after": "bm9uc2Vuc2U"})).await;
    assert_eq!(answer.code(), Some("BAD_CURSOR"), "{answer:?}");
}
