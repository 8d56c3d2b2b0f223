//! Plans, assessments and demonstrations of the provider that the key belongs to.

use async_graphql::{Context, ID, Object};
use uuid::Uuid;

use crate::{
    assessment::ops::read,
    graphql::{
        errors::{Result, op, told},
        types::{
            assessment::Assessment,
            decision::Demonstration,
            input,
            page::{self, AssessmentConnection, AssessmentPlanConnection, DemonstrationConnection},
            plan::AssessmentPlan,
        },
    },
    kernel::errors::Error,
};

/// Queries of assessments.
#[derive(Default)]
pub struct AssessmentQuery;

/// A learner that a list is narrowed to.
fn learner(id: Option<ID>) -> Result<Option<Uuid>> {
    id.map(|id| input::id("Learner", "this learner", &id))
        .transpose()
        .map_err(told)
}

#[Object]
impl AssessmentQuery {
    /// Assessment plans, oldest first.
    async fn assessment_plans(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<AssessmentPlanConnection> {
        let request = page::request(first, after, last, before)?;
        let found = read::plans(op(ctx)?, &request).await.map_err(told)?;
        Ok(AssessmentPlanConnection::of(found, AssessmentPlan))
    }

    /// An assessment plan.
    async fn assessment_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<AssessmentPlan>> {
        let what = "this assessment plan";
        let id = input::id("AssessmentPlan", what, &id).unwrap_or(Uuid::nil());
        let found = read::plan(op(ctx)?, id).await.map_err(told)?;
        let missing = || told(Error::NotFound(what.to_owned()));
        found.map(|p| Some(AssessmentPlan(p))).ok_or_else(missing)
    }

    /// Assessments, oldest first.
    async fn assessments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of this learner only.")] learner_id: Option<ID>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<AssessmentConnection> {
        let request = page::request(first, after, last, before)?;
        let found = read::assessments(op(ctx)?, learner(learner_id)?, &request).await;
        Ok(AssessmentConnection::of(found.map_err(told)?, Assessment))
    }

    /// An assessment.
    async fn assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<Assessment>> {
        let what = "this assessment";
        let id = input::id("Assessment", what, &id).unwrap_or(Uuid::nil());
        let found = read::assessment(op(ctx)?, id).await.map_err(told)?;
        let missing = || told(Error::NotFound(what.to_owned()));
        found.map(|a| Some(Assessment(a))).ok_or_else(missing)
    }

    /// Demonstrations, oldest first.
    async fn demonstrations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of this learner only.")] learner_id: Option<ID>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<DemonstrationConnection> {
        let request = page::request(first, after, last, before)?;
        let found = read::demonstrations(op(ctx)?, learner(learner_id)?, &request).await;
        Ok(DemonstrationConnection::of(
            found.map_err(told)?,
            Demonstration,
        ))
    }
}
