//! Invitations: shown as often as anyone looks, used once, and never stored or logged.

use attestry::kernel::digest;
use entity::invitation;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{College, accept, ask, browser::Browser};
use crate::support::{House, audit::check_chains, on_each_database};

on_each_database!(
    an_invitation_becomes_a_key_once,
    a_page_takes_an_invitation_up,
    what_is_over_says_how,
    only_those_who_keep_records_invite,
    of_many_who_accept_one_gets_the_key,
);

async fn college(house: &House) -> College {
    let platform = house.with_samples().await;
    College::create(&house.api, &platform, "riverside").await
}

async fn an_invitation_becomes_a_key_once(house: House) {
    let college = college(&house).await;
    let learner = &college.tenant.learner;
    let token = college.invite(learner).await;
    let rows = invitation::Entity::find().all(house.db()).await;
    let rows = rows.expect("they can be read");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].digest, digest::sha256(token.as_bytes()));
    let accepted = accept(&house.api, &token).await;
    assert_eq!(&accepted.text("/acceptInvitation/learner/id"), learner);
    let key = accepted.text("/acceptInvitation/token");
    let query = "{ viewer { kind provider { slug } roles } me { id name email } }";
    let me = ask(&house.api, &key, query, json!({})).await;
    assert_eq!(&me.text("/me/id"), learner);
    assert_eq!(me.text("/viewer/kind"), "LEARNER");
    assert_eq!(me.at("/viewer/roles"), &json!(["LEARNER"]));
    let again = accept(&house.api, &token).await;
    assert_eq!(again.user_errors(), ["USED"]);
    // Nobody else is a learner.
    let other = ask(&house.api, &college.tenant.admin.token, query, json!({})).await;
    assert_eq!(other.at("/me"), &Value::Null);
    assert_eq!(other.code(), None, "{other:?}");
    // The provider sees the key, and can take it back.
    let keys = "{ apiKeys(first: 50) { nodes { id learnerId revokedAt } } }";
    let keys = ask(&house.api, &college.tenant.admin.token, keys, json!({})).await;
    let keys = keys
        .at("/apiKeys/nodes")
        .as_array()
        .expect("a list")
        .clone();
    let own: Vec<_> = keys
        .iter()
        .filter(|k| k["learnerId"] == json!(learner))
        .collect();
    assert_eq!(own.len(), 1, "{keys:?}");
    let input = json!({"apiKeyId": own[0]["id"]});
    let revoked = college
        .tenant
        .admin("revokeApiKey", "apiKey { revokedAt }", input)
        .await;
    revoked.text("/revokeApiKey/apiKey/revokedAt");
    let me = ask(&house.api, &key, query, json!({})).await;
    assert_eq!(me.code(), Some("UNAUTHENTICATED"));
    check_chains(&house.app.db).await;
}

async fn a_page_takes_an_invitation_up(house: House) {
    let college = college(&house).await;
    let token = college.invite(&college.tenant.learner).await;
    let browser = Browser::at(&house.app);
    let path = format!("/invitation/{token}");
    // Looking, as mail scanners do, uses nothing up.
    for _ in 0..2 {
        let page = browser.open(&path).await;
        assert_eq!(page.status, 200);
        page.assert_private();
        assert!(
            page.text
                .contains("An invitation from The riverside college")
        );
        assert!(!page.text.contains(&token), "the page repeats the token");
        assert!(!page.text.contains("Learner of riverside"));
    }
    let page = browser.submit(&path, &[]).await;
    assert_eq!(page.status, 200);
    page.assert_private();
    let key = page
        .text
        .split(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c))
        .find(|word| word.starts_with("attestry_"))
        .expect("it shows the key");
    let page = browser.submit("/learner", &[("key", key)]).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Learner of riverside"));
    for page in [browser.open(&path).await, browser.submit(&path, &[]).await] {
        assert_eq!(page.status, 410);
        page.assert_private();
        assert!(page.text.contains("was used"));
    }
}

async fn what_is_over_says_how(house: House) {
    let college = college(&house).await;
    let learner = &college.tenant.learner;
    let browser = Browser::at(&house.app);
    let first = college.invite(learner).await;
    let second = college.invite(learner).await;
    assert_eq!(accept(&house.api, &first).await.user_errors(), ["REVOKED"]);
    let page = browser.open(&format!("/invitation/{first}")).await;
    assert_eq!(page.status, 410);
    assert!(page.text.contains("replaced"));
    house.clock.pass_days(14);
    assert_eq!(accept(&house.api, &second).await.user_errors(), ["EXPIRED"]);
    let page = browser.open(&format!("/invitation/{second}")).await;
    assert_eq!(page.status, 410);
    assert!(page.text.contains("expired"));
    let mut unknown = second.clone();
    unknown.pop();
    for never in ["nonsense", &unknown, &college.tenant.admin.token] {
        assert_eq!(accept(&house.api, never).await.code(), Some("NOT_FOUND"));
        let page = browser.open(&format!("/invitation/{never}")).await;
        assert_eq!(page.status, 404);
        page.assert_private();
        assert!(page.text.contains("ask whoever sent it"));
    }
    for days in [0, 61] {
        let input = json!({"learnerId": learner, "expiresInDays": days});
        let refused = college.tenant.admin("inviteLearner", "url", input).await;
        assert_eq!(refused.user_errors(), ["OUT_OF_RANGE"]);
    }
}

async fn only_those_who_keep_records_invite(house: House) {
    let platform = house.with_samples().await;
    let college = College::create(&house.api, &platform, "riverside").await;
    let other = College::create(&house.api, &platform, "hillside").await;
    let input = json!({"learnerId": college.tenant.learner});
    let invite = async |token: &str| {
        let answer = house
            .api
            .mutate(token, "inviteLearner", "url", input.clone())
            .await;
        answer.code().map(str::to_owned)
    };
    let assessor = &college.tenant.assessors[0].token;
    assert_eq!(invite(assessor).await.as_deref(), Some("FORBIDDEN"));
    assert_eq!(invite(&platform).await.as_deref(), Some("FORBIDDEN"));
    let theirs = &other.tenant.admin.token;
    assert_eq!(invite(theirs).await.as_deref(), Some("NOT_FOUND"));
    let key = college.welcome(&college.tenant.learner).await;
    assert_eq!(invite(&key).await.as_deref(), Some("FORBIDDEN"));
}

async fn of_many_who_accept_one_gets_the_key(house: House) {
    let college = college(&house).await;
    let token = college.invite(&college.tenant.learner).await;
    let tries = (0..8).map(|_| accept(&house.api, &token));
    let answers = futures_util::future::join_all(tries).await;
    let got = answers
        .iter()
        .filter(|a| a.at("/acceptInvitation/token").is_string());
    assert_eq!(got.count(), 1, "{answers:?}");
    let refused = answers.iter().filter(|a| a.user_errors() == ["USED"]);
    assert_eq!(refused.count(), 7, "{answers:?}");
}
