//! The newest record of each audit chain.

use sea_orm::entity::prelude::*;

/// The newest record of each audit chain.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_head")]
pub struct Model {
    /// `platform`, or the provider's id.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub chain: String,
    /// Number of the newest record, from 1; 0 for none.
    pub sequence: i64,
    /// SHA-256 of the newest record.
    #[sea_orm(column_type = "Blob")]
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
