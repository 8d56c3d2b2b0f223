//! Occupations, framework versions, levels, statements.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Json, Object};
use entity::{occupation, statement};

use super::{
    onet::{self, AnchorKind, OccupationProfile},
    onet_rows,
    page::{
        self, OccupationRatingConnection, OccupationTaskConnection, OccupationTechnologyConnection,
        OccupationTitleConnection,
    },
    scalars::DateTime,
};
use crate::{
    catalog::{
        model as domain,
        onet::{Part, view},
        ops::browse::{LevelContent, VersionContent},
    },
    graphql::{
        errors::{Result, op},
        loaders::{loaders, one},
    },
    kernel::ids,
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

/// An occupation, named by its O*NET-SOC code.
pub struct Occupation(pub occupation::Model);

/// An occupation, named by its O*NET-SOC code.
#[Object]
impl Occupation {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("Occupation", self.0.id).into()
    }

    /// O*NET-SOC code, such as `29-1122.00`.
    async fn soc(&self) -> &str {
        &self.0.soc
    }

    /// Title, verbatim.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Name of the occupation group, verbatim.
    async fn group(&self) -> &str {
        &self.0.major_group
    }

    /// Industry sector, as the import names it.
    async fn sector(&self) -> Option<&str> {
        self.0.sector.as_deref()
    }

    /// O*NET job zone, 1 (little preparation) to 5 (extensive), where one is known.
    async fn job_zone(&self) -> Option<i32> {
        self.0.job_zone
    }

    /// Whether the job zone was inferred rather than published.
    async fn job_zone_inferred(&self) -> bool {
        self.0.job_zone_inferred
    }

    /// What people in it do, as the newest O*NET release tells it; `profile.sources` says whom to
    /// name for it.
    async fn description(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let sheet = onet::sheet(ctx, Part::Occupations, &self.0.soc).await?;
        let told = sheet.as_deref().and_then(view::description);
        Ok(told.map(str::to_owned))
    }

    /// What others publish about it.
    async fn profile(&self) -> OccupationProfile {
        OccupationProfile(self.0.clone())
    }

    /// How the elements of the O*NET content model were rated for it, as published.
    #[expect(clippy::too_many_arguments, reason = "Relay names four of them")]
    async fn ratings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Ratings of these: skills, knowledge, abilities or work styles.")]
        kind: AnchorKind,
        #[graphql(desc = "On this scale only, such as `IM`.")] scale: Option<String>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<OccupationRatingConnection> {
        let request = page::request(first, after, last, before)?;
        onet_rows::ratings(ctx, &self.0, kind, scale, &request).await
    }

    /// Its tasks, as published.
    async fn tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<OccupationTaskConnection> {
        let request = page::request(first, after, last, before)?;
        onet_rows::tasks(ctx, &self.0, &request).await
    }

    /// The technology that it uses, as published.
    async fn technology(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<OccupationTechnologyConnection> {
        let request = page::request(first, after, last, before)?;
        onet_rows::technology(ctx, &self.0, &request).await
    }

    /// The titles that are used besides its own, as published.
    async fn alternate_titles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<OccupationTitleConnection> {
        let request = page::request(first, after, last, before)?;
        onet_rows::titles(ctx, &self.0, &request).await
    }

    /// Published framework versions, newest label first.
    async fn framework_versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "This family only.")] family: Option<FrameworkFamily>,
        #[graphql(desc = "The version with this label only.")] label: Option<String>,
    ) -> Result<Vec<FrameworkVersion>> {
        let family = family.map(|f| domain::Family::from(f).as_str());
        let versions = one(&loaders(ctx)?.versions, self.0.id).await?;
        let wanted = versions
            .unwrap_or_default()
            .into_iter()
            .filter(|v| family.is_none_or(|f| f == v.row.family))
            .filter(|v| label.as_ref().is_none_or(|l| *l == v.row.label));
        Ok(wanted.map(FrameworkVersion).collect())
    }
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
