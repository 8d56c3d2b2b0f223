//! Deliveries: tried until they are taken, given up in the end, made once by however many.

use std::sync::Arc;

use attestry::{
    app::App,
    events::{model::EventKind, ops::courier::Courier},
};
use entity::webhook_delivery;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{college, happen, receiver::Receiver, until, webhooks::create};
use crate::support::{
    Answer, House, Tenant,
    database::{MEMORY, Postgres},
    on_each_database,
};

on_each_database!(
    a_delivery_is_tried_until_it_is_taken,
    what_is_never_taken_becomes_a_dead_letter_and_may_be_sent_again,
    gone_means_gone,
    nobody_there_is_a_failure_like_any_other,
    the_background_tells_what_happens,
    whoever_dies_on_the_way_is_stood_in_for,
);

fn courier(app: &Arc<App>) -> Courier {
    Courier::new(app).expect("requests can be made here")
}

async fn round(app: &Arc<App>) -> usize {
    courier(app).round().await.expect("the database works")
}

async fn listed(tenant: &Tenant, state: &str) -> Answer {
    let query = "query D($state: DeliveryState) { webhookDeliveries(state: $state) { nodes {
        id state attempts dueAt lastStatus lastError deliveredAt webhookId
        event { id kind at payload } } } }";
    let token = Some(tenant.admin.token.as_str());
    tenant.api.send(token, query, json!({"state": state})).await
}

fn nodes(answer: &Answer) -> Vec<Value> {
    let nodes = answer.at("/webhookDeliveries/nodes").as_array();
    nodes.unwrap_or_else(|| panic!("{answer:?}")).clone()
}

async fn a_delivery_is_tried_until_it_is_taken(house: House) {
    let platform = house.bootstrap().await;
    let tenant = college(&house, &platform, "riverside").await;
    let receiver = Receiver::start(500).await;
    let hook = create(&tenant, &receiver.url, &[]).await;
    assert_eq!(round(&house.app).await, 0, "nothing happened yet");
    happen(
        &house.app,
        &tenant,
        EventKind::LearnerErased,
        json!({"learnerId": "x"}),
    )
    .await;
    assert_eq!(round(&house.app).await, 1);
    let waiting = nodes(&listed(&tenant, "PENDING").await);
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0]["attempts"], 1);
    assert_eq!(waiting[0]["lastStatus"], 500);
    assert_eq!(waiting[0]["webhookId"], json!(hook.id));
    assert_eq!(waiting[0]["event"]["kind"], "LEARNER_ERASED");
    assert!(waiting[0]["dueAt"].is_string() && waiting[0]["deliveredAt"].is_null());
    // Not before its time.
    assert_eq!(round(&house.app).await, 0);
    house.clock.pass_millis(9_000);
    assert_eq!(round(&house.app).await, 0);
    house.clock.pass_millis(2_100);
    assert_eq!(round(&house.app).await, 1);
    house.clock.pass_millis(60_000 + 6_100);
    receiver.answer(204);
    assert_eq!(round(&house.app).await, 1);
    house.clock.pass_days(10);
    assert_eq!(round(&house.app).await, 0, "it was taken");
    let done = nodes(&listed(&tenant, "DELIVERED").await);
    assert_eq!(done[0]["attempts"], 3);
    assert_eq!(done[0]["lastStatus"], 204);
    assert!(done[0]["lastError"].is_null() && done[0]["dueAt"].is_null());
    assert!(done[0]["deliveredAt"].is_string());
    // Each try is the same message, so that who took one knows the others.
    let received = receiver.received();
    assert_eq!(received.len(), 3);
    let ids: Vec<_> = received
        .iter()
        .map(|r| r.headers["webhook-id"].clone())
        .collect();
    assert!(
        ids.iter().all(|id| json!(id) == done[0]["event"]["id"]),
        "{ids:?}"
    );
    assert!(received.iter().all(|r| r.body == received[0].body));
    let body: Value = serde_json::from_str(&received[0].body).unwrap();
    assert_eq!(body["type"], "learner.erased");
    assert_eq!(body["data"], json!({"learnerId": "x"}));
    assert_eq!(body["timestamp"], done[0]["event"]["at"]);
    assert_ne!(
        received[0].headers["webhook-signature"],
        received[2].headers["webhook-signature"]
    );
}

