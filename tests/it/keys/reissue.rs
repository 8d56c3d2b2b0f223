//! A stolen key: what it signed fails, and is signed anew.

use attestry::credential::ops::issuer;
use entity::{credential, reissue, signing_key};
use futures_util::future::join_all;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use serde_json::json;

use super::{Record, Scene};
use crate::support::{Answer, House, audit::check_chains, on_each_database};

on_each_database!(
    what_a_stolen_key_signed_fails_until_it_is_signed_anew,
    what_was_to_be_signed_by_a_stolen_key_is_signed_by_another,
    other_work_goes_on_meanwhile,
);

async fn what_a_stolen_key_signed_fails_until_it_is_signed_anew(house: House) {
    let scene = Scene::suspendable(house, true).await;
    let mut records = Vec::new();
    for n in 0..5 {
        records.push(scene.issue(&format!("{n}")).await);
    }
    scene
        .college
        .change("revokeCredential", &records[0].id)
        .await;
    scene
        .college
        .change("suspendCredential", &records[1].id)
        .await;
    // Retired first: what it signed is valid, until it turns out to be stolen.
    let key = scene.keys().await[0].clone();
    let id = key["id"].as_str().expect("an id");
    scene.rotate(json!({})).await;
    let third = scene.issue("by the next").await;
    assert_eq!(scene.outcome(&records[4]).await, "VALID");
    scene.house.clock.pass_days(30);
    let marked = scene.compromise(id).await;
    let told = marked.at("/markKeyCompromised/compromise");
    assert_eq!(told["records"], 4, "{marked:?}");
    assert!(
        told["successor"].is_null() && told["canSign"] == true,
        "{marked:?}"
    );
    for record in &records {
        let report = scene.college.api.verdict(&record.jwt).await;
        assert_eq!(report.text("/verifyCredential/outcome"), "INVALID");
        assert!(
            report
                .body
                .to_string()
                .contains("was revoked by the issuer"),
            "{report:?}"
        );
    }
    assert_eq!(scene.outcome(&third).await, "VALID");

    // The document says since when, and no longer lets it speak for anything, whatever its date.
    let documents = issuer::documents(&scene.house.app, "riverside").await;
    let documents = documents.expect("they are made").expect("they are there");
    let method = &documents.did_document["verificationMethod"][0];
    assert_eq!(method["id"], key["verificationMethod"]);
    let since = told["signingKey"]["compromisedAt"]
        .as_str()
        .expect("a time");
    let revoked = method["revoked"].as_str().expect("it is marked");
    assert_eq!(revoked.get(..19), since.get(..19));
    let multikey = key["multikey"].as_str().expect("text");
    let (asserts, jwks) = (&documents.did_document["assertionMethod"], &documents.jwks);
    assert!(!asserts.to_string().contains(multikey) && !jwks.to_string().contains(multikey));

    let mut left = 4;
    while left > 0 {
        let answer = scene.reissue(id, 3).await;
        let done = answer.at("/reissueCredentials/reissue");
        let reissued = done["reissued"].as_i64().expect("a number");
        assert!((1..=3).contains(&reissued), "{answer:?}");
        left -= reissued;
        assert_eq!(done["remaining"], left, "{answer:?}");
    }
    let again = scene.reissue(id, 3).await;
    assert_eq!(
        again.at("/reissueCredentials/reissue"),
        &json!({"reissued": 0, "remaining": 0})
    );
    for (n, record) in records.iter().enumerate() {
        let now = scene.read(record).await;
        assert_eq!((&now.urn, now.index), (&record.urn, record.index));
        if n == 0 {
            assert_eq!(now.jwt, record.jwt, "a revoked record is left alone");
            continue;
        }
        assert_eq!(now.kid(), third.kid());
        assert_eq!(now.part(1), record.part(1), "its claims are the same");
        assert_eq!(now.state, if n == 1 { "SUSPENDED" } else { "ISSUED" });
        let expected = if n == 1 { "INVALID" } else { "VALID" };
        assert_eq!(scene.outcome(&now).await, expected, "{n}");
        assert_eq!(scene.outcome(record).await, "INVALID");
    }
    scene
        .college
        .change("reinstateCredential", &records[1].id)
        .await;
    let suspended = scene.read(&records[1]).await;
    assert_eq!(scene.outcome(&suspended).await, "VALID");
    // The same request still gives the same record, in its new form.
    assert_eq!(scene.issue("4").await, scene.read(&records[4]).await);
    check_chains(&scene.house.app.db).await;
    let rows = reissue::Entity::find().all(scene.house.db()).await;
    let rows = rows.expect("they can be read");
    assert_eq!(rows.len(), 4);
    assert!(
        rows.iter()
            .all(|r| r.signed_at.is_some() && r.signing_input.is_none())
    );
}

