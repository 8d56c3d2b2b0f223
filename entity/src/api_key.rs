//! A bearer token, stored as its digest only.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A bearer token, stored as its digest only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant; empty for a platform key.
    pub provider_id: Option<Uuid>,
    /// The member it acts as; empty for a platform key.
    pub member_id: Option<Uuid>,
    /// The learner it acts as; empty for others' keys.
    pub learner_id: Option<Uuid>,
    /// `PLATFORM_ADMIN` or `CURATOR` for a platform key; empty for others.
    #[sea_orm(column_type = "Text", nullable)]
    pub platform_role: Option<String>,
    /// What the key is for.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// SHA-256 of the whole token.
    #[sea_orm(column_type = "Blob")]
    pub digest: Vec<u8>,
    /// Space-separated scopes.
    #[sea_orm(column_type = "Text")]
    pub scopes: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// When it stops working, Unix milliseconds.
    pub expires_at: i64,
    /// When it was revoked, Unix milliseconds.
    pub revoked_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
