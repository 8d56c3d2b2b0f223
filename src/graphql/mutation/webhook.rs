//! Webhooks: where a provider wants to be told of what happens.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::payload;
use crate::{
    events::ops::{
        deliveries,
        webhooks::{self, WithSecret},
    },
    graphql::{
        errors::{Result, UserError, op, outcome},
        types::{
            event::EventKind,
            input,
            webhook::{Webhook, WebhookDelivery},
        },
    },
};

/// A webhook to create.
#[derive(InputObject)]
pub struct CreateWebhookInput {
    /// An https address that is reachable from the internet.
    pub url: String,
    /// What it is to be told of; everything, when left out or empty.
    #[graphql(default)]
    pub kinds: Vec<EventKind>,
}

/// A webhook to disable.
#[derive(InputObject)]
pub struct DisableWebhookInput {
    /// The webhook.
    pub webhook_id: ID,
}

/// A webhook that is to have another secret.
#[derive(InputObject)]
pub struct RotateWebhookSecretInput {
    /// The webhook.
    pub webhook_id: ID,
}

/// A delivery to make once more.
#[derive(InputObject)]
pub struct RedeliverWebhookInput {
    /// The delivery.
    pub delivery_id: ID,
}

/// The outcome of `createWebhook`.
#[derive(SimpleObject)]
pub struct CreateWebhookPayload {
    /// The webhook.
    pub webhook: Option<Webhook>,
    /// The secret that its messages are signed with, `whsec_…`. It is shown this once.
    pub secret: Option<String>,
    /// What is wrong with the input; empty when it was done.
    pub user_errors: Vec<UserError>,
}

/// The outcome of `rotateWebhookSecret`.
#[derive(SimpleObject)]
pub struct RotateWebhookSecretPayload {
    /// The webhook.
    pub webhook: Option<Webhook>,
    /// The secret that its messages are signed with from now on, `whsec_…`. It is shown this once.
    pub secret: Option<String>,
    /// What is wrong with the input; empty when it was done.
    pub user_errors: Vec<UserError>,
}

payload! {
    /// The outcome of `disableWebhook`.
    DisableWebhookPayload {
        /// The webhook.
        webhook: Webhook
    }
}

payload! {
    /// The outcome of `redeliverWebhook`.
    RedeliverWebhookPayload {
        /// The delivery, which waits for its first try.
        delivery: WebhookDelivery
    }
}

fn shown((row, secret): WithSecret) -> (Webhook, String) {
    (Webhook(row), secret.as_str().to_owned())
}

/// Mutations of webhooks.
#[derive(Default)]
pub struct WebhookMutation;

#[Object]
impl WebhookMutation {
    /// Has an address told of what happens in the provider that the key belongs to, by messages
    /// that are signed as Standard Webhooks says. The secret is shown this once.
    async fn create_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The webhook.")] input: CreateWebhookInput,
    ) -> Result<CreateWebhookPayload> {
        let kinds: Vec<_> = input.kinds.into_iter().map(Into::into).collect();
        let created = webhooks::create_webhook(op(ctx)?, input.url, &kinds).await;
        let (created, user_errors) = outcome(created)?;
        let (webhook, secret) = created.map(shown).unzip();
        Ok(CreateWebhookPayload {
            webhook,
            secret,
            user_errors,
        })
    }

    /// Tells a webhook nothing any more. What waits for it is given up.
    async fn disable_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: DisableWebhookInput,
    ) -> Result<DisableWebhookPayload> {
        let op = op(ctx)?;
        let disabled = async {
            let id = input::id("Webhook", "this webhook", &input.webhook_id)?;
            webhooks::disable_webhook(op, id).await
        };
        DisableWebhookPayload::of(disabled.await, Webhook)
    }

    /// Gives a webhook another secret. For a day its messages are signed with the one before it
    /// too.
    async fn rotate_webhook_secret(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RotateWebhookSecretInput,
    ) -> Result<RotateWebhookSecretPayload> {
        let op = op(ctx)?;
        let rotated = async {
            let id = input::id("Webhook", "this webhook", &input.webhook_id)?;
            webhooks::rotate_webhook_secret(op, id).await
        };
        let (rotated, user_errors) = outcome(rotated.await)?;
        let (webhook, secret) = rotated.map(shown).unzip();
        Ok(RotateWebhookSecretPayload {
            webhook,
            secret,
            user_errors,
        })
    }

    /// Makes a delivery once more, from its first try on: a dead letter, or one that the receiver
    /// lost.
    async fn redeliver_webhook(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RedeliverWebhookInput,
    ) -> Result<RedeliverWebhookPayload> {
        let op = op(ctx)?;
        let asked = async {
            let id = input::id("WebhookDelivery", "this delivery", &input.delivery_id)?;
            deliveries::redeliver_webhook(op, id).await
        };
        RedeliverWebhookPayload::of(asked.await, WebhookDelivery)
    }
}
