//! Something that happened, for subscribers and webhooks.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// Something that happened, for subscribers and webhooks.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// Such as `assessment.decided`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Global ids of what it happened to, JSON.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// Unix milliseconds.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
