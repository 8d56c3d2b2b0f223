//! What can be found by its global id.

use async_graphql::{Context, ID, Interface};
use uuid::Uuid;

use super::{
    assessment::Assessment,
    bulk::BulkJob,
    catalog::{FrameworkVersion, Occupation, Statement},
    credential::Credential,
    decision::Demonstration,
    people::{Learner, Provider},
    plan::AssessmentPlan,
};
use crate::{
    assessment::ops::read,
    credential::ops::read as records,
    graphql::{
        errors::{Result, told},
        loaders::{loaders, one},
    },
    kernel::errors::Error,
};

/// What `node` finds by its global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Global id."))]
pub enum Node {
    /// An occupation.
    Occupation(Occupation),
    /// A framework version.
    FrameworkVersion(FrameworkVersion),
    /// A statement.
    Statement(Statement),
    /// A provider.
    Provider(Provider),
    /// A learner.
    Learner(Learner),
    /// An assessment plan.
    AssessmentPlan(AssessmentPlan),
    /// An assessment.
    Assessment(Assessment),
    /// A demonstration.
    Demonstration(Demonstration),
    /// A credential.
    Credential(Credential),
    /// An import.
    BulkJob(BulkJob),
}

/// The object of the type `kind` with this row id. What belongs to a tenant is
/// found by those who may see it, and is not found by anyone else.
pub async fn find(ctx: &Context<'_>, kind: &str, id: Uuid) -> Result<Option<Node>> {
    let loaders = loaders(ctx)?;
    let op = crate::graphql::errors::op(ctx)?;
    let hidden = |e| match e {
        Error::Unauthenticated(_) | Error::Forbidden(_) => told(Error::NotFound("this id".into())),
        e => told(e),
    };
    let private = match kind {
        "Occupation" => {
            let row = one(&loaders.occupations, id).await?;
            return Ok(row.map(|o| Node::Occupation(Occupation(o))));
        }
        "FrameworkVersion" => {
            let version = one(&loaders.versions_by_id, id).await?;
            return Ok(version.map(|v| Node::FrameworkVersion(FrameworkVersion(v))));
        }
        "Statement" => {
            let version = one(&loaders.statement_versions, id).await?;
            return Ok(version
                .and_then(|v| Statement::find(&v, id))
                .map(Node::Statement));
        }
        "Provider" => {
            let row = one(&loaders.providers, id).await?;
            return Ok(row.map(|p| Node::Provider(Provider(p))));
        }
        "Learner" => {
            let found = crate::identity::ops::learners::learners_by_id(op, &[id]).await;
            let mut found = found.map_err(hidden)?;
            found.pop().map(|l| Node::Learner(Learner(l)))
        }
        "AssessmentPlan" => read::plan(op, id)
            .await
            .map_err(hidden)?
            .map(|p| Node::AssessmentPlan(AssessmentPlan(p))),
        "Assessment" => read::assessment(op, id)
            .await
            .map_err(hidden)?
            .map(|a| Node::Assessment(Assessment(a))),
        "Demonstration" => {
            let found = read::demonstrations_by_id(op, &[id]).await;
            let mut found = found.map_err(hidden)?;
            found.pop().map(|d| Node::Demonstration(Demonstration(d)))
        }
        "Credential" => records::credential(op, id)
            .await
            .map_err(hidden)?
            .map(|c| Node::Credential(Credential(c))),
        "BulkJob" => crate::bulk::ops::jobs::job(op, id)
            .await
            .map_err(hidden)?
            .map(|job| Node::BulkJob(BulkJob(job))),
        _ => None,
    };
    private
        .map(Some)
        .ok_or_else(|| told(Error::NotFound("this id".into())))
}
