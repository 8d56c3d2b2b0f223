//! How often the catalog changed: one row.

use sea_orm::entity::prelude::*;

/// How often the catalog changed: one row, written by triggers alone.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalog_state")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Raised by each statement, or row, that changes an occupation, a framework or a version, or
    /// removes a document of the index.
    pub changes: i64,
}

impl ActiveModelBehavior for ActiveModel {}
