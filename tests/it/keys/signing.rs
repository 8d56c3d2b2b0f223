//! Rotating: who signs, and what stays valid.

use attestry::credential::ops::issuer;
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{KEY, Scene};
use crate::support::{Api, House, Tenant, on_each_database};

on_each_database!(
    a_rotation_leaves_old_records_valid,
    a_key_stands_by_until_it_takes_over,
    only_what_stands_by_can_take_over,
    under_did_key_the_key_is_the_name,
    rotations_at_once_leave_one_active_key,
);

async fn a_rotation_leaves_old_records_valid(house: House) {
    let scene = Scene::set(house).await;
    let before = scene.issue("before").await;
    let rotated = scene.rotate(json!({})).await;
    let next = rotated.text("/rotateSigningKey/signingKey/verificationMethod");
    let after = scene.issue("after").await;
    assert_eq!(after.kid(), next);
    assert_ne!(before.kid(), next);
    for record in [&before, &after] {
        assert_eq!(scene.outcome(record).await, "VALID");
    }
    assert_eq!(scene.states().await, ["RETIRED", "ACTIVE"]);
    let keys = scene.keys().await;
    assert!(keys[0]["retiredAt"].is_string() && keys[1]["retiredAt"].is_null());
    // Both are published, and for assertions.
    let documents = issuer::documents(&scene.house.app, "riverside").await;
    let documents = documents.expect("they are made").expect("they are there");
    let listed = [
        &keys[0]["verificationMethod"],
        &keys[1]["verificationMethod"],
    ];
    let asserts = &documents.did_document["assertionMethod"];
    assert_eq!(asserts, &json!(listed));
    assert_eq!(documents.jwks["keys"].as_array().map(Vec::len), Some(2));
    // Asking for the first again gives what was signed then.
    assert_eq!(scene.issue("before").await, before);
}

async fn a_key_stands_by_until_it_takes_over(house: House) {
    let scene = Scene::set(house).await;
    let generate = async || {
        let made = scene.college.admin("generateSigningKey", KEY, Value::Null);
        made.await.text("/generateSigningKey/signingKey/id")
    };
    let (first, second) = (generate().await, generate().await);
    assert_eq!(scene.states().await, ["ACTIVE", "STANDBY", "STANDBY"]);
    let keys = scene.keys().await;
    assert_eq!(
        json!(scene.issue("a").await.kid()),
        keys[0]["verificationMethod"]
    );
    // Known to whoever keeps the document, before it signs.
    let documents = issuer::documents(&scene.house.app, "riverside").await;
    let documents = documents.expect("they are made").expect("they are there");
    let published = documents.did_document["assertionMethod"].clone();
    assert!(
        published
            .to_string()
            .contains(keys[2]["multikey"].as_str().expect("text"))
    );

    let rotated = scene.rotate(json!({"signingKeyId": second})).await;
    assert_eq!(rotated.text("/rotateSigningKey/signingKey/id"), second);
    assert_eq!(scene.states().await, ["RETIRED", "STANDBY", "ACTIVE"]);
    let rotated = scene.rotate(json!({})).await;
    assert_eq!(rotated.text("/rotateSigningKey/signingKey/id"), first);
    assert_eq!(scene.states().await, ["RETIRED", "ACTIVE", "RETIRED"]);
    let record = scene.issue("b").await;
    assert_eq!(json!(record.kid()), keys[1]["verificationMethod"]);
    assert_eq!(scene.outcome(&record).await, "VALID");
}

