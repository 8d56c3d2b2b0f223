//! An address that is told of events.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// An address that is told of events.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// Where to.
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// The shared secret, encrypted under the provider's data key.
    #[sea_orm(column_type = "Blob")]
    pub sealed_secret: Vec<u8>,
    /// Space-separated kinds of events; empty for all.
    #[sea_orm(column_type = "Text")]
    pub kinds: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// When it was switched off, Unix milliseconds.
    pub disabled_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
