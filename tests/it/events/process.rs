//! The built binary tells what happens, and takes its leave.

use std::{process::Command, time::Duration};

use attestry::events::model::EventKind;
use serde_json::json;

use super::{happen, receiver::Receiver, until, webhooks::create};
use crate::support::{
    House, Tenant,
    process::{Server, free_address},
    socket::{Said, Socket},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_service_tells_webhooks_and_subscribers_and_says_when_it_stops() {
    let folder = tempfile::tempdir().expect("there is room");
    let data = folder.path().join("data");
    let mut command = Command::new(env!("CARGO_BIN_EXE_attestry"));
    command.env("ATTESTRY_WEBHOOKS_ALLOW_HTTP_LOOPBACK", "true");
    let server = Server::spawn(command, &data, free_address());
    let platform = server.bootstrap.clone().expect("it is new");
    let tenant = Tenant::create(&server.api(), &platform, "riverside").await;
    let receiver = Receiver::start(200).await;
    create(&tenant, &receiver.url, &[]).await;
    let token = Some(tenant.admin.token.as_str());
    let mut socket = Socket::connect(server.address, token).await;
    let query = "subscription { events { kind } }";
    socket.subscribe("1", query, json!({})).await;
    // Another process commits something, under a clock that goes as the service's does.
    let house = House::open(&format!("sqlite:{}", data.join("attestry.db").display())).await;
    house.clock.set_to_now();
    // Again and again, because nothing says when the subscription is under way.
    let told = loop {
        let payload = json!({"jobId": "x"});
        happen(&house.app, &tenant, EventKind::BulkFinished, payload).await;
        let pause = Duration::from_millis(500);
        if let Ok(told) = tokio::time::timeout(pause, socket.hear()).await {
            break told.message();
        }
    };
    until("the webhook is told", || !receiver.received().is_empty()).await;
    assert_eq!(
        told["payload"]["data"],
        json!({"events": {"kind": "BULK_FINISHED"}})
    );
    let log = std::fs::read_to_string(data.with_extension("log")).expect("it writes a log");
    assert!(!log.contains("riverside.example"), "the log names somebody");
    server.terminate();
    // Events may be on their way still.
    let last = loop {
        match socket.hear().await {
            Said::Message(_) => {}
            last => break last,
        }
    };
    assert_eq!(last, Said::Closed(1001));
    assert!(server.wait(Duration::from_secs(40)).success());
}
