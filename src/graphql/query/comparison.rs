//! Comparing occupations: open to anyone.

use async_graphql::{Context, Object};

use crate::{
    catalog::ops::compare_occupations,
    graphql::{
        errors::{Result, op, told},
        types::comparison::OccupationComparison,
    },
};

/// The comparison of occupations.
#[derive(Default)]
pub struct ComparisonQuery;

#[Object]
impl ComparisonQuery {
    /// Two occupations side by side: the anchors that both have, and the statements that say nearly
    /// the same, level by level. Null where the catalog lacks one of the two.
    ///
    /// The answer's `method` says how it is done. The other way round, the answer is the same with
    /// the sides changed.
    async fn compare_occupations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "O*NET-SOC code of the first, such as `29-1122.00`.")] a: String,
        #[graphql(desc = "O*NET-SOC code of the second.")] b: String,
    ) -> Result<Option<OccupationComparison>> {
        let found = compare_occupations::compare(&op(ctx)?.app, &a, &b).await;
        Ok(found.map_err(told)?.map(OccupationComparison::of))
    }
}
