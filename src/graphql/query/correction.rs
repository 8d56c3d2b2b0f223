//! Corrections.

use async_graphql::{Context, Object};

use crate::{
    catalog::ops::{
        browse,
        corrections::{self, CorrectionFilter},
    },
    graphql::{
        errors::{Result, op, told},
        types::{
            correction::{Correction, CorrectionFilterInput, CorrectionState},
            input,
            page::{self, CorrectionConnection},
        },
    },
    kernel::errors::Error,
};

/// Queries of corrections.
#[derive(Default)]
pub struct CorrectionQuery;

#[Object]
impl CorrectionQuery {
    /// Corrections that whoever asks suggested, and those that they decide: administrators those
    /// about their provider's frameworks, curators those about shared frameworks and anchors. Oldest
    /// first.
    async fn corrections(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of these.")] filter: Option<CorrectionFilterInput>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<CorrectionConnection> {
        let op = op(ctx)?;
        let request = page::request(first, after, last, before)?;
        let given = filter.unwrap_or_default();
        let statement = given
            .statement_id
            .map(|id| input::id("Statement", "this statement", &id));
        let occupation = match given.soc {
            None => None,
            Some(soc) => {
                let found = browse::occupation(&op.app, &soc).await.map_err(told)?;
                let missing = || told(Error::NotFound("this occupation".to_owned()));
                Some(found.ok_or_else(missing)?.id)
            }
        };
        let filter = CorrectionFilter {
            state: given.state.map(CorrectionState::as_str),
            statement: statement.transpose().map_err(told)?,
            occupation,
            own: given.own,
        };
        let found = corrections::corrections(op, &filter, &request).await;
        Ok(CorrectionConnection::of(found.map_err(told)?, Correction))
    }
}
