//! The audit log.

use async_graphql::{Object, SimpleObject};
use entity::audit_record;

use super::scalars::DateTime;
use crate::{identity::chain::End, kernel::digest::hex};

/// One change of state: who, what, when. Each is chained by hash to the one before.
pub struct AuditRecord(pub audit_record::Model);

/// One change of state: who, what, when. Each is chained by hash to the one before.
#[Object]
impl AuditRecord {
    /// Its place in the chain, from 1, without gaps.
    async fn sequence(&self) -> i64 {
        self.0.sequence
    }

    /// When it happened.
    async fn at(&self) -> DateTime {
        DateTime::from_millis(self.0.at)
    }

    /// Who acted, and by which key.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// What was done, as `noun.verb`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// The id of what it was done to.
    async fn target(&self) -> &str {
        &self.0.target
    }

    /// The request that asked for it, which log lines name too.
    async fn request_id(&self) -> &str {
        &self.0.request_id
    }

    /// SHA-256 of the target's state before, 64 hexadecimal digits.
    async fn before_digest(&self) -> Option<String> {
        self.0.before_digest.as_deref().map(hex)
    }

    /// SHA-256 of the target's state after, 64 hexadecimal digits.
    async fn after_digest(&self) -> Option<String> {
        self.0.after_digest.as_deref().map(hex)
    }

    /// The hash of the record before; zeros for the first.
    async fn previous_hash(&self) -> String {
        hex(&self.0.previous_hash)
    }

    /// SHA-256 over all of it, 64 hexadecimal digits.
    async fn hash(&self) -> String {
        hex(&self.0.hash)
    }
}

/// Where a chain of audit records ends: kept elsewhere, it shows later that nothing was cut off.
#[derive(SimpleObject)]
pub struct AuditHead {
    /// The place of the newest record; 0 for none.
    pub sequence: i64,
    /// Its hash, 64 hexadecimal digits.
    pub hash: String,
}

impl From<End> for AuditHead {
    fn from(end: End) -> Self {
        Self {
            sequence: end.sequence,
            hash: end.hash,
        }
    }
}
