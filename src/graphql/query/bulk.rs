//! Imports of the provider that the key belongs to.

use async_graphql::{Context, ID, Object};
use uuid::Uuid;

use crate::{
    bulk::ops::jobs,
    graphql::{
        errors::{Result, op, told},
        types::{
            bulk::BulkJob,
            input,
            page::{self, BulkJobConnection},
        },
    },
    kernel::errors::Error,
};

/// Queries of imports.
#[derive(Default)]
pub struct BulkQuery;

#[Object]
impl BulkQuery {
    /// Imports, oldest first.
    async fn bulk_jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<BulkJobConnection> {
        let request = page::request(first, after, last, before)?;
        let found = jobs::jobs(op(ctx)?, &request).await.map_err(told)?;
        Ok(BulkJobConnection::of(found, BulkJob))
    }

    /// An import.
    async fn bulk_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<BulkJob>> {
        let what = "this bulk job";
        let id = input::id("BulkJob", what, &id).unwrap_or(Uuid::nil());
        let found = jobs::job(op(ctx)?, id).await.map_err(told)?;
        let missing = || told(Error::NotFound(what.to_owned()));
        found.map(|job| Some(BulkJob(job))).ok_or_else(missing)
    }
}
