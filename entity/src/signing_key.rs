//! A provider's Ed25519 key.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A provider's Ed25519 key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_key")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// The 32 bytes of the public key.
    #[sea_orm(column_type = "Blob")]
    pub public_key: Vec<u8>,
    /// The private half, encrypted under the provider's data key.
    #[sea_orm(column_type = "Blob")]
    pub sealed_seed: Vec<u8>,
    /// `ACTIVE`, `RETIRED` or `COMPROMISED`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Unix milliseconds.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
