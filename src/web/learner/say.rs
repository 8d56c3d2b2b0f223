//! What a learner says to a decision: that they agree, or that they object.

use axum::response::Response;
use uuid::Uuid;

use super::Caller;
use super::form::field;
use super::page::Told;
use crate::app::Op;
use crate::assessment::ops::conduct::{agree_to_assessment, appeal_assessment};
use crate::kernel::errors::{Error, Result};
use crate::web::changes;

/// The learner agrees with a decision.
pub(super) async fn agree(caller: Caller) -> Response {
    let done = caller
        .change(|op, id, _| async move { agree_to_assessment(&op, id).await.map(drop) })
        .await;
    caller.told(done, "You agreed with the decision").await
}

/// The learner objects to a decision: an appeal.
pub(super) async fn object(caller: Caller) -> Response {
    let done = caller
        .change(|op, id, reason| async move { appeal_assessment(&op, id, &reason).await.map(drop) })
        .await;
    caller.told(done, "Your objection was recorded").await
}

impl Caller {
    /// Does something to the assessment that the form names, for the reason that it gives, to the
    /// end even when the learner closes the page.
    async fn change<F>(
        &self,
        act: impl FnOnce(Op, Uuid, String) -> F,
    ) -> std::result::Result<(), Told>
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        let missing = || Error::NotFound("this assessment".to_owned());
        let assessment = Uuid::try_parse(self.form.get(field::ID)).map_err(|_| missing());
        let assessment = assessment.map_err(|e| Told::of(&e, &self.id))?;
        let reason = self.form.get(field::REASON).to_owned();
        let change = act(self.op.clone(), assessment, reason);
        match changes::to_the_end(&self.site.app, change).await {
            Some(done) => done.map_err(|e| Told::of(&e, &self.id)),
            None => Err(Told::stopping()),
        }
    }
}
