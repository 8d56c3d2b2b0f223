//! Providers and their people.

use async_graphql::{Context, ID, Object};

use crate::{
    graphql::{
        errors::{Result, op, told},
        types::{
            input,
            page::{
                self, ApiKeyConnection, LearnerConnection, MemberConnection, ProviderConnection,
            },
            people::{ApiKey, Learner, Member, Provider, Viewer},
        },
    },
    identity::{
        model::LearnerFilter,
        ops::{keys, learners, members, providers},
    },
    kernel::errors::Error,
};

/// Queries of providers and their people.
#[derive(Default)]
pub struct PeopleQuery;

#[Object]
impl PeopleQuery {
    /// Whoever sends this request.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Viewer> {
        Viewer::of(ctx).await
    }

    /// The provider with this slug.
    async fn provider(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Name in URLs.")] slug: String,
    ) -> Result<Option<Provider>> {
        let found = providers::provider_by_slug(op(ctx)?, &slug).await;
        Ok(found.map_err(told)?.map(Provider))
    }

    /// Providers, oldest first.
    async fn providers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<ProviderConnection> {
        let request = page::request(first, after, last, before)?;
        let found = providers::providers(op(ctx)?, &request)
            .await
            .map_err(told)?;
        Ok(ProviderConnection::of(found, Provider))
    }

    /// Members of a provider, oldest first.
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The provider; may be left out by its own members.")] provider_id: Option<
            ID,
        >,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<MemberConnection> {
        let request = page::request(first, after, last, before)?;
        let provider = provider_id
            .map(|id| input::id("Provider", "this provider", &id))
            .transpose()
            .map_err(told)?;
        let found = members::members(op(ctx)?, provider, &request).await;
        Ok(MemberConnection::of(found.map_err(told)?, Member))
    }

    /// API keys of a provider, oldest first; never their text.
    async fn api_keys(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The provider; may be left out by its own members.")] provider_id: Option<
            ID,
        >,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<ApiKeyConnection> {
        let request = page::request(first, after, last, before)?;
        let provider = provider_id
            .map(|id| input::id("Provider", "this provider", &id))
            .transpose()
            .map_err(told)?;
        let found = keys::api_keys(op(ctx)?, provider, &request).await;
        Ok(ApiKeyConnection::of(found.map_err(told)?, ApiKey))
    }

    /// Learners of the provider that the key belongs to, oldest first.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an argument of the field, and clients name them"
    )]
    async fn learners(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The learner with this identifier of the provider's own only.")]
        external_id: Option<String>,
        #[graphql(
            default,
            desc = "Only those who asked to be erased, and are not yet."
        )]
        to_erase: bool,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<LearnerConnection> {
        let request = page::request(first, after, last, before)?;
        let filter = LearnerFilter {
            external_id,
            to_erase,
        };
        let found = learners::learners(op(ctx)?, &filter, &request).await;
        Ok(LearnerConnection::of(found.map_err(told)?, Learner))
    }

    /// A learner of the provider that the key belongs to.
    async fn learner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The learner's global id.")] id: ID,
    ) -> Result<Option<Learner>> {
        let missing = || told(Error::NotFound("this learner".to_owned()));
        let id = input::id("Learner", "this learner", &id);
        let ids: Vec<_> = id.into_iter().collect();
        let mut found = learners::learners_by_id(op(ctx)?, &ids)
            .await
            .map_err(told)?;
        found.pop().map(|l| Some(Learner(l))).ok_or_else(missing)
    }
}
