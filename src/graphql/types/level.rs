//! Levels of framework versions, and their statements.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, ID, Object};
use entity::statement;

use super::{
    catalog::FrameworkVersion,
    framework::{AnchorReference, Citation, Domain, Source, StatementSplit},
};
use crate::{
    catalog::ops::browse::{LevelContent, Marks, VersionContent},
    graphql::{
        errors::{Result, op},
        loaders::{loaders, one, several},
    },
    kernel::ids,
};

/// A level of a framework version; family and ordinal are its identity, never the label.
pub struct Level(Arc<VersionContent>, usize);

impl Level {
    /// The levels of a version, or the one that has the `ordinal`.
    pub(super) fn of(version: &Arc<VersionContent>, ordinal: Option<i32>) -> Vec<Self> {
        let levels = version.levels.iter().enumerate();
        levels
            .filter(|(_, level)| ordinal.is_none_or(|ordinal| ordinal == level.row.ordinal))
            .map(|(at, _)| Self(Arc::clone(version), at))
            .collect()
    }

    /// The level `ordinal` of a version.
    #[must_use]
    pub fn find(version: &Arc<VersionContent>, ordinal: i32) -> Option<Self> {
        let mut levels = version.levels.iter();
        let place = levels.position(|l| l.row.ordinal == ordinal)?;
        Some(Self(Arc::clone(version), place))
    }

    fn content(&self) -> Option<&LevelContent> {
        self.0.levels.get(self.1)
    }

    fn expect(&self) -> Result<&LevelContent> {
        self.content()
            .ok_or_else(|| "a level that is not there".into())
    }
}

/// A level of a framework version; family and ordinal are its identity, never the label.
#[Object]
impl Level {
    /// Global id.
    pub async fn id(&self) -> Result<ID> {
        Ok(ids::global("Level", self.expect()?.row.id).into())
    }

    /// Rank, from 1 for the lowest.
    async fn ordinal(&self) -> Result<i32> {
        Ok(self.expect()?.row.ordinal)
    }

    /// What people call it, verbatim.
    async fn label(&self) -> Result<&str> {
        Ok(&self.expect()?.row.label)
    }

    /// Second name, such as the role that it fits.
    async fn subtitle(&self) -> Result<Option<&str>> {
        Ok(self.expect()?.row.subtitle.as_deref())
    }

    /// What it is, in more words.
    async fn description(&self) -> Result<Option<&str>> {
        Ok(self.expect()?.row.description.as_deref())
    }

    /// Statements: those of no domain, then by domain; each of these by position.
    async fn statements(&self) -> Result<Vec<Statement>> {
        let count = self.expect()?.statements.len();
        Ok((0..count)
            .map(|at| Statement(Arc::clone(&self.0), self.1, at))
            .collect())
    }

    /// The version that it belongs to.
    async fn framework_version(&self) -> FrameworkVersion {
        FrameworkVersion(Arc::clone(&self.0))
    }
}

/// One assessable sentence.
#[derive(Clone)]
pub struct Statement(Arc<VersionContent>, usize, usize);

impl Statement {
    /// The statement `id` of a version.
    #[must_use]
    pub fn find(version: &Arc<VersionContent>, id: uuid::Uuid) -> Option<Self> {
        let places = version.levels.iter().enumerate();
        places
            .flat_map(|(l, level)| {
                (0..)
                    .zip(&level.statements)
                    .map(move |(s, row)| (l, s, row))
            })
            .find(|(_, _, row)| row.id == id)
            .map(|(l, s, _)| Self(Arc::clone(version), l, s))
    }

    /// All statements of a version, by id.
    #[must_use]
    pub fn by_id(version: &Arc<VersionContent>) -> HashMap<uuid::Uuid, Self> {
        let levels = version.levels.iter().enumerate();
        let places = levels.flat_map(|(l, level)| {
            let statements = level.statements.iter().enumerate();
            statements.map(move |(s, row)| (row.id, Self(Arc::clone(version), l, s)))
        });
        places.collect()
    }

