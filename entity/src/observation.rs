//! One assessor's rating of one statement. Append-only.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// One assessor's rating of one statement. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "observation")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The assessment.
    pub assessment_id: Uuid,
    /// The statement that was observed.
    pub statement_id: Uuid,
    /// The member who observed.
    pub assessor_id: Uuid,
    /// 1 to 4.
    pub rating: i32,
    /// Where and how it was observed.
    #[sea_orm(column_type = "Text")]
    pub context: String,
    /// Unix milliseconds.
    pub observed_at: i64,
    /// Unix milliseconds.
    pub recorded_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
