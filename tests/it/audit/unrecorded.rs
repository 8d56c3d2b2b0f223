//! Where the record cannot be written, nothing is.

use attestry::catalog::samples::SAMPLES;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::Scene;
use crate::support::{House, on_each_database};

on_each_database!(without_a_record_there_is_no_change);

async fn without_a_record_there_is_no_change(house: House) {
    let scene = Scene::set(house).await;
    let college = &scene.college;
    let demonstration = college.demonstration(&scene.statement, false).await;
    let issued = college.issue(&demonstration, "first").await;
    let credential = issued.text("/issueCredential/credential/id");
    let keys = "{ signingKeys { nodes { id } } }";
    let token = Some(college.admin.token.as_str());
    let keys = college.api.send(token, keys, json!({})).await;
    let key = keys.text("/signingKeys/nodes/0/id");
    let rename = async |from: &str, to: &str| {
        let sql = format!("ALTER TABLE {from} RENAME TO {to}");
        let db = scene.house.db();
        db.execute_unprepared(&sql)
            .await
            .expect("it can be renamed");
    };
    let rows = scene.rows().await;
    rename("audit_record", "audit_record_away").await;
    let newer = String::from_utf8(SAMPLES[1].bytes.to_vec()).expect("samples are UTF-8");
    let (platform, admin) = (&scene.platform, &college.admin.token);
    for (token, name, input) in [
        (
            platform,
            "importFramework",
            json!({"document": newer.replace("v.26.11", "v.26.12")}),
        ),
        (
            platform,
            "createProvider",
            json!({"slug": "h-2", "name": "H", "url": "https://h.example"}),
        ),
        (
            admin,
            "createMember",
            json!({"name": "New", "roles": ["ASSESSOR"]}),
        ),
        (
            admin,
            "createApiKey",
            json!({"memberId": college.admin.id, "name": "k"}),
        ),
        (
            admin,
            "createLearner",
            json!({"externalId": "9", "name": "L", "email": "l@l.example"}),
        ),
        (
            admin,
            "issueCredential",
            json!({"demonstrationId": demonstration, "idempotencyKey": "k2"}),
        ),
        (
            admin,
            "revokeCredential",
            json!({"credentialId": credential, "reason": "a reason"}),
        ),
        (
            admin,
            "createWebhook",
            json!({"url": "https://college.example/hook"}),
        ),
        (admin, "generateSigningKey", Value::Null),
        (admin, "rotateSigningKey", json!({})),
        (
            admin,
            "markKeyCompromised",
            json!({"signingKeyId": key, "reason": "a reason"}),
        ),
    ] {
        let answer = scene.send(token, name, "__typename", input).await;
        assert_eq!(answer.code(), Some("INTERNAL"), "{name}: {answer:?}");
    }
    rename("audit_record_away", "audit_record").await;
    assert_eq!(scene.rows().await, rows);
    scene.records().await;
    let jwt = issued.text("/issueCredential/credential/jwt");
    assert_eq!(scene.house.api.outcome(&jwt).await, "VALID");
}
