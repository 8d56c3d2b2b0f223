//! A revocation, suspension or reinstatement. Append-only.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A revocation, suspension or reinstatement. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "status_change")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The credential.
    pub credential_id: Uuid,
    /// `REVOKED`, `SUSPENDED` or `REINSTATED`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Why.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Who did it.
    #[sea_orm(column_type = "Text")]
    pub actor: String,
    /// Unix milliseconds.
    pub at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
