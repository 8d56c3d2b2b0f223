//! Operations on plans, assessments and what they yield.

pub(crate) mod announce;
pub mod attain;
pub mod carry_over;
pub mod conduct;
pub mod decide;
pub mod files;
mod lineage;
mod moves;
pub mod observe;
pub mod outlook;
pub mod plans;
pub mod read;
pub mod replay;

use entity::learner;

use crate::{
    app::Op,
    identity::{model::Member, store as people},
    kernel::errors::{Error, Result},
};

/// Refuses when the acting member is the learner: by the learner's link to a
/// member, or by the same e-mail address.
async fn refuse_self(
    tx: &impl sea_orm::ConnectionTrait,
    op: &Op,
    learner: &learner::Model,
) -> Result<()> {
    let Some(id) = op.actor.member() else {
        return Ok(());
    };
    let Some(member) = people::member(tx, learner.provider_id, id).await? else {
        return Err(Error::NotFound("this member".to_owned()));
    };
    if same_person(learner, &member) {
        return Err(Error::invalid(
            "input.assessmentId",
            "SELF_ASSESSMENT",
            "an assessor cannot assess themself: ask another assessor",
        ));
    }
    Ok(())
}

/// Whether a member is the learner: by the learner's link to a member, or by the same e-mail
/// address.
pub(crate) fn same_person(learner: &learner::Model, member: &Member) -> bool {
    learner.member_id == Some(member.id)
        || (learner.email.is_some() && learner.email == member.email)
}
