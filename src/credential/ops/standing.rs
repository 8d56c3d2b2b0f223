//! Whether a demonstration may be attested.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    app::Op,
    assessment::{model::State, store},
    kernel::{
        clock,
        errors::{Error, Result},
    },
};

const FIELD: &str = "input.demonstrationId";

/// Refuses a demonstration that was withdrawn, has run out, or is under appeal. The assessment
/// stays locked until the transaction ends, so that nothing of this changes before the intent to
/// issue is on record.
pub(super) async fn require(
    tx: &impl ConnectionTrait,
    op: &Op,
    tenant: Uuid,
    demonstration: Uuid,
) -> Result<()> {
    let found = store::demonstration(tx, tenant, demonstration).await?;
    let found = found.ok_or_else(|| Error::NotFound("this demonstration".to_owned()))?;
    let assessment = store::lock_assessment(tx, tenant, found.assessment_id).await?;
    let assessment =
        assessment.ok_or_else(|| Error::internal("a demonstration without its assessment"))?;
    // What a decision has changed since is seen only now that the assessment is held.
    let held = store::demonstration(tx, tenant, demonstration).await?;
    let held = held.ok_or_else(|| Error::internal("a demonstration that vanished"))?;
    let refused = |code, remedy| Err(Error::invalid(FIELD, code, remedy));
    if held.withdrawn_at.is_some() {
        return refused(
            "WITHDRAWN",
            "a later decision withdrew this demonstration: there is nothing to attest",
        );
    }
    if assessment.state == State::Appealed.as_str() {
        return refused(
            "UNDER_APPEAL",
            "the decision behind this demonstration is under appeal: wait until it is decided again",
        );
    }
    if held
        .valid_until
        .is_some_and(|end| end <= clock::to_millis(op.now))
    {
        return refused(
            "EXPIRED",
            "this demonstration is valid no longer: assess the learner again",
        );
    }
    Ok(())
}
