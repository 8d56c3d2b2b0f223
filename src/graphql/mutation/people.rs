//! Providers, members, API keys, learners.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::payload;
use crate::{
    credential::ops::providers,
    graphql::{
        errors::{Result, UserError, op, outcome},
        types::{
            input,
            people::{ApiKey, Learner, Member, Provider, Role},
        },
    },
    identity::{
        model::{NewApiKey, NewLearner, NewMember, NewProvider},
        ops::{keys, learners, members},
        policy::Scope,
    },
    kernel::errors::Error,
};

/// A provider to create.
#[derive(InputObject)]
pub struct CreateProviderInput {
    /// Name in URLs: 2 to 40 lower-case letters, digits or hyphens.
    pub slug: String,
    /// Display name, as credentials show it.
    pub name: String,
    /// The provider's own web page.
    pub url: String,
}

/// A member to create.
#[derive(InputObject)]
pub struct CreateMemberInput {
    /// The provider; may be left out by its own members.
    pub provider_id: Option<ID>,
    /// Display name.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// At least one role.
    pub roles: Vec<Role>,
}

/// An API key to create.
#[derive(InputObject)]
pub struct CreateApiKeyInput {
    /// The member that the key acts as; left out, it is a key of the platform, which only a platform administrator can make.
    pub member_id: Option<ID>,
    /// What a key of the platform is for: `PLATFORM_ADMIN`, when left out, or `CURATOR`.
    pub role: Option<Role>,
    /// What it is for.
    pub name: String,
    /// What it may be used for, such as `learners:read`; when left out, all that the member's roles allow,
    /// except `credentials:issue-raw` and `learners:erase`, which must be asked for by name.
    #[graphql(default)]
    pub scopes: Vec<String>,
    /// After how many days it stops working, 1 to 400.
    #[graphql(default = 90)]
    pub expires_in_days: i32,
}

/// An API key to revoke.
#[derive(InputObject)]
pub struct RevokeApiKeyInput {
    /// The key.
    pub api_key_id: ID,
}

/// A learner to create. An e-mail address or a DID is needed.
#[derive(InputObject)]
pub struct CreateLearnerInput {
    /// The provider's own identifier.
    pub external_id: String,
    /// Display name.
    pub name: String,
    /// E-mail address; credentials hold only a salted hash of it.
    pub email: Option<String>,
    /// Decentralized identifier.
    pub did: Option<String>,
    /// The member who is this same person, so that they cannot assess themself.
    pub member_id: Option<ID>,
}

payload! {
    /// The outcome of `createProvider`.
    CreateProviderPayload {
        /// The provider.
        provider: Provider
    }
}

payload! {
    /// The outcome of `createMember`.
    CreateMemberPayload {
        /// The member.
        member: Member
    }
}

payload! {
    /// The outcome of `revokeApiKey`.
    RevokeApiKeyPayload {
        /// The key, which works no more.
        api_key: ApiKey
    }
}

payload! {
    /// The outcome of `createLearner`.
    CreateLearnerPayload {
        /// The learner.
        learner: Learner
    }
}

/// The outcome of `createApiKey`.
#[derive(SimpleObject)]
pub struct CreateApiKeyPayload {
    /// The key.
    pub api_key: Option<ApiKey>,
    /// The key's text. It is shown this once: only its digest is kept.
    pub token: Option<String>,
    /// What is wrong with the input; empty when it was done.
    pub user_errors: Vec<UserError>,
}

fn scopes(names: &[String]) -> crate::kernel::errors::Result<Vec<Scope>> {
    let known = || Scope::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>();
    let one = |name: &String| {
        Scope::parse(name).ok_or_else(|| {
            let message = format!("{name:?} is no scope: use some of {}", known().join(", "));
            Error::invalid("input.scopes", "UNKNOWN_SCOPE", message)
        })
    };
    names.iter().map(one).collect()
}

/// Mutations of providers and their people.
#[derive(Default)]
pub struct PeopleMutation;

#[Object]
impl PeopleMutation {
    /// Creates a provider, together with the key it will sign with.
    async fn create_provider(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The provider.")] input: CreateProviderInput,
    ) -> Result<CreateProviderPayload> {
        let new = NewProvider {
            slug: input.slug,
            name: input.name,
            url: input.url,
        };
        let created = providers::create_provider(op(ctx)?, new).await;
        CreateProviderPayload::of(created, Provider)
    }

    /// Adds a member to a provider. A platform administrator adds a provider's first members; once one of them has a
    /// key, or has signed in, the provider's administrators look after its people themselves.
    async fn create_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The member.")] input: CreateMemberInput,
    ) -> Result<CreateMemberPayload> {
        let op = op(ctx)?;
        let created = async {
            let provider = input.provider_id.as_ref();
            let new = NewMember {
                provider: provider
                    .map(|id| input::id("Provider", "this provider", id))
                    .transpose()?,
                name: input.name,
                email: input.email,
                roles: input.roles.into_iter().map(Into::into).collect(),
            };
            members::create_member(op, new).await
        };
        CreateMemberPayload::of(created.await, Member)
    }

    /// Makes an API key for a member. Its text is shown this once. A platform administrator makes the first key of a
    /// provider, for one of its administrators, who make all others.
    async fn create_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key.")] input: CreateApiKeyInput,
    ) -> Result<CreateApiKeyPayload> {
        let op = op(ctx)?;
        let created = async {
            let new = NewApiKey {
                member: input
                    .member_id
                    .as_ref()
                    .map(|id| input::id("Member", "this member", id))
                    .transpose()?,
                role: input.role.map(Into::into),
                name: input.name,
                scopes: scopes(&input.scopes)?,
                days: input.expires_in_days,
            };
            keys::create_api_key(op, new).await
        };
        let (created, user_errors) = outcome(created.await)?;
        let (api_key, token) = created.unzip();
        Ok(CreateApiKeyPayload {
            api_key: api_key.map(ApiKey),
            token: token.map(|t| t.as_str().to_owned()),
            user_errors,
        })
    }

    /// Stops an API key from working, at once and for good.
    async fn revoke_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key.")] input: RevokeApiKeyInput,
    ) -> Result<RevokeApiKeyPayload> {
        let op = op(ctx)?;
        let revoked = async {
            let id = input::id("ApiKey", "this API key", &input.api_key_id)?;
            keys::revoke_api_key(op, id).await
        };
        RevokeApiKeyPayload::of(revoked.await, ApiKey)
    }

    /// Adds a learner to the provider that the key belongs to.
    async fn create_learner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The learner.")] input: CreateLearnerInput,
    ) -> Result<CreateLearnerPayload> {
        let op = op(ctx)?;
        let created = async {
            let member = input.member_id.as_ref();
            let new = NewLearner {
                external_id: input.external_id,
                name: input.name,
                email: input.email,
                did: input.did,
                member: member
                    .map(|id| input::id("Member", "this member", id))
                    .transpose()?,
            };
            learners::create_learner(op, new).await
        };
        CreateLearnerPayload::of(created.await, Learner)
    }
}
