//! Webhooks over the API: what is shown, what is refused, what others see.

use attestry::app::App;
use entity::webhook;
use sea_orm::EntityTrait;
use serde_json::json;

use super::college;
use crate::support::{Answer, Api, House, Tenant, audit::check_chains, on_each_database};

on_each_database!(
    a_secret_is_shown_once_and_stored_sealed,
    addresses_that_lead_inside_are_refused,
    a_provider_has_so_many_at_most,
    what_is_disabled_stays_so,
);

/// A webhook, and the secret that it was shown with.
pub(super) struct Created {
    /// Its global id.
    pub(super) id: String,
    /// Its secret.
    pub(super) secret: String,
}

/// Makes a webhook.
pub(super) async fn create(tenant: &Tenant, url: &str, kinds: &[&str]) -> Created {
    let made = ask(tenant, url, kinds).await;
    Created {
        id: made.text("/createWebhook/webhook/id"),
        secret: made.text("/createWebhook/secret"),
    }
}

async fn ask(tenant: &Tenant, url: &str, kinds: &[&str]) -> Answer {
    let fields = "webhook { id url kinds disabledAt } secret";
    let input = json!({"url": url, "kinds": kinds});
    tenant.admin("createWebhook", fields, input).await
}

async fn a_secret_is_shown_once_and_stored_sealed(house: House) {
    let platform = house.bootstrap().await;
    let tenant = college(&house, &platform, "riverside").await;
    let first = create(&tenant, "https://college.example/hook", &["BULK_FINISHED"]).await;
    assert!(first.secret.starts_with("whsec_"), "{}", first.secret);
    let fields = "webhook { id } secret";
    let input = json!({"webhookId": first.id});
    let rotated = tenant.admin("rotateWebhookSecret", fields, input).await;
    let second = rotated.text("/rotateWebhookSecret/secret");
    assert_ne!(first.secret, second);
    let query = "{ webhooks { nodes { id url kinds createdAt disabledAt } } }";
    let token = Some(tenant.admin.token.as_str());
    let listed = house.api.send(token, query, json!({})).await;
    assert_eq!(listed.text("/webhooks/nodes/0/id"), first.id);
    assert_eq!(
        listed.at("/webhooks/nodes/0/kinds"),
        &json!(["BULK_FINISHED"])
    );
    let rows = webhook::Entity::find().all(house.db()).await.unwrap();
    let raw = |secret: &str| {
        use base64::Engine as _;
        let digits = secret.strip_prefix("whsec_").expect("it has the prefix");
        let raw = base64::engine::general_purpose::STANDARD.decode(digits);
        let raw = raw.expect("it is base64");
        assert_eq!(raw.len(), 32);
        raw
    };
    for secret in [&first.secret, &second] {
        let raw = raw(secret);
        for row in &rows {
            assert!(!row.sealed_secret.windows(32).any(|bytes| bytes == raw));
        }
    }
    let records = check_chains(&house.app.db).await;
    assert!(records.values().sum::<i64>() > 0);
}

async fn addresses_that_lead_inside_are_refused(house: House) {
    let platform = house.bootstrap().await;
    let tenant = college(&house, &platform, "riverside").await;
    for url in [
        "http://college.example/hook",
        "https://10.0.0.1/hook",
        "https://[::ffff:10.0.0.1]/hook",
        "https://169.254.169.254/latest",
        "https://a:b@college.example/",
        "file:///etc/passwd",
        "nonsense",
        &format!("https://college.example/{}", "x".repeat(2_000)),
    ] {
        let refused = ask(&tenant, url, &[]).await;
        assert_eq!(refused.user_errors(), ["BAD_URL"], "{url}: {refused:?}");
    }
    // This very machine, only where the settings say so.
    let near = "http://127.0.0.1:9/hook";
    assert_eq!(ask(&tenant, near, &[]).await.user_errors(), [""; 0]);
    let config = attestry::config::Config {
        webhooks_allow_http_loopback: false,
        ..house.app.config.clone()
    };
    let strict = Tenant {
        api: Api::of(&house.set_up(config)),
        ..tenant
    };
    assert_eq!(ask(&strict, near, &[]).await.user_errors(), ["BAD_URL"]);
}

async fn a_provider_has_so_many_at_most(house: House) {
    let platform = house.bootstrap().await;
    let tenant = college(&house, &platform, "riverside").await;
    let url = "https://college.example/hook";
    let first = create(&tenant, url, &[]).await;
    for _ in 1..20 {
        create(&tenant, url, &[]).await;
    }
    let refused = ask(&tenant, url, &[]).await;
    assert_eq!(refused.user_errors(), ["TOO_MANY_WEBHOOKS"]);
    let other = college(&house, &platform, "hillside").await;
    create(&other, url, &[]).await;
    let input = json!({"webhookId": first.id});
    let disabled = tenant
        .admin("disableWebhook", "webhook { id }", input)
        .await;
    assert_eq!(disabled.user_errors(), [""; 0]);
    create(&tenant, url, &[]).await;
}

async fn what_is_disabled_stays_so(house: House) {
    let platform = house.bootstrap().await;
    let tenant = college(&house, &platform, "riverside").await;
    let made = create(&tenant, "https://college.example/hook", &[]).await;
    let input = json!({"webhookId": made.id});
    let disable = async || {
        let fields = "webhook { disabledAt }";
        let answer = tenant.admin("disableWebhook", fields, input.clone()).await;
        answer.text("/disableWebhook/webhook/disabledAt")
    };
    let before = records(&house.app).await;
    let at = disable().await;
    assert_eq!(records(&house.app).await, before + 1);
    assert_eq!(disable().await, at, "a second time changes nothing");
    assert_eq!(records(&house.app).await, before + 1);
    let refused = tenant
        .admin("rotateWebhookSecret", "secret", input.clone())
        .await;
    assert_eq!(refused.user_errors(), ["WEBHOOK_DISABLED"]);
    let missing = json!({"webhookId": "nonsense"});
    let missing = tenant
        .admin("disableWebhook", "webhook { id }", missing)
        .await;
    assert_eq!(missing.code(), Some("NOT_FOUND"));
}

/// How many audit records there are.
async fn records(app: &App) -> i64 {
    let db = app
        .db
        .read(attestry::kernel::db::Reach::System)
        .await
        .unwrap();
    let rows = entity::audit_record::Entity::find().all(&db).await.unwrap();
    rows.len().try_into().unwrap()
}