async fn what_is_never_taken_becomes_a_dead_letter_and_may_be_sent_again(house: House) {
    let platform = house.bootstrap().await;
    let tenant = college(&house, &platform, "riverside").await;
    let receiver = Receiver::start(302).await;
    create(&tenant, &receiver.url, &[]).await;
    happen(&house.app, &tenant, EventKind::BulkFinished, json!({})).await;
    let mut tries = 0;
    while nodes(&listed(&tenant, "DEAD").await).is_empty() {
        assert_eq!(round(&house.app).await, 1);
        tries += 1;
        assert!(tries <= 10, "it is never given up");
        house.clock.pass_days(2);
    }
    assert_eq!(tries, 10);
    assert_eq!(round(&house.app).await, 0);
    let dead = nodes(&listed(&tenant, "DEAD").await);
    assert_eq!(dead[0]["attempts"], 10);
    assert!(dead[0]["lastError"].as_str().unwrap().contains("302"));
    let redeliver = async |tenant: &Tenant| {
        let input = json!({"deliveryId": dead[0]["id"]});
        tenant
            .admin("redeliverWebhook", "delivery { state attempts }", input)
            .await
    };
    let other = college(&house, &platform, "hillside").await;
    assert_eq!(redeliver(&other).await.code(), Some("NOT_FOUND"));
    assert!(nodes(&listed(&other, "DEAD").await).is_empty());
    receiver.answer(200);
    let asked = redeliver(&tenant).await;
    assert_eq!(asked.text("/redeliverWebhook/delivery/state"), "PENDING");
    assert_eq!(redeliver(&tenant).await.user_errors(), ["STILL_PENDING"]);
    assert_eq!(round(&house.app).await, 1);
    assert_eq!(nodes(&listed(&tenant, "DELIVERED").await).len(), 1);
    // One that was taken may be asked for, too: the receiver may have lost it.
    assert_eq!(redeliver(&tenant).await.user_errors(), [""; 0]);
    assert_eq!(round(&house.app).await, 1);
    assert_eq!(receiver.received().len(), 12);
}

async fn gone_means_gone(house: House) {
    let platform = house.bootstrap().await;
    let tenant = college(&house, &platform, "riverside").await;
    let receiver = Receiver::start(500).await;
    create(&tenant, &receiver.url, &[]).await;
    happen(&house.app, &tenant, EventKind::BulkFinished, json!({})).await;
    assert_eq!(round(&house.app).await, 1);
    receiver.answer(410);
    happen(&house.app, &tenant, EventKind::BulkFinished, json!({})).await;
    assert_eq!(round(&house.app).await, 1);
    // The one that waited is given up with it, and what happens later is not for it.
    assert_eq!(nodes(&listed(&tenant, "DEAD").await).len(), 2);
    happen(&house.app, &tenant, EventKind::BulkFinished, json!({})).await;
    house.clock.pass_days(1);
    assert_eq!(round(&house.app).await, 0);
    let token = Some(tenant.admin.token.as_str());
    let query = "{ webhooks { nodes { disabledAt } } }";
    let listed = house.api.send(token, query, json!({})).await;
    listed.text("/webhooks/nodes/0/disabledAt");
    let rows = webhook_delivery::Entity::find()
        .all(house.db())
        .await
        .unwrap();
    let id = attestry::kernel::ids::global("WebhookDelivery", rows[0].id);
    let input = json!({"deliveryId": id});
    let refused = tenant
        .admin("redeliverWebhook", "delivery { id }", input)
        .await;
    assert_eq!(refused.user_errors(), ["WEBHOOK_DISABLED"]);
}

