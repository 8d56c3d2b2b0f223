//! Framework versions, levels, statements.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, Enum, ID, Json, Object};
use entity::statement;

use super::scalars::DateTime;
use crate::{
    catalog::{
        model as domain,
        ops::browse::{LevelContent, VersionContent},
    },
    graphql::{
        errors::{Result, op},
        loaders::{loaders, one},
    },
    kernel::ids,
};

pub use super::occupation::Occupation;

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

    /// The occupation that it describes, as the catalog tells it now.
    async fn occupation(&self, ctx: &Context<'_>) -> Result<Occupation> {
        let found = one(&loaders(ctx)?.occupations, self.0.row.occupation_id).await?;
        found
            .map(Occupation)
            .ok_or_else(|| "a version without its occupation".into())
    }

    /// Levels, lowest first.
    async fn levels(
        &self,
        #[graphql(desc = "The level with this ordinal only, from 1.")] ordinal: Option<i32>,
    ) -> Vec<Level> {
        let all = 0..self.0.levels.len();
        all.map(|at| Level(Arc::clone(&self.0), at))
            .filter(|l| ordinal.is_none() || l.content().map(|c| c.row.ordinal) == ordinal)
            .collect()
    }
}

/// A level of a framework version; family and ordinal are its identity, never the label.
pub struct Level(Arc<VersionContent>, usize);

impl Level {
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

    /// Statements by position.
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

    /// What stands before the em dash of the text, where there is one.
    async fn title(&self) -> Result<Option<&str>> {
        Ok(self.expect()?.title.as_deref())
    }

    /// What stands after the em dash of the text, where there is one.
    async fn description(&self) -> Result<Option<&str>> {
        Ok(self.expect()?.description.as_deref())
    }

    /// Position within the level, from 1.
    async fn position(&self) -> Result<i32> {
        Ok(self.expect()?.position)
    }

    /// Canonical URL: what credentials point at.
    async fn url(&self, ctx: &Context<'_>) -> Result<String> {
        let base = &op(ctx)?.app.config.public_url;
        Ok(format!("{base}/statements/{}", self.expect()?.id))
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
