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
    /// What custody stores of the private half: by default the half itself, encrypted under the
    /// provider's data key.
    #[sea_orm(column_type = "Blob")]
    pub sealed_seed: Vec<u8>,
    /// `STANDBY`, `ACTIVE`, `RETIRED` or `COMPROMISED`; one of a provider's is `ACTIVE` at most.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// When it signed for the last time, Unix milliseconds.
    pub retired_at: Option<i64>,
    /// When it was marked compromised, Unix milliseconds.
    pub compromised_at: Option<i64>,
    /// Why it was marked compromised.
    #[sea_orm(column_type = "Text", nullable)]
    pub compromise_reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
