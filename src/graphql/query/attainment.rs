//! What carries over between versions.

use async_graphql::{Context, ID, Object};

use crate::{
    assessment::ops::carry_over,
    graphql::{
        errors::{Result, op, told},
        types::{attainment::CarryOver, input},
    },
};

/// Queries of what carries over between versions.
#[derive(Default)]
pub struct AttainmentQuery;

#[Object]
impl AttainmentQuery {
    /// What became of each statement from one version of a framework to another, with what the
    /// provider that the key belongs to decided on it.
    async fn carry_over(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version that demonstrations are of.")] from_version_id: ID,
        #[graphql(desc = "The version for which they may count.")] to_version_id: ID,
    ) -> Result<Vec<CarryOver>> {
        let version = |id| input::id("FrameworkVersion", "this framework version", id);
        let from = version(&from_version_id).map_err(told)?;
        let to = version(&to_version_id).map_err(told)?;
        let compared = carry_over::compare(op(ctx)?, from, to).await;
        Ok(CarryOver::all(compared.map_err(told)?))
    }
}
