//! What was told long ago is removed; what waits, and what is young, stays.

use std::sync::Arc;

use attestry::{
    app::App,
    config::Config,
    events::{
        model::{EventKind, NewEvent},
        ops::{
            courier::Courier,
            retention::{Pruned, prune},
        },
        outbox::append_many,
        store,
    },
    identity::actor::Actor,
    kernel::db::{Reach, WriteTx},
};
use entity::{event, webhook_delivery};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;
use uuid::Uuid;

use super::{college, dead_letter, happen, receiver::Receiver, row, webhooks::create};
use crate::support::{House, Tenant, audit::check_chains, on_each_database};

on_each_database!(
    what_is_old_and_done_goes_and_its_event_after_it,
    many_go_in_several_transactions,
    a_dead_letter_that_is_asked_for_again_stays,
);

async fn pruned(app: &Arc<App>) -> (usize, usize) {
    let pruned = prune(&app.operator()).await.expect("the database works");
    let Pruned { events, deliveries } = pruned;
    (events, deliveries)
}

/// The same installation, which keeps events for a day.
fn keeping_a_day(house: &House) -> Arc<App> {
    house.set_up(Config {
        events_keep_days: 1,
        ..house.app.config.clone()
    })
}

/// The states of all deliveries, in order of age, and how many events there are.
async fn left(house: &House) -> (Vec<String>, usize) {
    let deliveries = webhook_delivery::Entity::find()
        .order_by_asc(webhook_delivery::Column::Id)
        .all(house.db());
    let deliveries = deliveries.await.expect("they can be read");
    let events = event::Entity::find().all(house.db()).await;
    let states = deliveries.into_iter().map(|row| row.state).collect();
    (states, events.expect("they can be read").len())
}

async fn tell(house: &House, tenant: &Tenant) {
    happen(&house.app, tenant, EventKind::BulkFinished, json!({})).await;
}

async fn what_is_old_and_done_goes_and_its_event_after_it(house: House) {
    let platform = house.bootstrap().await;
    let told = college(&house, &platform, "riverside").await;
    let untold = college(&house, &platform, "hillside").await;
    let receiver = Receiver::start(200).await;
    create(&told, &receiver.url, &[]).await;
    dead_letter(&house, &told).await;
    tell(&house, &told).await;
    let courier = Courier::new(&house.app).expect("requests can be made here");
    assert_eq!(courier.round().await.expect("it works"), 1);
    tell(&house, &told).await;
    tell(&house, &untold).await;
    let all = ["DEAD", "DELIVERED", "PENDING"].map(str::to_owned).to_vec();
    assert_eq!(left(&house).await, (all.clone(), 4));
    let records = check_chains(&house.app.db).await;
    house.clock.pass_days(89);
    assert_eq!(pruned(&house.app).await, (0, 0));
    assert_eq!(left(&house).await, (all.clone(), 4));
    // Nobody but the machine asks for it.
    let refused = prune(&house.app.op(Actor::Anonymous, "r")).await;
    assert!(refused.is_err());
    house.clock.pass_days(1);
    tell(&house, &told).await;
    tell(&house, &untold).await;
    assert_eq!(pruned(&house.app).await, (1, 2));
    let waiting = vec!["PENDING".to_owned(); 2];
    assert_eq!(left(&house).await, (waiting.clone(), 5));
    assert_eq!(pruned(&house.app).await, (2, 0));
    assert_eq!(pruned(&house.app).await, (0, 0));
    // What waits stays, and so does what it tells.
    assert_eq!(left(&house).await, (waiting, 3));
    assert_eq!(courier.round().await.expect("it works"), 2);
    assert_eq!(pruned(&house.app).await, (0, 1));
    assert_eq!(pruned(&house.app).await, (1, 0));
    assert_eq!(left(&house).await, (vec!["DELIVERED".to_owned()], 2));
    assert_eq!(check_chains(&house.app.db).await, records);
}

async fn many_go_in_several_transactions(house: House) {
    let platform = house.bootstrap().await;
    let tenant = college(&house, &platform, "riverside").await;
    for _ in 0..2 {
        create(&tenant, "https://college.example/hook", &[]).await;
    }
    let provider = row(&tenant.provider);
    let new = NewEvent {
        kind: EventKind::BulkFinished,
        payload: json!({}),
    };
    let tx = house.app.db.write_tx(Reach::One(provider)).await.unwrap();
    let op = house.app.operator();
    append_many(&*tx, &op, provider, vec![new; 1_100])
        .await
        .unwrap();
    let given_up = store::give_up(&*tx, first_webhook(&tx).await, "it is gone").await;
    assert_eq!(given_up.unwrap(), 1_100);
    tx.commit().await.unwrap();
    let brief = keeping_a_day(&house);
    assert_eq!(pruned(&brief).await, (0, 0), "they are new");
    house.clock.pass_days(1);
    assert_eq!(pruned(&house.app).await, (0, 0), "a day is not much");
    // The other webhook's deliveries still wait, and keep every event.
    assert_eq!(pruned(&brief).await, (0, 1_100));
    assert_eq!(pruned(&brief).await, (0, 0));
    let tx = house.app.db.write_tx(Reach::One(provider)).await.unwrap();
    let webhook = first_webhook(&tx).await;
    let given_up = store::give_up(&*tx, webhook, "it is gone").await;
    assert_eq!(given_up.unwrap(), 1_100);
    tx.commit().await.unwrap();
    assert_eq!(pruned(&brief).await, (0, 1_100));
    assert_eq!(pruned(&brief).await, (1_100, 0));
    assert_eq!(left(&house).await, (Vec::new(), 0));
}

/// The webhook of a delivery that waits.
async fn first_webhook(tx: &WriteTx) -> Uuid {
    let waiting = webhook_delivery::Entity::find().all(&**tx).await.unwrap();
    let waiting = waiting.into_iter().find(|row| row.state == "PENDING");
    waiting.expect("some wait").webhook_id
}

async fn a_dead_letter_that_is_asked_for_again_stays(house: House) {
    let platform = house.bootstrap().await;
    let tenant = college(&house, &platform, "riverside").await;
    let receiver = Receiver::start(200).await;
    create(&tenant, &receiver.url, &[]).await;
    let id = dead_letter(&house, &tenant).await;
    let brief = keeping_a_day(&house);
    house.clock.pass_days(2);
    let redeliver = async || {
        let input = json!({"deliveryId": id});
        tenant
            .admin("redeliverWebhook", "delivery { state }", input)
            .await
    };
    let asked = redeliver().await;
    assert_eq!(asked.text("/redeliverWebhook/delivery/state"), "PENDING");
    assert_eq!(pruned(&brief).await, (0, 0));
    let courier = Courier::new(&house.app).expect("requests can be made here");
    assert_eq!(courier.round().await.expect("it works"), 1);
    assert_eq!(receiver.received().len(), 1);
    assert_eq!(pruned(&brief).await, (0, 1));
    assert_eq!(redeliver().await.code(), Some("NOT_FOUND"));
    assert_eq!(pruned(&brief).await, (1, 0));
}
