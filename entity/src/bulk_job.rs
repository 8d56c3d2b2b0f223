//! A file of many rows to import.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A file of many rows to import.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bulk_job")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// `LEARNERS` or `RESULTS`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// The plan that results are recorded under.
    pub plan_id: Option<Uuid>,
    /// Whether bad lines are left out, rather than the whole file refused.
    pub skip_bad_lines: bool,
    /// Whether nothing is to be written.
    pub dry_run: bool,
    /// `WAITING`, `RUNNING`, `DONE`, `REFUSED` or `FAILED`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Rows read.
    pub total_rows: i64,
    /// Rows that were, or would be, imported.
    pub accepted_rows: i64,
    /// Rows with a problem.
    pub refused_rows: i64,
    /// Who asked for it.
    #[sea_orm(column_type = "Text")]
    pub created_by: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub finished_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
