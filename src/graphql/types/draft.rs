//! Drafts of framework versions.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};

use super::{
    catalog::{FrameworkFamily, FrameworkVersion, Occupation, Statement, occupation},
    framework::{AnchorReference, Citation, Source, StatementSplit},
    people::{Provider, provider},
    scalars::DateTime,
};
use crate::{
    catalog::{
        drafts::{DraftDomain, DraftLevel, DraftStatement},
        model as domain,
        ops::drafts::{DraftContent, DraftRow},
    },
    graphql::{
        errors::{Result, UserError},
        loaders::{loaders, one},
    },
    kernel::ids,
};

/// What became of a draft.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub enum FrameworkDraftState {
    /// It can be edited.
    Open,
    /// A version was made of it.
    Published,
    /// It was given up.
    Discarded,
}

impl FrameworkDraftState {
    const ALL: [Self; 3] = [Self::Open, Self::Published, Self::Discarded];

    /// The state's stored name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Published => "PUBLISHED",
            Self::Discarded => "DISCARDED",
        }
    }
}

/// A version of a framework that can still change. Its owner alone sees it.
pub struct FrameworkDraft(pub DraftRow);

impl FrameworkDraft {
    async fn content(&self, ctx: &Context<'_>) -> Result<Arc<DraftContent>> {
        let found = one(&loaders(ctx)?.drafts, self.0.id).await?;
        found.ok_or_else(|| "a draft that is not there".into())
    }
}

/// A version of a framework that can still change. Its owner alone sees it.
#[Object]
impl FrameworkDraft {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("FrameworkDraft", self.0.id).into()
    }

    /// How many times it was changed, and one: what edits are made for.
    async fn revision(&self) -> i32 {
        self.0.revision
    }

    /// What became of it.
    async fn state(&self) -> Result<FrameworkDraftState> {
        let found = FrameworkDraftState::ALL
            .into_iter()
            .find(|state| state.as_str() == self.0.state);
        found.ok_or_else(|| "a stored state that is none".into())
    }

    /// What tells the framework from the others of its owner.
    async fn framework_key(&self) -> &str {
        &self.0.framework_key
    }

    /// The kind of its statements.
    async fn family(&self) -> Result<FrameworkFamily> {
        let family: domain::Family = self.0.family.parse()?;
        Ok(family.into())
    }

    /// Whose framework it is; none of a shared one.
    async fn provider(&self, ctx: &Context<'_>) -> Result<Option<Provider>> {
        provider(ctx, self.0.provider_id).await
    }

    /// The occupation that it is about, if it is about one.
    async fn occupation(&self, ctx: &Context<'_>) -> Result<Option<Occupation>> {
        occupation(ctx, self.0.occupation_id).await
    }

    /// The version that it was begun from, and whose place it takes.
    async fn base_version(&self, ctx: &Context<'_>) -> Result<Option<FrameworkVersion>> {
        version(ctx, self.0.base_version_id).await
    }

    /// The version that was made of it.
    async fn framework_version(&self, ctx: &Context<'_>) -> Result<Option<FrameworkVersion>> {
        version(ctx, self.0.version_id).await
    }

    /// The framework's name, where it has one of its own.
    async fn title(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.content(ctx).await?.draft.title.clone())
    }

    /// Who made it.
    async fn creator(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.content(ctx).await?.draft.creator.clone())
    }

    /// Description.
    async fn description(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.content(ctx).await?.draft.description.clone())
    }

    /// Which practice contexts the statements cover.
    async fn context_covered(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.content(ctx).await?.draft.context_covered.clone())
    }

    /// Whom to name when using it.
    async fn attribution(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.content(ctx).await?.draft.attribution.clone())
    }

    /// Levels, lowest first.
    async fn levels(&self, ctx: &Context<'_>) -> Result<Vec<FrameworkDraftLevel>> {
        let content = self.content(ctx).await?;
        let levels = content.draft.levels.iter().cloned();
        Ok(levels
            .map(|level| FrameworkDraftLevel(level, Arc::clone(&content)))
            .collect())
    }

    /// Domains, in order.
    async fn domains(&self, ctx: &Context<'_>) -> Result<Vec<FrameworkDraftDomain>> {
        let content = self.content(ctx).await?;
        let domains = content.draft.domains.iter().cloned();
        Ok(domains.map(FrameworkDraftDomain).collect())
    }

    /// What its statements cite.
    async fn cited_sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let content = self.content(ctx).await?;
        Ok(content.draft.sources.iter().map(Source::of).collect())
    }

    /// What bars it from being published, at its places in the draft; empty when nothing does.
    async fn problems(&self, ctx: &Context<'_>) -> Result<Vec<UserError>> {
        let content = self.content(ctx).await?;
        Ok(content.problems.iter().cloned().map(Into::into).collect())
    }

    /// When it was begun.
    async fn created_at(&self) -> DateTime {
        DateTime::from_millis(self.0.created_at)
    }

    /// When it was changed last.
    async fn updated_at(&self) -> DateTime {
        DateTime::from_millis(self.0.updated_at)
    }
}

