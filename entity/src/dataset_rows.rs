//! The rows of a dataset that are about one thing, together.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// The rows of a dataset that are about one thing, together.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dataset_rows")]
pub struct Model {
    /// The dataset.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dataset_id: Uuid,
    /// What they are about: an O*NET-SOC code, a SOC code, or nothing for a table of terms.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub subject: String,
    /// The rows verbatim and in their order: cells separated by tabs, rows by line feeds.
    #[sea_orm(column_type = "Text")]
    pub content: String,
}

impl ActiveModelBehavior for ActiveModel {}
