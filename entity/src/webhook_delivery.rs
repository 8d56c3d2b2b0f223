//! One event on its way to one webhook.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// One event on its way to one webhook.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// The webhook.
    pub webhook_id: Uuid,
    /// The event.
    pub event_id: Uuid,
    /// `PENDING`, `DELIVERED` or `DEAD`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// How often it was tried.
    pub attempts: i32,
    /// When to try next, Unix milliseconds.
    pub due_at: i64,
    /// HTTP status of the last answer.
    pub last_status: Option<i32>,
    /// Why the last try failed.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    /// Unix milliseconds.
    pub delivered_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
