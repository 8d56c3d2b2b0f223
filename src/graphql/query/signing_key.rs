//! The keys of the provider that the API key belongs to.

use async_graphql::{Context, Object};

use crate::{
    credential::ops::keys::read,
    graphql::{
        errors::{Result, op, told},
        types::{
            page::{self, SigningKeyConnection},
            signing_key::SigningKey,
        },
    },
};

/// Queries of signing keys.
#[derive(Default)]
pub struct SigningKeyQuery;

#[Object]
impl SigningKeyQuery {
    /// Every key that the provider ever signed with, or is to, oldest first.
    async fn signing_keys(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<SigningKeyConnection> {
        let request = page::request(first, after, last, before)?;
        let found = read::signing_keys(op(ctx)?, &request).await;
        Ok(SigningKeyConnection::of(found.map_err(told)?, SigningKey))
    }
}
