//! One change of state: who, what, when, chained by hash.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// One change of state: who, what, when, chained by hash.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_record")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `platform`, or the provider's id.
    #[sea_orm(column_type = "Text")]
    pub chain: String,
    /// Position in the chain, from 1, without gaps.
    pub sequence: i64,
    /// Unix milliseconds.
    pub at: i64,
    /// Who acted.
    #[sea_orm(column_type = "Text")]
    pub actor: String,
    /// What was done.
    #[sea_orm(column_type = "Text")]
    pub action: String,
    /// What it was done to.
    #[sea_orm(column_type = "Text")]
    pub target: String,
    /// The request that asked for it.
    #[sea_orm(column_type = "Text")]
    pub request_id: String,
    /// SHA-256 of the target's state before.
    #[sea_orm(column_type = "Blob", nullable)]
    pub before_digest: Option<Vec<u8>>,
    /// SHA-256 of the target's state after.
    #[sea_orm(column_type = "Blob", nullable)]
    pub after_digest: Option<Vec<u8>>,
    /// Hash of the record before; 32 zero bytes for the first.
    #[sea_orm(column_type = "Blob")]
    pub previous_hash: Vec<u8>,
    /// SHA-256 over all of the above in RFC 8785 form.
    #[sea_orm(column_type = "Blob")]
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
