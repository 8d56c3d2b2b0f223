//! Webhooks and their deliveries.

use async_graphql::{Enum, ID, Object};
use entity::webhook;

use super::{
    event::{Event, EventKind},
    scalars::DateTime,
};
use crate::{
    events::{model, ops::deliveries::Delivery},
    graphql::errors::{Result, told},
    kernel::{errors::Error, ids},
};

/// An address that is told of what happens in a provider.
pub struct Webhook(pub webhook::Model);

/// An address that is told of what happens in a provider, by messages that are signed as Standard
/// Webhooks says.
#[Object]
impl Webhook {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("Webhook", self.0.id).into()
    }

    /// Where messages go.
    async fn url(&self) -> &str {
        &self.0.url
    }

    /// What it is told of; empty for everything.
    async fn kinds(&self) -> Vec<EventKind> {
        let kinds = model::split_kinds(&self.0.kinds).into_iter();
        kinds.map(Into::into).collect()
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        DateTime::from_millis(self.0.created_at)
    }

    /// When it was disabled: it is told nothing any more.
    async fn disabled_at(&self) -> Option<DateTime> {
        self.0.disabled_at.map(DateTime::from_millis)
    }
}

/// What became of a delivery.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "model::DeliveryState")]
pub enum DeliveryState {
    /// It waits for its first or next try.
    Pending,
    /// The receiver took it.
    Delivered,
    /// It was given up: a dead letter, until it is asked for again with `redeliverWebhook`.
    Dead,
}

/// One event on its way to one webhook.
pub struct WebhookDelivery(pub Delivery);

/// One event on its way to one webhook.
#[Object]
impl WebhookDelivery {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("WebhookDelivery", self.0.0.id).into()
    }

    /// Global id of the webhook.
    async fn webhook_id(&self) -> ID {
        ids::global("Webhook", self.0.0.webhook_id).into()
    }

    /// What it tells.
    async fn event(&self) -> Event {
        Event(std::sync::Arc::clone(&self.0.1))
    }

    /// What became of it.
    async fn state(&self) -> Result<DeliveryState> {
        let state = model::DeliveryState::parse(&self.0.0.state).map(Into::into);
        state.ok_or_else(|| told(Error::internal("a delivery in an unknown state")))
    }

    /// How often it was tried, since it was last asked for.
    async fn attempts(&self) -> i32 {
        self.0.0.attempts
    }

    /// When it is tried next; empty where it is not.
    async fn due_at(&self) -> Option<DateTime> {
        let is_pending = self.0.0.state == model::DeliveryState::Pending.as_str();
        is_pending.then(|| DateTime::from_millis(self.0.0.due_at))
    }

    /// The HTTP status of the last answer.
    async fn last_status(&self) -> Option<i32> {
        self.0.0.last_status
    }

    /// Why the last try failed.
    async fn last_error(&self) -> Option<&str> {
        self.0.0.last_error.as_deref()
    }

    /// When the receiver took it.
    async fn delivered_at(&self) -> Option<DateTime> {
        self.0.0.delivered_at.map(DateTime::from_millis)
    }
}
