//! Many who listen, slow ones, and those at another replica.

use attestry::events::model::EventKind;
use serde_json::json;

use super::{DECISIONS, listening, next};
use crate::{
    events::{college, decide, row, until},
    support::{
        House,
        database::Postgres,
        on_each_database,
        socket::{Socket, serve},
    },
};

on_each_database!(
    many_who_listen_cost_the_database_no_more_than_one,
    whoever_is_too_slow_learns_that_something_is_missing,
);

async fn many_who_listen_cost_the_database_no_more_than_one(house: House) {
    let platform = house.bootstrap().await;
    let a = college(&house, &platform, "riverside").await;
    let address = serve(&house.app).await;
    let mut sockets = Vec::new();
    for _ in 0..100 {
        let mut socket = Socket::connect(address, Some(&a.admin.token)).await;
        socket.subscribe("1", DECISIONS, json!({})).await;
        sockets.push(socket);
    }
    // However many listen, one task looks.
    let hub = &house.app.hub;
    until("all listen", || {
        hub.listeners() == 100 && hub.lookers() == 1
    })
    .await;
    decide(&house.app, &a, &a.learner).await;
    for socket in &mut sockets {
        next(socket).await;
    }
    drop(sockets);
    until("nobody listens", || house.app.hub.listeners() == 0).await;
    until("nobody looks", || house.app.hub.lookers() == 0).await;
    // And whoever comes then hears again.
    let mut socket = listening(&house, &a.admin.token, DECISIONS, json!({})).await;
    decide(&house.app, &a, &a.learner).await;
    next(&mut socket).await;
}

async fn whoever_is_too_slow_learns_that_something_is_missing(house: House) {
    use attestry::{
        events::{model::NewEvent, outbox::append},
        kernel::{db::Reach, errors::Error},
    };
    let platform = house.bootstrap().await;
    let a = college(&house, &platform, "riverside").await;
    let (provider, app) = (row(&a.provider), &house.app);
    let mut slow = app.hub.listen(&app.db, &app.clock, provider).await.unwrap();
    let mut quick = app.hub.listen(&app.db, &app.clock, provider).await.unwrap();
    let op = app.operator();
    let tx = app.db.write_tx(Reach::One(provider)).await.unwrap();
    for number in 0..1_100 {
        let kind = EventKind::BulkFinished;
        let payload = json!({"number": number});
        append(&*tx, &op, provider, NewEvent { kind, payload })
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    for number in 0..1_100 {
        let event = quick.next().await.unwrap().expect("it keeps up");
        assert_eq!(event.payload, json!({"number": number}).to_string());
    }
    let missed = slow.next().await.unwrap().unwrap_err();
    assert!(matches!(&missed, Error::Invalid(problems) if problems[0].code == "EVENTS_MISSED"));
}

/// What one process commits, those who listen at another hear.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_reach_the_other_replica() {
    let Some(database) = Postgres::create("events_reach_the_other_replica").await else {
        return;
    };
    let house = House::open(database.url()).await;
    let told = tokio::spawn(async move {
        let platform = house.bootstrap().await;
        let a = college(&house, &platform, "riverside").await;
        let other = house.replica().await;
        let mut socket = listening(&house, &a.admin.token, DECISIONS, json!({})).await;
        decide(&other, &a, &a.learner).await;
        next(&mut socket).await
    });
    let told = told.await;
    database.drop().await;
    assert_eq!(
        told.expect("it is told")["assessmentDecided"]["kind"],
        "ASSESSMENT_DECIDED"
    );
}
