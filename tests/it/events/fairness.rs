//! Receivers who are slow hold up nobody else.

use attestry::{
    events::{
        model::EventKind,
        ops::courier::Courier,
        places::{OF_PROVIDER, OF_WEBHOOK, Place, Places},
        store,
    },
    kernel::{clock, db::Reach},
};
use serde_json::json;

use super::{college, happen, receiver::Receiver, row, until, webhooks::create};
use crate::support::{House, on_each_database};

on_each_database!(
    slow_receivers_of_a_provider_do_not_keep_another_provider_waiting,
    whoever_can_take_no_more_hides_nobody,
);

async fn slow_receivers_of_a_provider_do_not_keep_another_provider_waiting(house: House) {
    let platform = house.bootstrap().await;
    let slow = college(&house, &platform, "riverside").await;
    let quick = college(&house, &platform, "hillside").await;
    let (hanging, receiver) = (Receiver::start(200).await, Receiver::start(200).await);
    hanging.hang(true);
    // More webhooks than there would be places for without a bound for each provider.
    for _ in 0..20 {
        create(&slow, &hanging.url, &[]).await;
    }
    create(&quick, &receiver.url, &[]).await;
    for _ in 0..5 {
        happen(&house.app, &slow, EventKind::BulkFinished, json!({})).await;
    }
    let courier = Courier::new(&house.app).expect("requests can be made here");
    let running = tokio::spawn(courier.run());
    until("the slow ones are on their way", || {
        hanging.open() == OF_PROVIDER
    })
    .await;
    happen(&house.app, &quick, EventKind::BulkFinished, json!({})).await;
    until("the other is told", || receiver.received().len() == 1).await;
    // None of them had to end for that, and none took a place beyond the provider's.
    assert_eq!(hanging.open(), OF_PROVIDER);
    assert_eq!(hanging.received().len(), OF_PROVIDER);
    running.abort();
    running.await.expect_err("it was under way");
}

async fn whoever_can_take_no_more_hides_nobody(house: House) {
    let platform = house.bootstrap().await;
    let first = college(&house, &platform, "riverside").await;
    let second = college(&house, &platform, "hillside").await;
    let url = "https://college.example/hook";
    let mut expected = Vec::new();
    for tenant in [&first, &first, &first, &second] {
        let webhook = row(&create(tenant, url, &[]).await.id);
        let provider = row(&tenant.provider);
        expected.push(Place { provider, webhook });
    }
    for tenant in [&first, &second] {
        happen(&house.app, tenant, EventKind::BulkFinished, json!({})).await;
    }
    let now = clock::to_millis(house.app.clock.now());
    let mut busy = Places::default();
    let due = async |busy: &Places, limit| {
        let db = house.app.db.read(Reach::System).await.unwrap();
        store::due_webhooks(&db, now, busy, limit).await.unwrap()
    };
    let has = |found: &[Place], place| found.contains(&place);
    let all = due(&busy, 100).await;
    assert_eq!(all.len(), 4);
    assert!(expected.iter().all(|place| has(&all, *place)));
    assert_eq!(all.last(), Some(&expected[3]), "it has waited least");
    (0..OF_WEBHOOK).for_each(|_| busy.take(expected[1]));
    let others = due(&busy, 2).await;
    assert!(has(&others, expected[0]) && has(&others, expected[2]));
    (0..OF_WEBHOOK).for_each(|_| busy.take(expected[2]));
    // Nor does the first webhook, which has places of its own, but whose provider has none.
    assert_eq!(due(&busy, 1).await, [expected[3]]);
    busy.give_back(expected[2]);
    assert_eq!(due(&busy, 100).await.len(), 3);
}
