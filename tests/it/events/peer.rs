//! The reference library of Standard Webhooks verifies what is sent.

use attestry::events::{model::EventKind, ops::courier::Courier};
use serde_json::{Value, json};

use super::{
    college, happen,
    receiver::{Received, Receiver},
    webhooks::create,
};
use crate::{
    peers,
    support::{House, database::MEMORY},
};

#[tokio::test]
async fn the_reference_library_verifies_what_is_sent_and_refuses_what_is_altered() {
    let name = "the_reference_library_verifies_what_is_sent_and_refuses_what_is_altered";
    let Some(installed) = peers::folder(name) else {
        return;
    };
    let house = House::open(MEMORY).await;
    let platform = house.bootstrap().await;
    let tenant = college(&house, &platform, "riverside").await;
    let receiver = Receiver::start(200).await;
    let hook = create(&tenant, &receiver.url, &[]).await;
    let courier = Courier::new(&house.app).expect("requests can be made here");
    let send = async || {
        let before = receiver.received().len();
        happen(
            &house.app,
            &tenant,
            EventKind::LearnerErased,
            json!({"learnerId": "é"}),
        )
        .await;
        assert_eq!(courier.round().await.expect("it works"), 1);
        receiver.received()[before].clone()
    };
    let first = send().await;
    let input = json!({"webhookId": hook.id});
    let rotated = tenant.admin("rotateWebhookSecret", "secret", input).await;
    let next = rotated.text("/rotateWebhookSecret/secret");
    let both = send().await;
    house.clock.pass_days(2);
    let late = send().await;

    let mut altered = first.clone();
    altered.body = altered.body.replace("learner", "teacher");
    let mut renamed = first.clone();
    renamed
        .headers
        .insert("webhook-id".to_owned(), "another".to_owned());
    let cases = [
        (&first, &hook.secret, 0, true),
        (&first, &next, 0, false),
        (&first, &hook.secret, 301, false),
        (&altered, &hook.secret, 0, false),
        (&renamed, &hook.secret, 0, false),
        (&both, &hook.secret, 0, true),
        (&both, &next, 0, true),
        (&late, &hook.secret, 0, false),
        (&late, &next, 0, true),
    ];
    let requests: Vec<_> = cases
        .iter()
        .map(|(r, secret, age, _)| request(r, secret, *age))
        .collect();
    let answers = peers::ask(&installed, "verify_webhooks.mjs", &requests);
    for (number, ((_, _, _, good), answer)) in cases.iter().zip(&answers).enumerate() {
        assert_eq!(answer["verified"], json!(good), "case {number}: {answer}");
    }
    assert_eq!(answers[0]["payload"]["data"], json!({"learnerId": "é"}));
}

fn request(received: &Received, secret: &str, age: i64) -> Value {
    let sent: i64 = received.headers["webhook-timestamp"]
        .parse()
        .expect("a number");
    json!({"secret": secret, "headers": received.headers, "body": received.body, "at": sent + age})
}