async fn only_what_stands_by_can_take_over(house: House) {
    let scene = Scene::set(house).await;
    let retire = async |key: &str| {
        let input = json!({"signingKeyId": key});
        scene.college.admin("retireSigningKey", KEY, input).await
    };
    let active = scene.keys().await[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let refused = retire(&active).await;
    assert_eq!(refused.user_errors(), ["WRONG_KEY_STATE"], "{refused:?}");
    let refused = scene.rotate(json!({"signingKeyId": active})).await;
    assert_eq!(refused.user_errors(), ["WRONG_KEY_STATE"], "{refused:?}");
    let refused = scene.reissue(&active, 10).await;
    assert_eq!(refused.user_errors(), ["NOT_COMPROMISED"], "{refused:?}");
    let refused = scene.reissue(&active, 101).await;
    assert_eq!(refused.user_errors(), ["OUT_OF_RANGE"], "{refused:?}");
    let made = scene
        .college
        .admin("generateSigningKey", KEY, Value::Null)
        .await;
    let standby = made.text("/generateSigningKey/signingKey/id");
    let retired = retire(&standby).await;
    assert_eq!(
        retired.text("/retireSigningKey/signingKey/state"),
        "RETIRED"
    );
    let refused = scene.rotate(json!({"signingKeyId": standby})).await;
    assert_eq!(refused.user_errors(), ["WRONG_KEY_STATE"], "{refused:?}");
    scene.compromise(&standby).await;
    let refused = retire(&standby).await;
    assert_eq!(refused.user_errors(), ["WRONG_KEY_STATE"], "{refused:?}");
    assert_eq!(scene.states().await, ["ACTIVE", "COMPROMISED"]);
}

async fn under_did_key_the_key_is_the_name(house: House) {
    let app = house.moved_to("http://localhost:8080");
    let house = House {
        api: Api::of(&app),
        app,
        ..house
    };
    let scene = Scene::set(house).await;
    let record = scene.issue("a").await;
    assert!(record.kid().starts_with("did:key:"));
    assert_eq!(scene.outcome(&record).await, "VALID");
    let refused = scene.rotate(json!({})).await;
    assert_eq!(refused.user_errors(), ["KEY_IS_THE_NAME"], "{refused:?}");
    let college = &scene.college;
    let refused = college.admin("generateSigningKey", KEY, Value::Null).await;
    assert_eq!(refused.user_errors(), ["KEY_IS_THE_NAME"], "{refused:?}");

    // Compromised, the name is lost: nothing follows, and nothing more is signed under it.
    let key = scene.keys().await[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let lost = scene.compromise(&key).await;
    let told = lost.at("/markKeyCompromised/compromise");
    assert_eq!(
        (&told["canSign"], &told["successor"]),
        (&json!(false), &Value::Null)
    );
    let report = scene.college.api.verdict(&record.jwt).await;
    let outcome = report.text("/verifyCredential/outcome");
    assert_eq!(outcome, "INVALID", "{report:?}");
    assert!(
        report
            .body
            .to_string()
            .contains("was revoked by the issuer")
    );
    let refused = scene.college.issue(&scene.demonstration, "b").await;
    assert_eq!(refused.user_errors(), ["NO_SIGNING_KEY"], "{refused:?}");
    let refused = scene.reissue(&key, 10).await;
    assert_eq!(refused.user_errors(), ["NO_SIGNING_KEY"], "{refused:?}");
    let documents = issuer::documents(&scene.house.app, "riverside").await;
    let documents = documents.expect("they are made").expect("they are there");
    assert_eq!(documents.did_document["assertionMethod"], json!([]));
}

async fn rotations_at_once_leave_one_active_key(house: House) {
    let scene = Scene::set(house).await;
    let mut colleges = vec![scene.college.clone()];
    if scene.house.app.db.is_postgres() {
        let api = Api::of(&scene.house.replica().await);
        colleges.push(Tenant {
            api,
            ..scene.college.clone()
        });
    }
    // Rotations, and issuances between them.
    let sent = (0..24).map(|n| {
        let college = colleges[n % colleges.len()].clone();
        let demonstration = scene.demonstration.clone();
        tokio::spawn(async move {
            if n % 3 == 0 {
                college.admin("rotateSigningKey", KEY, json!({})).await
            } else {
                college.issue(&demonstration, &format!("key {n}")).await
            }
        })
    });
    for answer in join_all(sent).await {
        let answer = answer.expect("no task panics");
        assert!(answer.code().is_none(), "{answer:?}");
        assert!(answer.user_errors().is_empty(), "{answer:?}");
        if let Some(jwt) = answer.at("/issueCredential/credential/jwt").as_str() {
            assert_eq!(scene.college.api.outcome(jwt).await, "VALID");
        }
    }
    let states = scene.states().await;
    assert_eq!(
        states.iter().filter(|s| *s == "ACTIVE").count(),
        1,
        "{states:?}"
    );
    assert_eq!(states.len(), 9);
    crate::support::audit::check_chains(&scene.house.app.db).await;
}