async fn what_was_to_be_signed_by_a_stolen_key_is_signed_by_another(house: House) {
    let scene = Scene::set(house).await;
    let record = scene.issue("a").await;
    // As a crash between the intent and the signature leaves it.
    let db = scene.house.db();
    let row = credential::Entity::find().one(db).await;
    let row = row.expect("it can be read").expect("there is one");
    let mut unsigned = row.clone().into_active_model();
    unsigned.state = Set("INTENDED".to_owned());
    unsigned.secured = Set(None);
    unsigned.update(db).await.expect("it can be changed");
    let key = scene.keys().await[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let marked = scene.compromise(&key).await;
    let next = marked.text("/markKeyCompromised/compromise/successor/verificationMethod");
    assert_eq!(scene.states().await, ["COMPROMISED", "ACTIVE"]);
    let refused = scene.college.issue(&scene.demonstration, "a").await;
    assert_eq!(refused.user_errors(), ["KEY_COMPROMISED"], "{refused:?}");
    let done = scene.reissue(&key, 10).await;
    assert_eq!(
        done.at("/reissueCredentials/reissue/reissued"),
        1,
        "{done:?}"
    );
    let again = scene.issue("a").await;
    assert_eq!((&again.id, again.index), (&record.id, record.index));
    assert_eq!((again.kid(), again.state.as_str()), (next, "ISSUED"));
    assert_eq!(scene.outcome(&again).await, "VALID");
    // And what is issued from now on is by the new key, its status list too.
    assert_eq!(scene.outcome(&scene.issue("b").await).await, "VALID");
    let keys = signing_key::Entity::find().all(db).await;
    assert_eq!(keys.expect("they can be read").len(), 2);
}

async fn other_work_goes_on_meanwhile(house: House) {
    let scene = Scene::suspendable(house, true).await;
    let mut records = Vec::new();
    for n in 0..24 {
        records.push(scene.issue(&format!("{n}")).await);
    }
    let key = scene.keys().await[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    scene.rotate(json!({})).await;
    // Marked and signed anew while others issue, suspend and revoke.
    let marked = work(
        &scene,
        &records[..8],
        "a",
        |n| (n == 3).then_some("markKeyCompromised"),
        &key,
    );
    marked.await;
    let answers = work(
        &scene,
        &records[8..16],
        "b",
        |n| (n % 3 == 0).then_some("reissueCredentials"),
        &key,
    );
    answers.await;
    while scene
        .reissue(&key, 7)
        .await
        .at("/reissueCredentials/reissue/remaining")
        != 0
    {}
    for (n, record) in records.iter().enumerate() {
        let now = scene.read(record).await;
        assert_eq!((&now.urn, now.index), (&record.urn, record.index));
        let holds = n >= 16;
        let outcome = scene.outcome(&now).await;
        assert_eq!(outcome == "VALID", holds, "{n}: {outcome}");
    }
    check_chains(&scene.house.app.db).await;
}

/// Changes the status of each record, issues as many, and sends `more` about the key, all at once.
async fn work(
    scene: &Scene,
    records: &[Record],
    name: &str,
    more: impl Fn(usize) -> Option<&'static str>,
    key: &str,
) {
    let mut tasks = Vec::new();
    for (n, record) in records.iter().enumerate() {
        let (college, record) = (scene.college.clone(), record.id.clone());
        let change = ["suspendCredential", "revokeCredential"][n % 2];
        tasks.push(tokio::spawn(async move {
            college.change(change, &record).await
        }));
        let (college, demonstration) = (scene.college.clone(), scene.demonstration.clone());
        let request = format!("{name} {n}");
        tasks.push(tokio::spawn(async move {
            college.issue(&demonstration, &request).await
        }));
        if let Some(mutation) = more(n) {
            let (college, key) = (scene.college.clone(), key.to_owned());
            tasks.push(tokio::spawn(async move {
                let input = json!({"signingKeyId": key});
                match mutation {
                    "markKeyCompromised" => {
                        let input = json!({"signingKeyId": key, "reason": "stolen"});
                        college
                            .admin(mutation, "compromise { records }", input)
                            .await
                    }
                    _ => {
                        college
                            .admin(mutation, "reissue { remaining }", input)
                            .await
                    }
                }
            }));
        }
    }
    for answer in join_all(tasks).await {
        let answer: Answer = answer.expect("no task panics");
        assert!(answer.code().is_none(), "{answer:?}");
        assert!(answer.user_errors().is_empty(), "{answer:?}");
    }
}
