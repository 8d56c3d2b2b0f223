//! One occupation of the catalog, as its newest import tells it.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// One occupation of the catalog, as its newest import tells it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "occupation")]
pub struct Model {
    /// UUIDv5 of the SOC code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// O*NET-SOC code, such as `49-3091.00`.
    #[sea_orm(column_type = "Text")]
    pub soc: String,
    /// Occupation title, verbatim.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Title in lower case: what title filters and title order compare.
    #[sea_orm(column_type = "Text")]
    pub title_folded: String,
    /// Name of the occupation group, verbatim.
    #[sea_orm(column_type = "Text")]
    pub major_group: String,
    /// Industry sector as the export names it.
    #[sea_orm(column_type = "Text", nullable)]
    pub sector: Option<String>,
    /// O*NET job zone, 1 to 5, where one is known.
    pub job_zone: Option<i32>,
    /// Whether the job zone was inferred rather than published.
    pub job_zone_inferred: bool,
    /// When an import last changed this row, Unix milliseconds.
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
