//! The audit log, for those who may read it.

use async_graphql::{Context, ID, Object};
use uuid::Uuid;

use crate::{
    graphql::{
        errors::{Result, op, told},
        types::{
            audit::{AuditHead, AuditRecord},
            input,
            page::{self, AuditRecordConnection},
        },
    },
    identity::ops::log,
};

/// Queries of the audit log.
#[derive(Default)]
pub struct AuditQuery;

fn provider(id: Option<ID>) -> Result<Option<Uuid>> {
    let id = id.map(|id| input::id("Provider", "this provider", &id));
    id.transpose().map_err(told)
}

#[Object]
impl AuditQuery {
    /// Audit records of a provider, or of the platform, oldest first.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an argument of the field"
    )]
    async fn audit_records(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The provider; its own members may leave it out. Without it, platform administrators read the platform's own chain."
        )]
        provider_id: Option<ID>,
        #[graphql(desc = "Records of this action only, such as `credential.revoke`.")]
        action: Option<String>,
        #[graphql(desc = "Records of what was done to this target only.")] target: Option<String>,
        #[graphql(desc = "How many from the start, at most 100.")] first: Option<i32>,
        #[graphql(desc = "After this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Before this cursor.")] before: Option<String>,
    ) -> Result<AuditRecordConnection> {
        let request = page::request(first, after, last, before)?;
        let (action, target) = (action.as_deref(), target.as_deref());
        let found = log::records(op(ctx)?, provider(provider_id)?, action, target, &request).await;
        Ok(AuditRecordConnection::of(found.map_err(told)?, AuditRecord))
    }

    /// Where the audit log of a provider, or of the platform, ends.
    async fn audit_head(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The provider; its own members may leave it out. Without it, platform administrators read the platform's own chain."
        )]
        provider_id: Option<ID>,
    ) -> Result<Option<AuditHead>> {
        let head = log::head(op(ctx)?, provider(provider_id)?).await;
        Ok(Some(head.map_err(told)?.into()))
    }
}
