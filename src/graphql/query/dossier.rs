//! A learner's own view, and the export of everything about them.

use async_graphql::{Context, ID, Object};

use crate::{
    dossier::ops::export,
    graphql::{
        errors::{Result, op, told},
        types::{dossier::LearnerExport, input, people::Learner},
    },
    identity::ops::learners,
    kernel::errors::Error,
};

/// Queries of learners as people.
#[derive(Default)]
pub struct DossierQuery;

#[Object]
impl DossierQuery {
    /// The learner whose key asks; empty for anybody else.
    async fn me(&self, ctx: &Context<'_>) -> Result<Option<Learner>> {
        let op = op(ctx)?;
        let Some(own) = op.actor.learner() else {
            return Ok(None);
        };
        let found = learners::learners_by_id(op, &[own]).await.map_err(told)?;
        Ok(found.into_iter().next().map(Learner))
    }

    /// Everything that is stored about a learner, as one document. A learner names themself, or
    /// nobody.
    async fn export_learner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The learner; may be left out by one.")] learner_id: Option<ID>,
    ) -> Result<LearnerExport> {
        let op = op(ctx)?;
        let exported = async {
            match learner_id {
                Some(id) => {
                    let learner = input::id("Learner", "this learner", &id)?;
                    export::export_learner(op, learner).await
                }
                None => export::own(op).await,
            }?
            .to_json()
            .map_err(Error::internal)
        };
        let document = exported.await.map_err(told)?;
        Ok(LearnerExport { document })
    }
}
