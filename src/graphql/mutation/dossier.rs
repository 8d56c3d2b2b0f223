//! Inviting, welcoming and erasing learners.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::payload;
use crate::{
    dossier::ops::erase,
    graphql::{
        errors::{Result, UserError, op, outcome},
        types::{dossier::Invitation, input, people::Learner},
    },
    identity::ops::invitations,
};

/// A learner to invite.
#[derive(InputObject)]
pub struct InviteLearnerInput {
    /// The learner.
    pub learner_id: ID,
    /// For how many days the link works, 1 to 60.
    #[graphql(default = 14)]
    pub expires_in_days: i32,
}

/// An invitation to accept.
#[derive(InputObject)]
pub struct AcceptInvitationInput {
    /// What follows `/invitation/` in the link.
    pub token: String,
}

/// A learner to erase.
#[derive(InputObject)]
pub struct EraseLearnerInput {
    /// The learner.
    pub learner_id: ID,
    /// The learner's external id, so that nobody else is erased by a slip.
    pub confirm: String,
}

/// The outcome of `inviteLearner`.
#[derive(SimpleObject)]
pub struct InviteLearnerPayload {
    /// The invitation.
    pub invitation: Option<Invitation>,
    /// The link to send to the learner. It is shown this once: only its digest is kept. Whoever
    /// has it can open the learner's record.
    pub url: Option<String>,
    /// What is wrong with the input; empty when it was done.
    pub user_errors: Vec<UserError>,
}

/// The outcome of `acceptInvitation`.
#[derive(SimpleObject)]
pub struct AcceptInvitationPayload {
    /// The text of the learner's API key. It is shown this once: only its digest is kept.
    pub token: Option<String>,
    /// Whose record it opens.
    pub learner: Option<Learner>,
    /// What is wrong with the input; empty when it was done.
    pub user_errors: Vec<UserError>,
}

payload! {
    /// The outcome of `eraseLearner`.
    EraseLearnerPayload {
        /// What is left: a row that names nobody.
        learner: Learner
    }
}

payload! {
    /// The outcome of `requestErasure`.
    RequestErasurePayload {
        /// The learner who asked.
        learner: Learner
    }
}

/// Mutations of learners as people.
#[derive(Default)]
pub struct DossierMutation;

#[Object]
impl DossierMutation {
    /// Invites a learner by link: accepted once, it becomes a key to their own record, and to
    /// nothing else. A link that they were sent before works no more.
    async fn invite_learner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, and for how long.")] input: InviteLearnerInput,
    ) -> Result<InviteLearnerPayload> {
        let op = op(ctx)?;
        let invited = async {
            let learner = input::id("Learner", "this learner", &input.learner_id)?;
            invitations::invite_learner(op, learner, input.expires_in_days).await
        };
        let (invited, user_errors) = outcome(invited.await)?;
        let (row, token) = invited.unzip();
        let base = &op.app.config.public_url;
        Ok(InviteLearnerPayload {
            invitation: row.map(Invitation),
            url: token.map(|token| format!("{base}/invitation/{}", token.as_str())),
            user_errors,
        })
    }

    /// Accepts an invitation: it becomes an API key of the learner, good for 90 days.
    async fn accept_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The invitation.")] input: AcceptInvitationInput,
    ) -> Result<AcceptInvitationPayload> {
        let accepted = invitations::accept_invitation(op(ctx)?, &input.token).await;
        let (accepted, user_errors) = outcome(accepted)?;
        let accepted = accepted.map(|a| (a.token.as_str().to_owned(), Learner(a.learner)));
        let (token, learner) = accepted.unzip();
        Ok(AcceptInvitationPayload {
            token,
            learner,
            user_errors,
        })
    }

    /// Erases a learner: whatever names them goes, their keys stop working, and their records are
    /// withdrawn for good. Ratings, decisions and demonstrations stay, of nobody. It cannot be
    /// undone; asked again, it changes nothing more.
    async fn erase_learner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom.")] input: EraseLearnerInput,
    ) -> Result<EraseLearnerPayload> {
        let op = op(ctx)?;
        let erased = async {
            let learner = input::id("Learner", "this learner", &input.learner_id)?;
            erase::erase_learner(op, None, learner, &input.confirm).await
        };
        EraseLearnerPayload::of(erased.await, |erased| Learner(erased.learner))
    }

    /// Asks, as a learner, to be erased. The provider sees it, and does it.
    async fn request_erasure(&self, ctx: &Context<'_>) -> Result<RequestErasurePayload> {
        let asked = erase::request_erasure(op(ctx)?).await;
        RequestErasurePayload::of(asked, Learner)
    }
}