async fn nobody_there_is_a_failure_like_any_other(house: House) {
    let platform = house.bootstrap().await;
    let tenant = college(&house, &platform, "riverside").await;
    let address = crate::support::process::free_address();
    create(&tenant, &format!("http://{address}/"), &[]).await;
    happen(&house.app, &tenant, EventKind::BulkFinished, json!({})).await;
    assert_eq!(round(&house.app).await, 1);
    let waiting = nodes(&listed(&tenant, "PENDING").await);
    assert_eq!(waiting[0]["attempts"], 1);
    assert!(waiting[0]["lastStatus"].is_null() && waiting[0]["lastError"].is_string());
}

async fn the_background_tells_what_happens(house: House) {
    let platform = house.bootstrap().await;
    let tenant = college(&house, &platform, "riverside").await;
    let receiver = Receiver::start(200).await;
    create(&tenant, &receiver.url, &[]).await;
    let running = tokio::spawn(courier(&house.app).run());
    happen(&house.app, &tenant, EventKind::BulkFinished, json!({})).await;
    until("it was told", || receiver.received().len() == 1).await;
    house.app.stop();
    running.await.expect("it ends by itself");
    assert_eq!(nodes(&listed(&tenant, "DELIVERED").await).len(), 1);
}

async fn whoever_dies_on_the_way_is_stood_in_for(house: House) {
    let platform = house.bootstrap().await;
    let tenant = college(&house, &platform, "riverside").await;
    let receiver = Receiver::start(200).await;
    create(&tenant, &receiver.url, &[]).await;
    happen(&house.app, &tenant, EventKind::BulkFinished, json!({})).await;
    receiver.hang(true);
    let app = Arc::clone(&house.app);
    let dying = tokio::spawn(async move { round(&app).await });
    until("it is on its way", || receiver.received().len() == 1).await;
    dying.abort();
    dying.await.expect_err("it died");
    receiver.hang(false);
    // It may still be on its way, for all that others know.
    assert_eq!(round(&house.app).await, 0);
    house.clock.pass_millis(61_000);
    assert_eq!(round(&house.app).await, 1);
    let done = nodes(&listed(&tenant, "DELIVERED").await);
    assert_eq!(done[0]["attempts"], 2);
    let received = receiver.received();
    let ids = [0, 1].map(|n: usize| &received[n].headers["webhook-id"]);
    assert_eq!(ids[0], ids[1], "the receiver can tell");
}

/// Many deliveries, and two processes that carry them at once: each is made once.
async fn shared_by_two(house: House) {
    let platform = house.bootstrap().await;
    let tenant = college(&house, &platform, "riverside").await;
    let receiver = Receiver::start(200).await;
    create(&tenant, &receiver.url, &[]).await;
    for _ in 0..40 {
        happen(&house.app, &tenant, EventKind::BulkFinished, json!({})).await;
    }
    let other = house.replica().await;
    let (here, there) = (courier(&house.app), courier(&other));
    let (a, b) = tokio::join!(here.round(), there.round());
    assert_eq!(a.unwrap() + b.unwrap(), 40);
    let mut ids: Vec<_> = receiver
        .received()
        .iter()
        .map(|r| r.headers["webhook-id"].clone())
        .collect();
    assert_eq!(ids.len(), 40);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 40);
    assert_eq!(nodes(&listed(&tenant, "PENDING").await).len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_replicas_deliver_once_on_sqlite() {
    let folder = tempfile::tempdir().expect("there is room");
    let url = format!("sqlite:{}", folder.path().join("attestry.db").display());
    assert_ne!(url, MEMORY);
    shared_by_two(House::open(&url).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_replicas_deliver_once_on_postgres() {
    let Some(database) = Postgres::create("two_replicas_deliver_once_on_postgres").await else {
        return;
    };
    let house = House::open(database.url()).await;
    let ended = tokio::spawn(shared_by_two(house)).await;
    database.drop().await;
    ended.expect("each was delivered once");
}
