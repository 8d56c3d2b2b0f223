//! Events and the changes that they tell of: both or neither.

use attestry::{
    events::{
        model::{EventKind, NewEvent},
        outbox::append,
    },
    kernel::db::Reach,
};
use entity::{event, webhook_delivery};
use sea_orm::EntityTrait;
use serde_json::json;

use super::{college, happen, receiver::Receiver, row};
use crate::support::{House, on_each_database};

on_each_database!(
    what_is_rolled_back_never_happened,
    each_webhook_hears_what_it_wants_of_its_own_provider,
);

async fn what_is_rolled_back_never_happened(house: House) {
    let platform = house.bootstrap().await;
    let tenant = college(&house, &platform, "riverside").await;
    let receiver = Receiver::start(200).await;
    super::webhooks::create(&tenant, &receiver.url, &[]).await;
    let provider = row(&tenant.provider);
    let new = || NewEvent {
        kind: EventKind::BulkFinished,
        payload: json!({"jobId": "x"}),
    };
    let op = house.app.operator();
    let tx = house.app.db.write_tx(Reach::One(provider)).await.unwrap();
    append(&*tx, &op, provider, new()).await.unwrap();
    drop(tx);
    let count = async || {
        let events = event::Entity::find().all(house.db()).await.unwrap();
        let deliveries = webhook_delivery::Entity::find().all(house.db()).await;
        (events.len(), deliveries.unwrap().len())
    };
    assert_eq!(count().await, (0, 0));
    let tx = house.app.db.write_tx(Reach::One(provider)).await.unwrap();
    append(&*tx, &op, provider, new()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(count().await, (1, 1));
}

async fn each_webhook_hears_what_it_wants_of_its_own_provider(house: House) {
    let platform = house.bootstrap().await;
    let a = college(&house, &platform, "riverside").await;
    let b = college(&house, &platform, "hillside").await;
    let url = "https://college.example/hook";
    let all = super::webhooks::create(&a, url, &[]).await.id;
    let some = super::webhooks::create(&a, url, &["BULK_FINISHED", "LEARNER_ERASED"])
        .await
        .id;
    let off = super::webhooks::create(&a, url, &[]).await.id;
    let input = json!({"webhookId": off});
    a.admin("disableWebhook", "webhook { disabledAt }", input)
        .await
        .text("/disableWebhook/webhook/disabledAt");
    let other = super::webhooks::create(&b, url, &[]).await.id;
    happen(&house.app, &a, EventKind::BulkFinished, json!({})).await;
    happen(&house.app, &a, EventKind::AssessmentOpened, json!({})).await;
    let deliveries = webhook_delivery::Entity::find()
        .all(house.db())
        .await
        .unwrap();
    let of = |id: &str| {
        deliveries
            .iter()
            .filter(|d| d.webhook_id == row(id))
            .count()
    };
    assert_eq!((of(&all), of(&some), of(&off), of(&other)), (2, 1, 0, 0));
    assert!(
        deliveries
            .iter()
            .all(|d| d.state == "PENDING" && d.attempts == 0)
    );
}