async fn version(ctx: &Context<'_>, id: Option<uuid::Uuid>) -> Result<Option<FrameworkVersion>> {
    match id {
        Some(id) => {
            let found = one(&loaders(ctx)?.versions_by_id, id).await?;
            Ok(found.map(FrameworkVersion))
        }
        None => Ok(None),
    }
}

/// A level of a draft.
pub struct FrameworkDraftLevel(DraftLevel, Arc<DraftContent>);

/// A level of a draft.
#[Object]
impl FrameworkDraftLevel {
    /// What edits call it.
    #[graphql(name = "ref")]
    async fn reference(&self) -> &str {
        &self.0.reference
    }

    /// Key in exports, unique in the draft.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// What people call it.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// Second name, such as the role that it fits.
    async fn subtitle(&self) -> Option<&str> {
        self.0.subtitle.as_deref()
    }

    /// What it is, in more words.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Statements; those of one domain are in order.
    async fn statements(&self) -> Vec<FrameworkDraftStatement> {
        let all = self.1.draft.statements.iter();
        let own = all.filter(|statement| statement.level == self.0.reference);
        own.map(|statement| FrameworkDraftStatement(statement.clone(), Arc::clone(&self.1)))
            .collect()
    }
}

/// A domain of a draft.
pub struct FrameworkDraftDomain(DraftDomain);

/// A domain of a draft.
#[Object]
impl FrameworkDraftDomain {
    /// What edits call it.
    #[graphql(name = "ref")]
    async fn reference(&self) -> &str {
        &self.0.reference
    }

    /// Key in exports, unique in the draft.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Name.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What it is, in more words.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }
}

/// A statement of a draft.
pub struct FrameworkDraftStatement(DraftStatement, Arc<DraftContent>);

/// A statement of a draft.
#[Object]
impl FrameworkDraftStatement {
    /// What edits call it.
    #[graphql(name = "ref")]
    async fn reference(&self) -> &str {
        &self.0.reference
    }

    /// The `ref` of its domain, if it is in one.
    async fn domain_ref(&self) -> Option<&str> {
        self.0.domain.as_deref()
    }

    /// The sentence.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// Where its title ends and its description begins.
    async fn split(&self) -> StatementSplit {
        StatementSplit::of(self.0.split)
    }

    /// What it rests on, in order; what cites no source that is there is among the problems.
    async fn citations(&self) -> Vec<Citation> {
        let citations = self.0.citations.iter().filter_map(|citation| {
            let mut sources = self.1.draft.sources.iter();
            let source = sources.find(|source| source.key == citation.source)?;
            Some(Citation {
                source: Source::of(source),
                locator: citation.locator.clone(),
            })
        });
        citations.collect()
    }

    /// What in the occupation's profile it is grounded in.
    async fn anchors(&self) -> Vec<AnchorReference> {
        let anchors = self.0.anchors.iter().map(|anchor| AnchorReference {
            kind: anchor.kind.into(),
            ordinal: anchor.ordinal,
        });
        anchors.collect()
    }

    /// The statement of the version before whose place it takes.
    async fn replaces(&self, ctx: &Context<'_>) -> Result<Option<Statement>> {
        let Some(id) = self.0.replaces else {
            return Ok(None);
        };
        let version = one(&loaders(ctx)?.statement_versions, id).await?;
        Ok(version.and_then(|version| Statement::find(&version, id)))
    }
}
