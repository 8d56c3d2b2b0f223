//! Issued credentials and the history of their status.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::{credential, status_change};

use super::{assessment::Demonstration, people::Learner, scalars::DateTime};
use crate::{
    credential::ops::lists::list_url,
    graphql::{
        errors::{Result, op},
        loaders::{loaders, one},
    },
    kernel::ids,
};

/// Where a credential stands.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub enum CredentialState {
    /// Recorded, and about to be signed.
    Intended,
    /// Signed, and it holds.
    Issued,
    /// Withdrawn for a time.
    Suspended,
    /// Withdrawn for good.
    Revoked,
}

/// What a set status bit means.
#[derive(Enum, Debug, Copy, Clone, PartialEq, Eq)]
pub enum StatusPurpose {
    /// The credential is withdrawn for good.
    Revocation,
    /// The credential is withdrawn, for a time or for good.
    Suspension,
}

/// A signed record that a learner demonstrated one statement.
pub struct Credential(pub credential::Model);

impl Credential {
    async fn entry(&self, ctx: &Context<'_>) -> Result<StatusEntry> {
        let op = op(ctx)?;
        let list = one(&loaders(ctx)?.status_lists, self.0.status_list_id).await?;
        let list = list.ok_or("a credential without its status list")?;
        Ok(StatusEntry {
            purpose: match list.purpose.as_str() {
                "revocation" => StatusPurpose::Revocation,
                "suspension" => StatusPurpose::Suspension,
                _ => return Err("an unknown purpose".into()),
            },
            list_url: list_url(&op.app.config.public_url, list.id),
            index: self.0.status_index,
            set: self.0.status_set,
        })
    }
}

/// A signed record that a learner demonstrated one statement.
#[Object]
impl Credential {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::global("Credential", self.0.id).into()
    }

    /// The id within the document: a `urn:uuid`.
    async fn urn(&self) -> String {
        self.0.id.urn().to_string()
    }

    /// Where it stands.
    async fn state(&self) -> Result<CredentialState> {
        match self.0.state.as_str() {
            "INTENDED" => Ok(CredentialState::Intended),
            "ISSUED" => Ok(CredentialState::Issued),
            "SUSPENDED" => Ok(CredentialState::Suspended),
            "REVOKED" => Ok(CredentialState::Revoked),
            _ => Err("an unknown state".into()),
        }
    }

    /// The signed record, a compact JWT: what the learner gets.
    async fn jwt(&self) -> Option<&str> {
        self.0.jwt.as_deref()
    }

    /// The client's name for the issuance.
    async fn idempotency_key(&self) -> &str {
        &self.0.idempotency_key
    }

    /// What it attests.
    async fn demonstration(&self, ctx: &Context<'_>) -> Result<Demonstration> {
        let row = one(&loaders(ctx)?.demonstrations, self.0.demonstration_id).await?;
        Ok(Demonstration(
            row.ok_or("a credential without its demonstration")?,
        ))
    }

    /// Whom it is about.
    async fn learner(&self, ctx: &Context<'_>) -> Result<Learner> {
        let row = one(&loaders(ctx)?.learners, self.0.learner_id).await?;
        Ok(Learner(row.ok_or("a credential without its learner")?))
    }

    /// From when it holds.
    async fn valid_from(&self) -> DateTime {
        DateTime::from_millis(self.0.valid_from)
    }

    /// Until when it holds; empty for no end.
    async fn valid_until(&self) -> Option<DateTime> {
        self.0.valid_until.map(DateTime::from_millis)
    }

    /// Its place in a status list; needs `credentials:read`.
    async fn status_entry(&self, ctx: &Context<'_>) -> Option<Result<StatusEntry>> {
        Some(self.entry(ctx).await)
    }

    /// Revocations, suspensions and reinstatements, oldest first.
    async fn status_changes(&self, ctx: &Context<'_>) -> Result<Vec<StatusChange>> {
        let rows = one(&loaders(ctx)?.status_changes, self.0.id).await?;
        Ok(rows
            .unwrap_or_default()
            .iter()
            .map(StatusChange::of)
            .collect())
    }
}

/// A credential's place in a Bitstring Status List.
#[derive(SimpleObject)]
pub struct StatusEntry {
    /// What a set bit means.
    pub purpose: StatusPurpose,
    /// Where the list is served.
    pub list_url: String,
    /// Which bit.
    pub index: i32,
    /// Whether the bit is set.
    pub set: bool,
}

/// A revocation, suspension or reinstatement.
#[derive(SimpleObject)]
pub struct StatusChange {
    /// Global id.
    pub id: ID,
    /// `REVOKED`, `SUSPENDED` or `REINSTATED`.
    pub kind: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: DateTime,
}

impl StatusChange {
    fn of(row: &status_change::Model) -> Self {
        Self {
            id: ids::global("StatusChange", row.id).into(),
            kind: row.kind.clone(),
            reason: row.reason.clone(),
            at: DateTime::from_millis(row.at),
        }
    }
}
