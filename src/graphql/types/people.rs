//! Providers, members, API keys, learners, and who is asking.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::{api_key, learner, provider};
use uuid::Uuid;

use super::{attainment::Attainment, catalog::FrameworkFamily, scalars::DateTime};
use crate::{
    assessment::ops::attain::Aim,
    graphql::{
        errors::{Result, op},
        loaders::{loaders, one},
    },
    identity::{actor::Actor, model, ops::authenticate::parse_scopes, policy},
    kernel::ids,
};

/// What somebody is: to the platform, to a provider, or to themself.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "policy::Role")]
pub enum Role {
    /// Looks after the installation: providers, members, keys. No signing, no learner data.
    PlatformAdmin,
    /// Looks after the catalog that all providers share.
    Curator,
    /// Manages a provider's people, plans and keys; issues and revokes.
    ProviderAdmin,
    /// Observes learners and decides assessments.
    Assessor,
    /// Keeps the records: learners, credentials and their status.
    Registrar,
    /// Sees what is recorded about themself, agrees or objects.
    Learner,
}

/// Whoever sends this request, as their key tells.
#[derive(SimpleObject)]
pub struct Viewer {
    /// `ANONYMOUS`, `PLATFORM`, `MEMBER` or `LEARNER`.
    pub kind: ViewerKind,
    /// The tenant, for a provider's member or learner.
    pub provider: Option<Provider>,
    /// The roles that they hold.
    pub roles: Vec<Role>,
    /// What the key may be used for.
    pub scopes: Vec<String>,
}

/// What kind of key a request came with.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub enum ViewerKind {
    /// None.
    Anonymous,
    /// A platform administrator's.
    Platform,
    /// A provider's member's.
    Member,
    /// A learner's.
    Learner,
}

impl Viewer {
    /// Tells the actor of the request.
    pub async fn of(ctx: &Context<'_>) -> Result<Self> {
        let actor = &op(ctx)?.actor;
        let (kind, scopes) = match actor {
            Actor::Anonymous => (ViewerKind::Anonymous, &[][..]),
            Actor::Operator => (ViewerKind::Platform, &[][..]),
            Actor::Platform { scopes, .. } => (ViewerKind::Platform, &scopes[..]),
            Actor::Member { scopes, .. } => (ViewerKind::Member, &scopes[..]),
            Actor::Learner { scopes, .. } => (ViewerKind::Learner, &scopes[..]),
        };
        let provider = match actor.provider() {
            None => None,
            Some(id) => one(&loaders(ctx)?.providers, id).await?.map(Provider),
        };
        Ok(Self {
            kind,
            provider,
            roles: actor.roles().iter().map(|r| (*r).into()).collect(),
            scopes: scopes.iter().map(|s| s.as_str().to_owned()).collect(),
        })
    }
}

/// A training provider: an issuer of credentials.
pub struct Provider(pub provider::Model);

/// A training provider: an issuer of credentials.
#[Object]
impl Provider {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("Provider", self.0.id).into()
    }

    /// Name in URLs.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Display name, as credentials show it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The provider's own web page.
    async fn url(&self) -> &str {
        &self.0.url
    }

    /// The identifier under which it issues: did:web behind https, did:key otherwise.
    async fn did(&self, ctx: &Context<'_>) -> Result<String> {
        let did = one(&loaders(ctx)?.dids, self.0.id).await?;
        did.ok_or_else(|| "a provider without its DID".into())
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        DateTime::from_millis(self.0.created_at)
    }
}

/// A person who works for a provider.
pub struct Member(pub model::Member);

/// A person who works for a provider.
#[Object]
impl Member {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("Member", self.0.id).into()
    }

    /// Display name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// E-mail address.
    async fn email(&self) -> Option<&str> {
        self.0.email.as_deref()
    }

    /// The roles that they hold.
    async fn roles(&self) -> Vec<Role> {
        self.0.roles.iter().map(|r| (*r).into()).collect()
    }

    /// When they were added.
    async fn created_at(&self) -> DateTime {
        DateTime::from_millis(self.0.created_at)
    }
}

