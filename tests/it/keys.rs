//! API keys: what one can give to another, and how a platform keeps its own.

use serde_json::json;

use crate::support::{House, Tenant, cast, on_each_database};

on_each_database!(
    a_key_gives_no_more_than_it_has,
    a_platform_key_makes_its_successor,
);

const CREATED: &str = "token apiKey { scopes }";

async fn a_key_gives_no_more_than_it_has(house: House) {
    let platform = house.bootstrap().await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let admin = college.admin.id.as_str();
    let narrow = json!({"memberId": admin, "name": "narrow", "scopes": ["keys:write"]});
    let narrow = cast::key(&house.api, &college.admin.token, narrow).await;

    let own = json!({"memberId": admin, "name": "copy"});
    let copy = house
        .api
        .mutate(&narrow, "createApiKey", CREATED, own)
        .await;
    let scopes = copy.at("/createApiKey/apiKey/scopes");
    assert_eq!(scopes, &json!(["keys:write"]), "{copy:?}");

    let more = json!({"memberId": admin, "name": "more", "scopes": ["credentials:issue"]});
    let refused = house
        .api
        .mutate(&narrow, "createApiKey", CREATED, more)
        .await;
    assert_eq!(refused.user_errors(), ["SCOPE_NOT_ALLOWED"], "{refused:?}");

    // What only the assessor's role can do is the assessor's, whoever makes the key.
    let assessor = college.assessors[0].id.as_str();
    let observe = json!({"memberId": assessor, "name": "tablet", "scopes": ["observations:write"]});
    let made = house
        .api
        .mutate(&college.admin.token, "createApiKey", CREATED, observe)
        .await;
    assert!(made.user_errors().is_empty(), "{made:?}");
}

async fn a_platform_key_makes_its_successor(house: House) {
    let bootstrap = house.bootstrap().await;
    let next = json!({"name": "operations", "expiresInDays": 400});
    let made = house
        .api
        .mutate(&bootstrap, "createApiKey", CREATED, next.clone())
        .await;
    let next_token = made.text("/createApiKey/token");
    let college = Tenant::create(&house.api, &next_token, "riverside").await;

    let refused = house
        .api
        .mutate(&college.admin.token, "createApiKey", CREATED, next)
        .await;
    assert_eq!(refused.user_errors(), ["REQUIRED"], "{refused:?}");
}
