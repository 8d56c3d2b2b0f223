//! Framework versions, levels, statements.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Json, Object};
use uuid::Uuid;

use super::{
    framework::{Domain, FrameworkVersionState, Source},
    owned::Framework,
    published::PublishedProfile,
    scalars::DateTime,
};
use crate::{
    catalog::{model as domain, ops::browse::VersionContent},
    graphql::{
        errors::{Result, op},
        loaders::{loaders, many, one},
    },
    kernel::ids,
};

pub use super::{
    level::{Level, Statement},
    occupation::Occupation,
};

/// The kind of statements that a framework holds.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "domain::Family")]
pub enum FrameworkFamily {
    /// Doing the work of the occupation.
    Mastery,
    /// Using, directing and evaluating AI tools in the occupation.
    AiLiteracy,
    /// Durable skills, by domain.
    DurableSkills,
    /// A provider's own.
    Custom,
}

/// One published version of a framework. It never changes.
pub struct FrameworkVersion(pub Arc<VersionContent>);

/// One published version of a framework. It never changes.
#[Object]
impl FrameworkVersion {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("FrameworkVersion", self.0.row.id).into()
    }

    /// Version label, such as `v.26.05`.
    async fn label(&self) -> &str {
        &self.0.row.label
    }

    /// The kind of its statements.
    async fn family(&self) -> Result<FrameworkFamily> {
        let family: domain::Family = self.0.row.family.parse()?;
        Ok(family.into())
    }

    /// The framework's name, where it has one of its own.
    async fn title(&self) -> Option<&str> {
        self.0.row.title.as_deref()
    }

    /// Who made it.
    async fn creator(&self) -> Option<&str> {
        self.0.row.creator.as_deref()
    }

    /// What became of it.
    async fn state(&self, ctx: &Context<'_>) -> Result<FrameworkVersionState> {
        let found = one(&loaders(ctx)?.version_states, self.0.row.id).await?;
        let found = found.ok_or("a published version that is not there")?;
        FrameworkVersionState::of(&found.state)
    }

    /// When it was deprecated.
    async fn deprecated_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        let found = one(&loaders(ctx)?.version_states, self.0.row.id).await?;
        let at = found.and_then(|state| state.deprecated_at);
        Ok(at.map(DateTime::from_millis))
    }

    /// Why it was deprecated, and what to use instead.
    async fn deprecation_note(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let found = one(&loaders(ctx)?.version_states, self.0.row.id).await?;
        Ok(found.and_then(|state| state.deprecation_note))
    }

    /// The version whose place it took, where the catalog has it.
    async fn replaces(&self, ctx: &Context<'_>) -> Result<Option<FrameworkVersion>> {
        let row = &self.0.row;
        let Some(label) = row.replaces.clone() else {
            return Ok(None);
        };
        let loaders = loaders(ctx)?;
        let Some(id) = one(&loaders.labelled, (row.framework_id, label)).await? else {
            return Ok(None);
        };
        let found = one(&loaders.versions_by_id, id).await?;
        Ok(found.map(FrameworkVersion))
    }

    /// The versions that took its place.
    async fn replaced_by(&self, ctx: &Context<'_>) -> Result<Vec<FrameworkVersion>> {
        let (loaders, row) = (loaders(ctx)?, &self.0.row);
        let place = (row.framework_id, row.label.clone());
        let ids = one(&loaders.replacing, place).await?.unwrap_or_default();
        let found = many(&loaders.versions_by_id, &ids).await?;
        Ok(found.into_iter().map(FrameworkVersion).collect())
    }

    /// The framework that it is a version of, and in it whose it is.
    async fn framework(&self, ctx: &Context<'_>) -> Result<Framework> {
        let found = one(&loaders(ctx)?.frameworks, self.0.row.framework_id).await?;
        let found = found.ok_or("a version without its framework")?;
        Ok(Framework(found))
    }

    /// Domains by number, in a framework that has any.
    async fn domains(&self) -> Vec<Domain> {
        self.0.domains.iter().map(Domain::of).collect()
    }

    /// What its statements cite.
    async fn cited_sources(&self) -> Vec<Source> {
        self.0.cited.iter().map(Source::of).collect()
    }

    /// The profile of the occupation that it was published with.
    async fn profile(&self, ctx: &Context<'_>) -> Result<Option<PublishedProfile>> {
        let Some(id) = self.0.row.profile_id else {
            return Ok(None);
        };
        let found = one(&loaders(ctx)?.profiles, id).await?;
        Ok(found.map(PublishedProfile))
    }

    /// Description, verbatim; often empty.
    async fn description(&self) -> &str {
        &self.0.row.description
    }

    /// Which practice contexts it covers, verbatim.
    async fn context_covered(&self) -> &str {
        &self.0.row.context_covered
    }

    /// What it was made from: free-form, verbatim.
    async fn sources(&self) -> Result<Json<serde_json::Value>> {
        Ok(Json(serde_json::from_str(&self.0.row.sources)?))
    }

    /// Whom to name when using it, verbatim.
    async fn attribution(&self) -> &str {
        &self.0.row.attribution
    }

    /// The import's own time stamp, verbatim.
    async fn exported_at(&self) -> Option<&str> {
        self.0.row.exported_at.as_deref()
    }

    /// When it was published here.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.row.published_at.map(DateTime::from_millis)
    }

    /// Canonical URL.
    async fn url(&self, ctx: &Context<'_>) -> Result<String> {
        let base = &op(ctx)?.app.config.public_url;
        Ok(format!("{base}/frameworks/{}", self.0.row.id))
    }

    /// URL of the frozen document, the same bytes for ever.
    async fn document_url(&self, ctx: &Context<'_>) -> Result<String> {
        let base = &op(ctx)?.app.config.public_url;
        Ok(format!("{base}/frameworks/{}.json", self.0.row.id))
    }

    /// SHA-384 of the frozen document, in Subresource Integrity form.
    #[graphql(name = "digestSRI")]
    async fn digest_sri(&self) -> &str {
        &self.0.row.content_sri
    }

    /// The occupation that it describes, as the catalog tells it now; none of a framework that
    /// describes none.
    async fn occupation(&self, ctx: &Context<'_>) -> Result<Option<Occupation>> {
        occupation(ctx, self.0.row.occupation_id).await
    }

    /// Levels, lowest first.
    async fn levels(
        &self,
        #[graphql(desc = "The level with this ordinal only, from 1.")] ordinal: Option<i32>,
    ) -> Vec<Level> {
        Level::of(&self.0, ordinal)
    }
}

/// The occupation with an id that a row refers to, as the catalog tells it now.
pub(super) async fn occupation(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<Occupation>> {
    let Some(id) = id else {
        return Ok(None);
    };
    let found = one(&loaders(ctx)?.occupations, id).await?;
    let found = found.ok_or("an occupation that is referred to and not there")?;
    Ok(Some(Occupation(found)))
}
