//! Signing keys: generating, rotating, retiring, and what follows when one is stolen.
//!
//! A private key is never taken in here: it would pass through whatever stands between the client
//! and the database. `attestry keys import` reads it at the machine.

use async_graphql::{Context, ID, InputObject, Object};

use super::payload;
use crate::{
    credential::ops::keys::{add, compromise, reissue, rotate},
    graphql::{
        errors::{Result, op},
        types::{
            input,
            signing_key::{Compromise, Reissue, SigningKey},
        },
    },
    kernel::errors::Result as Outcome,
};

/// Which key is to sign from now on.
#[derive(InputObject)]
pub struct RotateSigningKeyInput {
    /// A key that stands by. Left out, it is the oldest that does, or else a new one.
    pub signing_key_id: Option<ID>,
}

/// A key to put away.
#[derive(InputObject)]
pub struct RetireSigningKeyInput {
    /// The key, which stands by.
    pub signing_key_id: ID,
}

/// A key that is in other hands.
#[derive(InputObject)]
pub struct MarkKeyCompromisedInput {
    /// The key.
    pub signing_key_id: ID,
    /// Why. It is recorded, and not published.
    pub reason: String,
}

/// Whose records to sign anew.
#[derive(InputObject)]
pub struct ReissueCredentialsInput {
    /// The compromised key.
    pub signing_key_id: ID,
    /// How many records to sign anew in this call, 1 to 100.
    #[graphql(default = 50)]
    pub limit: i32,
}

payload! {
    /// The outcome of `generateSigningKey`.
    GenerateSigningKeyPayload {
        /// The key, which stands by.
        signing_key: SigningKey
    }
}

payload! {
    /// The outcome of `rotateSigningKey`.
    RotateSigningKeyPayload {
        /// The key that signs from now on.
        signing_key: SigningKey
    }
}

payload! {
    /// The outcome of `retireSigningKey`.
    RetireSigningKeyPayload {
        /// The key, which is put away.
        signing_key: SigningKey
    }
}

payload! {
    /// The outcome of `markKeyCompromised`.
    MarkKeyCompromisedPayload {
        /// The key, and what follows.
        compromise: Compromise
    }
}

payload! {
    /// The outcome of `reissueCredentials`.
    ReissueCredentialsPayload {
        /// What was done, and what is left.
        reissue: Reissue
    }
}

fn key(id: &ID) -> Outcome<uuid::Uuid> {
    input::id("SigningKey", "this signing key", id)
}

/// A count in the schema's terms; no installation has more records than fit.
fn count(of: u64) -> i32 {
    i32::try_from(of).unwrap_or(i32::MAX)
}

/// Mutations of signing keys.
#[derive(Default)]
pub struct SigningKeyMutation;

#[Object]
impl SigningKeyMutation {
    /// Makes a further signing key. It is published at once, and signs from the next rotation on.
    async fn generate_signing_key(&self, ctx: &Context<'_>) -> Result<GenerateSigningKeyPayload> {
        let made = add::generate_key(op(ctx)?, None).await;
        GenerateSigningKeyPayload::of(made, SigningKey)
    }

    /// Lets another key sign from now on. What the one before signed stays valid.
    async fn rotate_signing_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which key.")] input: RotateSigningKeyInput,
    ) -> Result<RotateSigningKeyPayload> {
        let op = op(ctx)?;
        let rotated = async {
            let to = input.signing_key_id.as_ref().map(key).transpose()?;
            rotate::rotate_key(op, None, to).await
        };
        RotateSigningKeyPayload::of(rotated.await, SigningKey)
    }

    /// Puts away a key that stands by.
    async fn retire_signing_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which key.")] input: RetireSigningKeyInput,
    ) -> Result<RetireSigningKeyPayload> {
        let op = op(ctx)?;
        let retired = async { rotate::retire_key(op, None, key(&input.signing_key_id)?).await };
        RetireSigningKeyPayload::of(retired.await, SigningKey)
    }

    /// Marks a key as being in other hands: everything it signed fails from now on, whatever its
    /// date, and for good. Where it was the key that signs, a new one follows at once.
    async fn mark_key_compromised(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which key, and why.")] input: MarkKeyCompromisedInput,
    ) -> Result<MarkKeyCompromisedPayload> {
        let op = op(ctx)?;
        let marked = async {
            let id = key(&input.signing_key_id)?;
            compromise::mark_compromised(op, None, id, &input.reason).await
        };
        MarkKeyCompromisedPayload::of(marked.await, |done| Compromise {
            signing_key: SigningKey(done.key),
            successor: done.successor.map(SigningKey),
            records: count(done.records),
            can_sign: done.can_sign,
        })
    }

    /// Signs records of a compromised key anew with the key that signs now. Each keeps its id, its
    /// claims and its place in the status list. Call it until none remain.
    async fn reissue_credentials(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose records, and how many.")] input: ReissueCredentialsInput,
    ) -> Result<ReissueCredentialsPayload> {
        let op = op(ctx)?;
        let done = async {
            let id = key(&input.signing_key_id)?;
            reissue::reissue_records(op, None, id, input.limit).await
        };
        ReissueCredentialsPayload::of(done.await, |done| Reissue {
            reissued: count(done.reissued),
            remaining: count(done.remaining),
        })
    }
}
