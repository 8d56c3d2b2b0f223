//! One version of an assessment plan. It never changes.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// One version of an assessment plan. It never changes.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_version")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// The plan.
    pub plan_id: Uuid,
    /// From 1.
    pub number: i32,
    /// What it asks for, JSON in RFC 8785 form.
    #[sea_orm(column_type = "Text")]
    pub content: String,
    /// SHA-256 of `content`.
    #[sea_orm(column_type = "Blob")]
    pub digest: Vec<u8>,
    /// Unix milliseconds.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
