//! The catalog: open to anyone.

use async_graphql::{Context, Enum, ID, Object};
use uuid::Uuid;

use crate::{
    catalog::{
        model::Soc,
        ops::{
            browse::{self, OccupationFilter, Order},
            diff,
        },
    },
    graphql::{
        errors::{Result, op, told},
        loaders::{loaders, one},
        types::{
            catalog::{FrameworkVersion, Occupation, Statement},
            diff::FrameworkDiff,
            input,
            node::{self, Node},
            page::{self, OccupationConnection, OccupationFilterInput},
        },
    },
    kernel::ids,
};

/// In which order occupations are listed.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "Order")]
pub enum OccupationOrder {
    /// By SOC code.
    Soc,
    /// By title.
    Title,
    /// By job zone, lowest first.
    JobZone,
}

/// Queries of the catalog.
#[derive(Default)]
pub struct CatalogQuery;

#[Object]
impl CatalogQuery {
    /// Occupations, page by page.
    #[expect(clippy::too_many_arguments, reason = "Relay names four of them")]
    async fn occupations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which occupations.")] filter: Option<OccupationFilterInput>,
        #[graphql(desc = "In which order.", default_with = "OccupationOrder::Soc")]
        order_by: OccupationOrder,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<OccupationConnection> {
        let filter = filter.unwrap_or_default();
        let filter = OccupationFilter {
            soc_prefix: filter.soc_prefix,
            title_words: filter
                .title_words
                .map(|w| w.split_whitespace().take(10).map(str::to_owned).collect())
                .unwrap_or_default(),
            job_zone: filter.job_zone,
        };
        let request = page::request(first, after, last, before)?;
        let found = browse::occupations(&op(ctx)?.app, &filter, order_by.into(), &request).await;
        Ok(OccupationConnection::of(found.map_err(told)?, Occupation))
    }

    /// The occupation with this SOC code.
    async fn occupation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "O*NET-SOC code, such as `29-1122.00`.")] soc: String,
    ) -> Result<Option<Occupation>> {
        occupation(ctx, &soc).await
    }

    /// A published framework version.
    async fn framework_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<FrameworkVersion>> {
        let Ok(id) = input::id("FrameworkVersion", "this framework version", &id) else {
            return Ok(None);
        };
        version(ctx, id).await
    }

    /// A statement of a published framework version.
    async fn statement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<Statement>> {
        match input::id("Statement", "this statement", &id) {
            Ok(id) => statement(ctx, id).await,
            Err(_) => Ok(None),
        }
    }

    /// What changed from one published version of a framework to another.
    async fn framework_diff(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id of the version to compare with, usually the older.")]
        from_version_id: ID,
        #[graphql(desc = "Global id of the version to tell, usually the newer.")] to_version_id: ID,
    ) -> Result<FrameworkDiff> {
        let id = |id: &ID| input::id("FrameworkVersion", "this framework version", id);
        let ids = id(&from_version_id).and_then(|from| Ok((from, id(&to_version_id)?)));
        let (from, to) = ids.map_err(told)?;
        let found = diff::difference(&op(ctx)?.app, from, to).await;
        Ok(FrameworkDiff::of(found.map_err(told)?))
    }

    /// An occupation, framework version, statement, provider, learner, assessment plan, assessment,
    /// demonstration or credential, by its global id.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A global id of this API.")] id: ID,
    ) -> Result<Option<Node>> {
        match ids::parse_global(&id) {
            Some((kind, id)) => node::find(ctx, &kind, id).await,
            None => Ok(None),
        }
    }

    /// What a canonical URL of this service names: a statement, a framework
    /// version or an occupation.
    async fn resource(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The URL, as records and pages give it.")] url: String,
    ) -> Result<Option<Node>> {
        let app = &op(ctx)?.app;
        let Some(path) = url.strip_prefix(app.config.public_url.as_str()) else {
            return Ok(None);
        };
        let named = |prefix| path.strip_prefix(prefix);
        if let Some(id) = named("/statements/").and_then(ids::canonical) {
            return Ok(statement(ctx, id).await?.map(Node::Statement));
        }
        let version_id = named("/frameworks/").map(|t| t.strip_suffix(".json").unwrap_or(t));
        if let Some(id) = version_id.and_then(ids::canonical) {
            return Ok(version(ctx, id).await?.map(Node::FrameworkVersion));
        }
        let Some(soc) = named("/occupations/") else {
            return Ok(None);
        };
        Ok(occupation(ctx, soc).await?.map(Node::Occupation))
    }
}

async fn occupation(ctx: &Context<'_>, soc: &str) -> Result<Option<Occupation>> {
    // What is no code names no occupation.
    let Ok(soc) = soc.parse::<Soc>() else {
        return Ok(None);
    };
    let found = one(&loaders(ctx)?.occupations_by_soc, soc.to_string()).await?;
    Ok(found.map(Occupation))
}

async fn version(ctx: &Context<'_>, id: Uuid) -> Result<Option<FrameworkVersion>> {
    let found = one(&loaders(ctx)?.versions_by_id, id).await?;
    Ok(found.map(FrameworkVersion))
}

async fn statement(ctx: &Context<'_>, id: Uuid) -> Result<Option<Statement>> {
    let version = one(&loaders(ctx)?.statement_versions, id).await?;
    Ok(version.and_then(|v| Statement::find(&v, id)))
}
