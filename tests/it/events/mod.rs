//! What happens is told: to webhooks, signed and tried until they take it, and to subscribers.

mod deliveries;
mod fairness;
mod outbox;
mod peer;
mod process;
mod protocol;
mod receiver;
mod retention;
pub(crate) mod subscriptions;
mod webhooks;

use std::{sync::Arc, time::Duration};

use attestry::{
    app::App,
    events::{
        model::{EventKind, NewEvent},
        outbox::append,
    },
    kernel::{db::Reach, ids},
};
use entity::webhook_delivery;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{House, Tenant};

/// The row id in a global id.
pub(crate) fn row(global: &str) -> Uuid {
    ids::parse_global(global).expect("it is a global id").1
}

/// A tenant without a catalog.
async fn college(house: &House, platform: &str, slug: &str) -> Tenant {
    Tenant::create(&house.api, platform, slug).await
}

/// Lets something happen in a tenant.
async fn happen(app: &Arc<App>, tenant: &Tenant, kind: EventKind, payload: Value) {
    let op = app.operator();
    let provider = row(&tenant.provider);
    let tx = app.db.write_tx(Reach::One(provider)).await;
    let tx = tx.expect("it begins");
    append(&*tx, &op, provider, NewEvent { kind, payload })
        .await
        .expect("it is written down");
    tx.commit().await.expect("it commits");
}

/// Lets a decision about a learner happen, of an assessment that never was.
async fn decide(app: &Arc<App>, tenant: &Tenant, learner: &str) {
    let assessment = ids::global("Assessment", Uuid::from_u128(7));
    let payload = json!({"assessmentId": assessment, "learnerId": learner});
    happen(app, tenant, EventKind::AssessmentDecided, payload).await;
}

/// The global id of a delivery that was given up, of a tenant that has a webhook.
pub(crate) async fn dead_letter(house: &House, tenant: &Tenant) -> String {
    happen(&house.app, tenant, EventKind::BulkFinished, json!({})).await;
    let provider = webhook_delivery::Column::ProviderId.eq(row(&tenant.provider));
    let delivery = webhook_delivery::Entity::find().filter(provider);
    let delivery = delivery.one(house.db()).await.expect("it can be read");
    let mut delivery = delivery.expect("it waits").into_active_model();
    delivery.state = Set("DEAD".to_owned());
    let delivery = delivery.update(house.db()).await.expect("it is changed");
    ids::global("WebhookDelivery", delivery.id)
}

/// Waits until something is so; the test fails when it takes too long.
pub(crate) async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..2_000 {
        if is_so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never came to be that {what}");
}
