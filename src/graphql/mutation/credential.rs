//! Issuing, revoking, suspending, reinstating.

use async_graphql::{Context, ID, InputObject, Object};

use super::payload;
use crate::{
    app::Op,
    credential::ops::{
        change::{StatusAction, change_status},
        issue::{IssueRequest, issue_credential},
    },
    graphql::{
        errors::{Result, op},
        types::{
            credential::{Credential, SecuringMechanism},
            input,
        },
    },
};

/// A credential to issue.
#[derive(InputObject)]
pub struct IssueCredentialInput {
    /// What it attests.
    pub demonstration_id: ID,
    /// How to secure it.
    #[graphql(default_with = "SecuringMechanism::EddsaRdfc2022")]
    pub mechanism: SecuringMechanism,
    /// Your own name for this issuance. The same again gives the same credential, never a second one.
    pub idempotency_key: String,
}

/// A credential whose status to change.
#[derive(InputObject)]
pub struct CredentialStatusInput {
    /// The credential.
    pub credential_id: ID,
    /// Why. It is recorded, and not published.
    pub reason: String,
}

payload! {
    /// The outcome of `issueCredential`.
    IssueCredentialPayload {
        /// The signed record.
        credential: Credential
    }
}

payload! {
    /// The outcome of a change of status.
    CredentialStatusPayload {
        /// The credential as it stands now.
        credential: Credential
    }
}

async fn change(
    op: &Op,
    input: CredentialStatusInput,
    action: StatusAction,
) -> Result<CredentialStatusPayload> {
    let changed = async {
        let id = input::id("Credential", "this credential", &input.credential_id)?;
        change_status(op, id, action, &input.reason).await
    };
    CredentialStatusPayload::of(changed.await, Credential)
}

/// Mutations of credentials.
#[derive(Default)]
pub struct CredentialMutation;

#[Object]
impl CredentialMutation {
    /// Issues the signed record for a demonstration.
    async fn issue_credential(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to issue.")] input: IssueCredentialInput,
    ) -> Result<IssueCredentialPayload> {
        let op = op(ctx)?;
        let what = "this demonstration";
        let issued = async {
            let request = IssueRequest {
                demonstration: input::id("Demonstration", what, &input.demonstration_id)?,
                mechanism: input.mechanism.into(),
                idempotency_key: input.idempotency_key,
            };
            issue_credential(op, &request).await
        };
        IssueCredentialPayload::of(issued.await, Credential)
    }

    /// Withdraws a credential for good.
    async fn revoke_credential(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: CredentialStatusInput,
    ) -> Result<CredentialStatusPayload> {
        change(op(ctx)?, input, StatusAction::Revoke).await
    }

    /// Withdraws a credential for a time. Only for records of a suspendable plan.
    async fn suspend_credential(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: CredentialStatusInput,
    ) -> Result<CredentialStatusPayload> {
        change(op(ctx)?, input, StatusAction::Suspend).await
    }

    /// Lets a suspended credential hold again.
    async fn reinstate_credential(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: CredentialStatusInput,
    ) -> Result<CredentialStatusPayload> {
        change(op(ctx)?, input, StatusAction::Reinstate).await
    }
}
