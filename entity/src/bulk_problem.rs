//! What is wrong with a line of an imported file.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// What is wrong with a line of an imported file.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bulk_problem")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// The import.
    pub job_id: Uuid,
    /// Line of the file, from 1.
    pub line: i64,
    /// The column; empty where it is the line as a whole.
    #[sea_orm(column_type = "Text")]
    pub column_name: String,
    /// Machine-readable code.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    /// What is wrong and the remedy; never what the cell holds.
    #[sea_orm(column_type = "Text")]
    pub message: String,
}

impl ActiveModelBehavior for ActiveModel {}
