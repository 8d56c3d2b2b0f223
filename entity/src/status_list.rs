//! A Bitstring Status List. Its bits are those of its credentials.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A Bitstring Status List. Its bits are those of its credentials.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "status_list")]
pub struct Model {
    /// UUIDv7; names the list in URLs.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// `revocation` or `suspension`.
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    /// Number of bits.
    pub length: i32,
    /// How many indexes are taken.
    pub allocated: i32,
    /// Whether new credentials may take an index in it.
    pub open: bool,
    /// Counts the changes of its bits.
    pub revision: i64,
    /// Unix milliseconds.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
