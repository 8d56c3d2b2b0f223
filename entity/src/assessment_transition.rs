//! A change of an assessment's state. Append-only.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A change of an assessment's state. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assessment_transition")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// The assessment.
    pub assessment_id: Uuid,
    /// The state before.
    #[sea_orm(column_type = "Text")]
    pub from_state: String,
    /// The state after.
    #[sea_orm(column_type = "Text")]
    pub to_state: String,
    /// Who did it.
    #[sea_orm(column_type = "Text")]
    pub actor: String,
    /// Why; may be empty.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Unix milliseconds.
    pub at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
