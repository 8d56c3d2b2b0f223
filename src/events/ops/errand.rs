//! One try of one delivery: taken, made, and its outcome written down.

use std::sync::Arc;

use entity::{event, webhook, webhook_delivery};
use serde_json::{Value, json};

use super::{courier::Clients, secret, webhooks};
use crate::{
    app::App,
    events::{
        backoff::{self, TRIES},
        model::DeliveryState,
        places::{Place, Places},
        signature, store,
    },
    fetch::FetchError,
    kernel::{
        clock,
        db::Reach,
        errors::{Error, Result},
        rng,
    },
};

/// For how long a delivery is nobody else's, in milliseconds. It is several times what a try may
/// take, so it runs out only where the process that took it is gone.
const LEASE: i64 = 60_000;
/// Webhooks that are looked at in one go.
const LOOK: u64 = 100;
/// Characters of an error that are kept.
const ERROR: usize = 200;

/// A delivery that this process has taken.
pub(super) struct Errand {
    delivery: webhook_delivery::Model,
    webhook: webhook::Model,
    event: event::Model,
}

/// How a try ended.
enum Outcome {
    /// The receiver took it.
    Taken(u16),
    /// The receiver wants nothing any more: 410 Gone.
    Gone,
    /// It did not take it, or was not there.
    Failed(Option<u16>, String),
}

/// Takes deliveries that are due, as many as there are places besides those that are `taken`. Of
/// more than [`LOOK`] webhooks that wait it takes some: who can take more then asks again.
pub(super) async fn take(app: &Arc<App>, taken: &Places) -> Result<Vec<Errand>> {
    let now = clock::to_millis(app.clock.now());
    let db = app.db.read(Reach::System).await?;
    let mut places = taken.clone();
    let mut due = Vec::new();
    for place in store::due_webhooks(&db, now, taken, LOOK).await? {
        // None is left where the webhooks before it took what its provider may take.
        let free = places.free_for(place);
        if free > 0 {
            let limit = u64::try_from(free).unwrap_or(u64::MAX);
            let found = store::due_deliveries(&db, place.webhook, now, limit).await?;
            found.iter().for_each(|_| places.take(place));
            due.extend(found);
        }
        if places.is_full() {
            break;
        }
    }
    drop(db);
    if due.is_empty() {
        return Ok(Vec::new());
    }
    let tx = app.db.write_tx(Reach::System).await?;
    let mut taken = Vec::new();
    for seen in due {
        let leased = webhook_delivery::Model {
            attempts: seen.attempts + 1,
            due_at: now + LEASE,
            ..seen.clone()
        };
        if store::replace_delivery(&*tx, &seen, &leased).await? {
            taken.push(leased);
        }
    }
    let mut errands = Vec::new();
    for delivery in taken {
        let webhook = store::webhook(&*tx, delivery.provider_id, delivery.webhook_id).await?;
        let event = store::events_by_id(&*tx, &[delivery.event_id]).await?.pop();
        let (Some(webhook), Some(event)) = (webhook, event) else {
            return Err(Error::internal("a delivery without its webhook or event"));
        };
        errands.push(Errand {
            delivery,
            webhook,
            event,
        });
    }
    tx.commit().await?;
    Ok(errands)
}

impl Errand {
    /// The place that it takes.
    pub(super) const fn place(&self) -> Place {
        Place {
            provider: self.webhook.provider_id,
            webhook: self.webhook.id,
        }
    }

    /// Makes the try, and writes down how it ended.
    pub(super) async fn run(self, app: &Arc<App>, clients: &Clients) -> Result<()> {
        let outcome = self.send(app, clients).await?;
        let (status, why) = match &outcome {
            Outcome::Taken(status) => (Some(*status), None),
            Outcome::Gone => (Some(410), Some("the receiver answered 410 Gone".to_owned())),
            Outcome::Failed(status, why) => (*status, Some(why.chars().take(ERROR).collect())),
        };
        tracing::info!(
            delivery = %self.delivery.id, webhook = %self.webhook.id,
            attempt = self.delivery.attempts, status, "a webhook was told"
        );
        let op = app.operator();
        let now = clock::to_millis(op.now);
        let tx = app.db.write_tx(Reach::System).await?;
        let mut next = webhook_delivery::Model {
            last_status: status.map(i32::from),
            last_error: why,
            ..self.delivery.clone()
        };
        match outcome {
            Outcome::Taken(_) => {
                next.state = DeliveryState::Delivered.as_str().to_owned();
                next.delivered_at = Some(now);
            }
            Outcome::Gone => next.state = DeliveryState::Dead.as_str().to_owned(),
            Outcome::Failed(..) => {
                let dice = u32::from_be_bytes(rng::bytes(app.rng.as_ref()));
                match backoff::pause(next.attempts, dice) {
                    Some(pause) => {
                        let pause = i64::try_from(pause.as_millis()).unwrap_or(i64::MAX);
                        next.due_at = now.saturating_add(pause);
                    }
                    None => next.state = DeliveryState::Dead.as_str().to_owned(),
                }
            }
        }
        if !store::replace_delivery(&*tx, &self.delivery, &next).await? {
            tracing::warn!(delivery = %self.delivery.id, "the lease ran out before the try ended");
        }
        if matches!(outcome, Outcome::Gone)
            && let Some(row) =
                store::lock_webhook(&*tx, self.webhook.provider_id, self.webhook.id).await?
        {
            webhooks::disable(&tx, &op, row, "the receiver answered 410 Gone").await?;
        }
        tx.commit().await
    }

    async fn send(&self, app: &Arc<App>, clients: &Clients) -> Result<Outcome> {
        let failed = |why: String| Ok(Outcome::Failed(None, why));
        if self.delivery.attempts > TRIES {
            return failed("it was tried too often".to_owned());
        }
        let webhook = &self.webhook;
        let db = app.db.read(Reach::System).await?;
        let (provider, sealed) = (webhook.provider_id, &webhook.sealed_secret);
        let secrets = match secret::open(&db, app, provider, webhook.id, sealed).await {
            Ok(secrets) => secrets,
            Err(error) => {
                tracing::error!(%error, webhook = %webhook.id, "a webhook's secret does not open");
                return failed("the webhook's secret does not open".to_owned());
            }
        };
        drop(db);
        let body = self.body()?;
        let now = clock::to_millis(app.clock.now());
        let id = self.event.id.to_string();
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("webhook-timestamp", signature::timestamp(now).to_string()),
            ("webhook-signature", secrets.sign(&id, now, &body)),
            ("webhook-id", id),
        ];
        Ok(
            match clients
                .of(&webhook.url)
                .post(&webhook.url, &headers, body)
                .await
            {
                Ok(410) => Outcome::Gone,
                Ok(status @ 200..300) => Outcome::Taken(status),
                Ok(status) => {
                    Outcome::Failed(Some(status), format!("the receiver answered {status}"))
                }
                Err(FetchError::Unreachable(why)) => Outcome::Failed(None, why),
                Err(e) => Outcome::Failed(None, e.to_string()),
            },
        )
    }

    /// Standard Webhooks 1.0.0, "Payload structure": type, time and data.
    fn body(&self) -> Result<Vec<u8>> {
        let data: Value = serde_json::from_str(&self.event.payload).map_err(Error::internal)?;
        let at = clock::from_millis(self.event.created_at);
        let body = json!({"type": self.event.kind, "timestamp": at.to_string(), "data": data});
        Ok(body.to_string().into_bytes())
    }
}
