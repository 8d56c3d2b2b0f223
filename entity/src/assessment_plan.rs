//! What is assessed, and how; its content is in its versions.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// What is assessed, and how; its content is in its versions.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assessment_plan")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// Display name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Number of the newest version, from 1.
    pub newest_version: i32,
    /// When it was put away, Unix milliseconds.
    pub archived_at: Option<i64>,
    /// Unix milliseconds.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
