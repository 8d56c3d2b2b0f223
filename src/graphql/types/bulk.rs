//! Imports of many rows, and what was wrong in them.

use async_graphql::{Context, Enum, ID, Object};
use entity::{bulk_job, bulk_problem};

use super::{
    event::BulkJobState,
    page::{self, BulkProblemConnection},
    scalars::DateTime,
};
use crate::{
    bulk::ops::jobs,
    events::progress::JobState,
    graphql::errors::{Result, op, told},
    kernel::ids,
};

/// What a table tells of.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub enum BulkKind {
    /// Learners, to be created.
    Learners,
    /// Results, to be recorded as observations.
    Results,
}

/// An import of a table.
pub struct BulkJob(pub bulk_job::Model);

/// An import of a table. It is kept whole or not at all, or without its bad rows where that was
/// ordered.
#[Object]
impl BulkJob {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("BulkJob", self.0.id).into()
    }

    /// What the table tells of.
    async fn kind(&self) -> Result<BulkKind> {
        match self.0.kind.as_str() {
            "LEARNERS" => Ok(BulkKind::Learners),
            "RESULTS" => Ok(BulkKind::Results),
            _ => Err("a job of an unknown kind".into()),
        }
    }

    /// Global id of the plan that results are recorded under.
    async fn plan_id(&self) -> Option<ID> {
        let plan = self.0.plan_id;
        plan.map(|id| ids::global("AssessmentPlan", id).into())
    }

    /// What it is at. `REFUSED`: rows are bad, and nothing is kept. `FAILED`: it was interrupted,
    /// and nothing is kept; send the table again.
    async fn state(&self) -> Result<BulkJobState> {
        let state = JobState::parse(&self.0.state);
        Ok(state.ok_or("an unknown state")?.into())
    }

    /// Whether everything is only checked, and nothing kept.
    async fn dry_run(&self) -> bool {
        self.0.dry_run
    }

    /// Whether good rows are kept where others are bad.
    async fn skip_bad_lines(&self) -> bool {
        self.0.skip_bad_lines
    }

    /// Rows of the table; until the end, about how many there are.
    async fn rows(&self) -> i64 {
        self.0.total_rows
    }

    /// Rows that are kept, or would be if all were good; 0 until the end.
    async fn accepted(&self) -> i64 {
        self.0.accepted_rows
    }

    /// Rows that are bad; 0 until the end.
    async fn refused(&self) -> i64 {
        self.0.refused_rows
    }

    /// What is wrong, by line; the first 1,000 problems are told.
    async fn problems(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<BulkProblemConnection> {
        let request = page::request(first, after, last, before)?;
        let found = jobs::problems(op(ctx)?, self.0.id, &request).await;
        Ok(BulkProblemConnection::of(found.map_err(told)?, BulkProblem))
    }

    /// When it was ordered.
    async fn created_at(&self) -> DateTime {
        DateTime::from_millis(self.0.created_at)
    }

    /// When it came to its end.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime::from_millis)
    }
}

/// Something wrong with a line of a table.
pub struct BulkProblem(pub bulk_problem::Model);

/// Something wrong with a line of a table. It quotes nothing of what the line says.
#[Object]
impl BulkProblem {
    /// The line of the file, from 1.
    async fn line(&self) -> i64 {
        self.0.line
    }

    /// The column; empty where it is the whole row.
    async fn column(&self) -> &str {
        &self.0.column_name
    }

    /// Machine-readable code.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What is wrong and how to mend it.
    async fn message(&self) -> &str {
        &self.0.message
    }
}
