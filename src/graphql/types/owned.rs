//! Frameworks, whichever their versions.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::framework;

use super::{
    catalog::{FrameworkFamily, FrameworkVersion, Occupation, occupation},
    people::{Provider, provider},
};
use crate::{
    catalog::model as domain,
    graphql::{
        errors::Result,
        loaders::{loaders, one},
    },
    kernel::ids,
};

/// A framework: what its versions are versions of.
pub struct Framework(pub framework::Model);

/// A framework: what its versions are versions of.
#[Object]
impl Framework {
    /// Global id.
    async fn id(&self) -> ID {
        ids::global("Framework", self.0.id).into()
    }

    /// What tells it from the others of its owner.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// The kind of its statements.
    async fn family(&self) -> Result<FrameworkFamily> {
        let family: domain::Family = self.0.family.parse()?;
        Ok(family.into())
    }

    /// The provider whose it is; none of a shared framework.
    async fn provider(&self, ctx: &Context<'_>) -> Result<Option<Provider>> {
        provider(ctx, self.0.owner_id).await
    }

    /// The occupation that it is about, if it is about one.
    async fn occupation(&self, ctx: &Context<'_>) -> Result<Option<Occupation>> {
        occupation(ctx, self.0.occupation_id).await
    }

    /// Its published versions, newest first.
    async fn versions(&self, ctx: &Context<'_>) -> Result<Vec<FrameworkVersion>> {
        let found = one(&loaders(ctx)?.versions_of_frameworks, self.0.id).await?;
        let found = found.unwrap_or_default();
        Ok(found
            .iter()
            .map(|version| FrameworkVersion(Arc::clone(version)))
            .collect())
    }
}
