//! Occupations.

use async_graphql::{Context, ID, Object};
use entity::occupation;

use super::{
    catalog::{FrameworkFamily, FrameworkVersion},
    correction::AnchorCorrection,
    evidence::EvidencePack,
    onet::{self, AnchorKind, OccupationProfile},
    onet_rows,
    page::{
        self, OccupationRatingConnection, OccupationTaskConnection, OccupationTechnologyConnection,
        OccupationTitleConnection,
    },
};
use crate::{
    catalog::{
        model as domain,
        onet::{Part, view},
    },
    graphql::{
        errors::Result,
        loaders::{loaders, one},
    },
    kernel::ids,
};

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

    /// Corrections of its anchors that curators accepted, oldest first: the anchors say them once the
    /// next profile of the occupation is imported.
    async fn anchor_corrections(&self, ctx: &Context<'_>) -> Result<Vec<AnchorCorrection>> {
        let found = one(&loaders(ctx)?.anchor_corrections, self.0.id).await?;
        let found = found.unwrap_or_default().into_iter();
        Ok(found.map(AnchorCorrection).collect())
    }

    /// AI-use figures, from the newest profile that was published of it.
    async fn evidence_pack(&self, ctx: &Context<'_>) -> Result<Option<EvidencePack>> {
        let profile = one(&loaders(ctx)?.newest_profiles, self.0.id).await?;
        let pack = profile.as_ref().and_then(|p| p.profile.evidence.as_ref());
        pack.map(EvidencePack::of).transpose()
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
