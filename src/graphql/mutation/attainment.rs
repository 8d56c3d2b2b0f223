//! Decisions on what carries over.

use async_graphql::{Context, ID, InputObject, Object};

use super::payload;
use crate::{
    assessment::ops::carry_over::{self, NewCarryOver},
    graphql::{
        errors::{Result, op},
        types::{attainment::CarryOverDecision, input},
    },
};

/// Whether demonstrations of a statement count for a reworded one.
#[derive(InputObject)]
pub struct DecideCarryOverInput {
    /// The statement that was demonstrated.
    pub from_statement_id: ID,
    /// The statement of another version of the framework, at the same level.
    pub to_statement_id: ID,
    /// Whether they count.
    pub accepted: bool,
    /// Why, in 1 to 1,000 characters.
    pub reason: String,
}

payload! {
    /// The outcome of `decideCarryOver`.
    DecideCarryOverPayload {
        /// The decision.
        decision: CarryOverDecision
    }
}

/// Mutations of what carries over.
#[derive(Default)]
pub struct AttainmentMutation;

#[Object]
impl AttainmentMutation {
    /// Decides whether demonstrations of a statement count for a reworded one of another version.
    /// A later decision on the same two takes the place of this one.
    async fn decide_carry_over(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The statements and the decision.")] input: DecideCarryOverInput,
    ) -> Result<DecideCarryOverPayload> {
        let op = op(ctx)?;
        let decided = async {
            let new = NewCarryOver {
                from: input::id("Statement", "this statement", &input.from_statement_id)?,
                to: input::id("Statement", "this statement", &input.to_statement_id)?,
                accepted: input.accepted,
                reason: input.reason,
            };
            carry_over::decide_carry_over(op, new).await
        };
        DecideCarryOverPayload::of(decided.await, CarryOverDecision)
    }
}
