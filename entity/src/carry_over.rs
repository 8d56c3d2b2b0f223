//! A provider's decision on whether a reworded statement's demonstrations carry over.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A provider's decision on whether a reworded statement's demonstrations carry over.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "carry_over")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// The statement that was demonstrated.
    pub from_statement_id: Uuid,
    /// The statement of another version.
    pub to_statement_id: Uuid,
    /// Whether they carry over.
    pub accepted: bool,
    /// Why.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Who decided.
    #[sea_orm(column_type = "Text")]
    pub decided_by: String,
    /// Unix milliseconds.
    pub decided_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