    fn expect(&self) -> Result<&statement::Model> {
        let level = self.0.levels.get(self.1);
        level
            .and_then(|l| l.statements.get(self.2))
            .ok_or_else(|| "a statement that is not there".into())
    }

    fn marks(&self) -> Result<&Marks> {
        let level = self.0.levels.get(self.1);
        level
            .and_then(|l| l.marks.get(self.2))
            .ok_or_else(|| "a statement that is not there".into())
    }
}

/// One assessable sentence.
#[Object]
impl Statement {
    /// Global id.
    pub async fn id(&self) -> Result<ID> {
        Ok(ids::global("Statement", self.expect()?.id).into())
    }

    /// Human-readable code, derived from its place.
    async fn code(&self) -> Result<&str> {
        Ok(&self.expect()?.code)
    }

    /// The sentence, verbatim.
    async fn text(&self) -> Result<&str> {
        Ok(&self.expect()?.text)
    }

    /// The domain that it stands in, in a framework with domains.
    async fn domain(&self) -> Result<Option<Domain>> {
        let number = u32::try_from(self.expect()?.domain).unwrap_or_default();
        let domain = self.0.domains.iter().find(|domain| domain.number == number);
        Ok(domain.map(Domain::of))
    }

    /// What it rests on, in order; perhaps nothing.
    async fn citations(&self) -> Result<Vec<Citation>> {
        let source = |key: &str| {
            let found = self.0.cited.iter().find(|source| source.key == key);
            found.map(Source::of).ok_or("a citation of no source")
        };
        let citations = self.marks()?.citations.iter().map(|citation| {
            Ok(Citation {
                source: source(&citation.source)?,
                locator: citation.locator.clone(),
            })
        });
        citations.collect()
    }

    /// What in the occupation's profile it is grounded in.
    async fn anchors(&self) -> Result<Vec<AnchorReference>> {
        let anchors = self.marks()?.anchors.iter().map(|anchor| AnchorReference {
            kind: anchor.kind.into(),
            ordinal: anchor.ordinal,
        });
        Ok(anchors.collect())
    }

    /// Where its title ends and its description begins.
    async fn split(&self) -> Result<StatementSplit> {
        Ok(StatementSplit::of(self.marks()?.split))
    }

    /// What stands before the em dash of the text, where there is one.
    async fn title(&self) -> Result<Option<&str>> {
        Ok(self.expect()?.title.as_deref())
    }

    /// What stands after the em dash of the text, where there is one.
    async fn description(&self) -> Result<Option<&str>> {
        Ok(self.expect()?.description.as_deref())
    }

    /// Position within level and domain, from 1.
    async fn position(&self) -> Result<i32> {
        Ok(self.expect()?.position)
    }

    /// Canonical URL: what credentials point at.
    async fn url(&self, ctx: &Context<'_>) -> Result<String> {
        let base = &op(ctx)?.app.config.public_url;
        Ok(format!("{base}/statements/{}", self.expect()?.id))
    }

    /// The statements whose place it took in turn, the oldest first, and then those that took its
    /// own, as the versions that hold them say it. A version that came in without saying it goes on
    /// with those of the version before it that have the same CASE identifier, or otherwise the same
    /// words at the same level and in the same domain.
    async fn lineage(&self, ctx: &Context<'_>) -> Result<Vec<Statement>> {
        let (loaders, id) = (loaders(ctx)?, self.expect()?.id);
        let line = one(&loaders.lineages, id).await?.unwrap_or_default();
        let versions = several(&loaders.statement_versions, &line).await?;
        let statements = line
            .iter()
            .filter_map(|id| Statement::find(versions.get(id)?, *id));
        Ok(statements.collect())
    }

    /// The level that it stands at.
    async fn level(&self) -> Level {
        Level(Arc::clone(&self.0), self.1)
    }

    /// The version that it belongs to.
    async fn framework_version(&self) -> FrameworkVersion {
        FrameworkVersion(Arc::clone(&self.0))
    }
}
