//! Webhooks and their deliveries.

use async_graphql::{Context, ID, Object};

use crate::{
    events::ops::{deliveries, webhooks},
    graphql::{
        errors::{Result, op, told},
        types::{
            input,
            page::{self, WebhookConnection, WebhookDeliveryConnection},
            webhook::{DeliveryState, Webhook, WebhookDelivery},
        },
    },
};

/// Queries of webhooks.
#[derive(Default)]
pub struct WebhookQuery;

#[Object]
impl WebhookQuery {
    /// Webhooks of the provider that the key belongs to, oldest first; never their secrets.
    async fn webhooks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<WebhookConnection> {
        let request = page::request(first, after, last, before)?;
        let found = webhooks::webhooks(op(ctx)?, &request).await.map_err(told)?;
        Ok(WebhookConnection::of(found, Webhook))
    }

    /// What was told to webhooks, what waits, and, in the state `DEAD`, the dead letters; oldest
    /// first.
    #[expect(clippy::too_many_arguments, reason = "four of them are Relay's page")]
    async fn webhook_deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those of this webhook only.")] webhook_id: Option<ID>,
        #[graphql(desc = "Those in this state only.")] state: Option<DeliveryState>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<WebhookDeliveryConnection> {
        let request = page::request(first, after, last, before)?;
        let webhook = webhook_id
            .map(|id| input::id("Webhook", "this webhook", &id))
            .transpose()
            .map_err(told)?;
        let state = state.map(Into::into);
        let found = deliveries::deliveries(op(ctx)?, webhook, state, &request).await;
        let found = found.map_err(told)?;
        Ok(WebhookDeliveryConnection::of(found, WebhookDelivery))
    }
}
