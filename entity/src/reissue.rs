//! A credential signed anew because the key that signed it was compromised.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A credential signed anew because the key that signed it was compromised: written before it is
/// signed, and once for each credential and compromised key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reissue")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// The credential.
    pub credential_id: Uuid,
    /// The compromised key.
    pub compromised_key_id: Uuid,
    /// SHA-256 of what that key signed.
    #[sea_orm(column_type = "Blob")]
    pub compromised_digest: Vec<u8>,
    /// The key that signs it anew.
    pub signing_key_id: Uuid,
    /// The exact characters to sign; empty once it is signed, when the credential has them.
    #[sea_orm(column_type = "Text", nullable)]
    pub signing_input: Option<String>,
    /// When the intent was recorded, Unix milliseconds.
    pub created_at: i64,
    /// When it was signed, Unix milliseconds.
    pub signed_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
