//! Issued credentials of the provider that the key belongs to, and
//! verification for anyone.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use uuid::Uuid;

use crate::{
    credential::{
        ops::{read, verify::verify_credential},
        verify::{self, Asked, Materials},
        wanted::Wanted,
    },
    graphql::{
        errors::{Result, op, told},
        types::{
            credential::Credential,
            input,
            page::{self, CredentialConnection},
            report::{VerificationReport, VerifyCredentialInput},
        },
    },
    kernel::errors::Error,
};

/// Queries of credentials.
#[derive(Default)]
pub struct CredentialQuery;

#[Object]
impl CredentialQuery {
    /// Issued credentials.
    #[expect(clippy::too_many_arguments, reason = "four of them are Relay's page")]
    async fn credentials(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of this learner only.")] learner_id: Option<ID>,
        #[graphql(
            desc = "If true, those only whose demonstration was withdrawn after they were issued: revoke them. If false, all others."
        )]
        demonstration_withdrawn: Option<bool>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<CredentialConnection> {
        let request = page::request(first, after, last, before)?;
        let learner = learner_id
            .map(|id| input::id("Learner", "this learner", &id))
            .transpose()
            .map_err(told)?;
        let wanted = Wanted {
            learner,
            demonstration_withdrawn,
        };
        let found = read::credentials(op(ctx)?, wanted, &request).await;
        Ok(CredentialConnection::of(found.map_err(told)?, Credential))
    }

    /// An issued credential.
    async fn credential(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<Credential>> {
        let what = "this credential";
        let id = input::id("Credential", what, &id).unwrap_or(Uuid::nil());
        let found = read::credential(op(ctx)?, id).await.map_err(told)?;
        let missing = || told(Error::NotFound(what.to_owned()));
        found.map(|c| Some(Credential(c))).ok_or_else(missing)
    }

    /// Judges a record: is it genuine, does it still hold, and which statement
    /// does it attest. Nothing is stored.
    async fn verify_credential(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The record, and what the reader brings along.")]
        input: VerifyCredentialInput,
    ) -> Result<VerificationReport> {
        let op = op(ctx)?;
        let refuse = |field: &str, why: String| told(Error::invalid(field, "BAD_USER_INPUT", why));
        let inspected = verify::inspect(input.credential.as_bytes())
            .map_err(|e| refuse("input.credential", e.reason))?;
        let mut materials = Materials::new();
        for text in &input.issuer_documents {
            let added = materials.add_issuer(text.as_bytes());
            added.map_err(|e| refuse("input.issuerDocuments", e.to_string()))?;
        }
        for text in &input.status_lists {
            let added = materials.add_status_list(text.trim().as_bytes());
            added.map_err(|e| refuse("input.statusLists", e.to_string()))?;
        }
        for text in &input.frameworks {
            materials.add_framework(text.as_bytes());
        }
        if let Some(text) = &input.trust_list {
            let set = materials.set_trust_list(text.as_bytes());
            set.map_err(|e| refuse("input.trustList", e.to_string()))?;
        }
        let asked = Asked {
            at: input.at.map_or(op.now, |at| at.0),
            challenge: input.challenge,
            domain: input.domain,
        };
        let report = verify_credential(&op.app, Arc::new(inspected), materials, asked).await;
        Ok(report.map_err(told)?.into())
    }
}
