//! Frameworks, and drafts of their versions.

use async_graphql::{Context, ID, Object};

use crate::{
    catalog::{
        model::Family,
        ops::{drafts, succession},
    },
    graphql::{
        errors::{Result, op, told},
        types::{
            catalog::FrameworkFamily,
            draft::{FrameworkDraft, FrameworkDraftState},
            input,
            owned::Framework,
            page::{self, FrameworkConnection, FrameworkDraftConnection},
        },
    },
};

/// Queries of frameworks.
#[derive(Default)]
pub struct FrameworkQuery;

#[Object]
impl FrameworkQuery {
    /// Frameworks with published versions: the shared ones and those of all providers.
    #[expect(clippy::too_many_arguments, reason = "four of them are Relay's page")]
    async fn frameworks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those of this provider only.")] provider_id: Option<ID>,
        #[graphql(desc = "Those of this family only.")] family: Option<FrameworkFamily>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<FrameworkConnection> {
        let request = page::request(first, after, last, before)?;
        let provider = provider_id.map(|id| input::id("Provider", "this provider", &id));
        let provider = provider.transpose().map_err(told)?;
        let family = family.map(|family| Family::from(family).as_str());
        let found = succession::frameworks(&op(ctx)?.app, provider, family, &request).await;
        Ok(FrameworkConnection::of(found.map_err(told)?, Framework))
    }

    /// A draft of the provider that the key belongs to; with a curator's key, of a shared framework.
    async fn framework_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<FrameworkDraft>> {
        let op = op(ctx)?;
        let found = async {
            let id = input::id("FrameworkDraft", "this draft", &id)?;
            drafts::draft(op, id).await
        };
        Ok(Some(FrameworkDraft(found.await.map_err(told)?)))
    }

    /// Drafts of the provider that the key belongs to, oldest first; with a curator's key, of shared
    /// frameworks.
    async fn framework_drafts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those in this state only.")] state: Option<FrameworkDraftState>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<FrameworkDraftConnection> {
        let request = page::request(first, after, last, before)?;
        let state = state.map(FrameworkDraftState::as_str);
        let found = drafts::drafts(op(ctx)?, state, &request).await;
        Ok(FrameworkDraftConnection::of(
            found.map_err(told)?,
            FrameworkDraft,
        ))
    }
}
