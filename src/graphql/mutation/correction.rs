//! Suggesting and deciding corrections.

use async_graphql::{Context, ID, InputObject, Object};

use super::payload;
use crate::{
    catalog::ops::corrections::{self, AnchorPlace},
    graphql::{
        errors::{Result, op},
        types::{correction::Correction, input, onet::AnchorKind},
    },
    kernel::errors,
};

/// Other words for a statement or an anchor: one of the two is named.
#[derive(InputObject)]
pub struct SuggestCorrectionInput {
    /// The statement of a published version.
    pub statement_id: Option<ID>,
    /// The anchor of an occupation.
    pub anchor: Option<CorrectedAnchorInput>,
    /// What it should say, up to 2000 characters.
    pub proposed_text: String,
    /// Why, up to 2000 characters.
    pub reason: String,
}

/// An anchor of an occupation, as the newest profile that a framework version of it was published
/// with numbers them (`FrameworkVersion.profile`); without one, as `Occupation.profile` does. Where
/// both are there and differ, `text` tells which of the two is meant.
#[derive(InputObject)]
pub struct CorrectedAnchorInput {
    /// The occupation's code.
    pub soc: String,
    /// What kind of thing.
    pub kind: AnchorKind,
    /// Its place within its kind, from 1.
    pub ordinal: i32,
    /// What it says now, verbatim: refused where none of that kind and place says so.
    pub text: Option<String>,
}

/// A correction to accept.
#[derive(InputObject)]
pub struct AcceptCorrectionInput {
    /// The correction.
    pub correction_id: ID,
    /// Why, for who suggested it.
    pub reason: Option<String>,
}

/// A correction to decline.
#[derive(InputObject)]
pub struct DeclineCorrectionInput {
    /// The correction.
    pub correction_id: ID,
    /// Why, for who suggested it.
    pub reason: String,
}

/// A correction to take back.
#[derive(InputObject)]
pub struct WithdrawCorrectionInput {
    /// The correction.
    pub correction_id: ID,
}

payload! {
    /// The outcome of `suggestCorrection`.
    SuggestCorrectionPayload {
        /// The correction.
        correction: Correction
    }
}

payload! {
    /// The outcome of `acceptCorrection`.
    AcceptCorrectionPayload {
        /// The correction.
        correction: Correction
    }
}

payload! {
    /// The outcome of `declineCorrection`.
    DeclineCorrectionPayload {
        /// The correction.
        correction: Correction
    }
}

payload! {
    /// The outcome of `withdrawCorrection`.
    WithdrawCorrectionPayload {
        /// The correction.
        correction: Correction
    }
}

fn correction(id: &ID) -> errors::Result<uuid::Uuid> {
    input::id("Correction", "this correction", id)
}

/// Mutations of corrections.
#[derive(Default)]
pub struct CorrectionMutation;

#[Object]
impl CorrectionMutation {
    /// Suggests other words for a statement or an anchor. Whoever looks after it decides, and the
    /// outcome stands in `corrections`.
    async fn suggest_correction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For what, which, and why.")] input: SuggestCorrectionInput,
    ) -> Result<SuggestCorrectionPayload> {
        let op = op(ctx)?;
        let suggested = async {
            let statement = input
                .statement_id
                .map(|id| input::id("Statement", "this statement", &id));
            let anchor = input.anchor.map(|anchor| AnchorPlace {
                soc: anchor.soc,
                kind: anchor.kind.into(),
                ordinal: anchor.ordinal,
                text: anchor.text,
            });
            let (proposed, reason) = (input.proposed_text, input.reason);
            let statement = statement.transpose()?;
            corrections::suggest_correction(op, statement, anchor.as_ref(), proposed, reason).await
        };
        SuggestCorrectionPayload::of(suggested.await, Correction)
    }

    /// Accepts a correction. Of a statement, it goes into the open draft of the framework's next
    /// version, which is begun if there is none. Of an anchor, it is shown with the occupation until
    /// whoever writes the occupation's next profile takes it up.
    async fn accept_correction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: AcceptCorrectionInput,
    ) -> Result<AcceptCorrectionPayload> {
        let op = op(ctx)?;
        let accepted = async {
            let id = correction(&input.correction_id)?;
            corrections::accept_correction(op, id, input.reason).await
        };
        AcceptCorrectionPayload::of(accepted.await, Correction)
    }

    /// Declines a correction, and says why.
    async fn decline_correction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: DeclineCorrectionInput,
    ) -> Result<DeclineCorrectionPayload> {
        let op = op(ctx)?;
        let declined = async {
            let id = correction(&input.correction_id)?;
            corrections::decline_correction(op, id, input.reason).await
        };
        DeclineCorrectionPayload::of(declined.await, Correction)
    }

    /// Takes back a correction that one suggested, while nobody has decided it.
    async fn withdraw_correction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: WithdrawCorrectionInput,
    ) -> Result<WithdrawCorrectionPayload> {
        let op = op(ctx)?;
        let withdrawn = async {
            let id = correction(&input.correction_id)?;
            corrections::withdraw_correction(op, id).await
        };
        WithdrawCorrectionPayload::of(withdrawn.await, Correction)
    }
}