/// An API key, without its text, which is not kept.
pub struct ApiKey(pub api_key::Model);

/// An API key, without its text, which is not kept.
#[Object]
impl ApiKey {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("ApiKey", self.0.id).into()
    }

    /// What it is for.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Global id of the learner whose own it is; empty for any other key.
    async fn learner_id(&self) -> Option<ID> {
        let id = self.0.learner_id?;
        Some(ids::global("Learner", id).into())
    }

    /// Global id of the member that it acts as; empty for a key of the platform or of a learner.
    async fn member_id(&self) -> Option<ID> {
        self.0.member_id.map(|id| ids::global("Member", id).into())
    }

    /// What it may be used for.
    async fn scopes(&self) -> Vec<&str> {
        parse_scopes(&self.0.scopes)
            .iter()
            .map(|s| s.as_str())
            .collect()
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        DateTime::from_millis(self.0.created_at)
    }

    /// When it stops working.
    async fn expires_at(&self) -> DateTime {
        DateTime::from_millis(self.0.expires_at)
    }

    /// When it was revoked.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime::from_millis)
    }
}

/// A person whose competencies a provider records.
pub struct Learner(pub learner::Model);

/// A person whose competencies a provider records.
#[Object]
impl Learner {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("Learner", self.0.id).into()
    }

    /// The provider's own identifier.
    async fn external_id(&self) -> &str {
        &self.0.external_id
    }

    /// Display name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// E-mail address.
    async fn email(&self) -> Option<&str> {
        self.0.email.as_deref()
    }

    /// Decentralized identifier.
    async fn did(&self) -> Option<&str> {
        self.0.did.as_deref()
    }

    /// What names the learner in credentials: the DID, or a random `urn:uuid` that stays the same.
    async fn subject_id(&self) -> &str {
        self.0.did.as_deref().unwrap_or(&self.0.subject_urn)
    }

    /// When they asked to be erased, for the provider to do it.
    async fn erasure_requested_at(&self) -> Option<DateTime> {
        self.0.erasure_requested_at.map(DateTime::from_millis)
    }

    /// When they were erased: what is left of them names nobody.
    async fn erased_at(&self) -> Option<DateTime> {
        self.0.erased_at.map(DateTime::from_millis)
    }

    /// The levels at which something counts, or once counted, that the learner demonstrated: in
    /// the versions in which they did, and in the newest of each such framework. By occupation,
    /// family, version (newest first) and level.
    async fn attainments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of frameworks of this family only.")] family: Option<FrameworkFamily>,
        #[graphql(desc = "Of the occupation with this SOC code only.")] soc: Option<String>,
        #[graphql(desc = "Only levels that are attained, or only those that are not.")]
        attained: Option<bool>,
    ) -> Result<Vec<Attainment>> {
        let all = one(&loaders(ctx)?.attainments, self.0.id).await?;
        Ok(Attainment::those(
            all.unwrap_or_default(),
            family,
            soc,
            attained,
        ))
    }

    /// How the learner stands at a level that they aim at: each statement of it, and what is
    /// missing. Empty when the catalog has no such level.
    async fn gap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "SOC code of the occupation.")] soc: String,
        #[graphql(desc = "Family of the framework.")] family: FrameworkFamily,
        #[graphql(desc = "Ordinal of the level, from 1.")] ordinal: i32,
        #[graphql(desc = "Label of the version; the newest, when left out.")] version_label: Option<
            String,
        >,
    ) -> Result<Option<Attainment>> {
        let aim = Aim {
            learner: self.0.id,
            soc,
            family: family.into(),
            level: ordinal,
            label: version_label,
        };
        Ok(one(&loaders(ctx)?.gaps, aim).await?.map(Attainment))
    }

    /// When they were added.
    async fn created_at(&self) -> DateTime {
        DateTime::from_millis(self.0.created_at)
    }
}

/// The provider with an id that a row refers to, if it refers to one.
pub(super) async fn provider(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<Provider>> {
    match id {
        Some(id) => Ok(one(&loaders(ctx)?.providers, id).await?.map(Provider)),
        None => Ok(None),
    }
}
