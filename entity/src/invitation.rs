//! A learner's invitation to sign in. Its token is stored as a digest only.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A learner's invitation to sign in. Its token is stored as a digest only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// The learner.
    pub learner_id: Uuid,
    /// SHA-256 of the token.
    #[sea_orm(column_type = "Blob")]
    pub digest: Vec<u8>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// When it stops working, Unix milliseconds.
    pub expires_at: i64,
    /// When it was accepted, Unix milliseconds.
    pub accepted_at: Option<i64>,
    /// When it was revoked, Unix milliseconds.
    pub revoked_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
