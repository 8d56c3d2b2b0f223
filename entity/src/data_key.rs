//! A provider's data key, wrapped under the master key.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A provider's data key, wrapped under the master key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "data_key")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub provider_id: Uuid,
    /// The data key, encrypted.
    #[sea_orm(column_type = "Blob")]
    pub wrapped: Vec<u8>,
    /// Fingerprint of the master key that wraps it.
    #[sea_orm(column_type = "Text")]
    pub master_key_id: String,
}

impl ActiveModelBehavior for ActiveModel {}
