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
    /// The tenant.
    pub provider_id: Uuid,
    /// The assessment.
    pub assessment_id: Uuid,
    /// The statement that was observed.
    pub statement_id: Uuid,
    /// The member who observed.
    pub assessor_id: Uuid,
    /// From 1 to the highest of the plan's scale.
    pub rating: i32,
    /// The rating of each criterion by its key, JSON; where there are any, `rating` is the lowest.
    #[sea_orm(column_type = "Text", nullable)]
    pub criteria: Option<String>,
    /// By which of the plan's methods.
    #[sea_orm(column_type = "Text", nullable)]
    pub method: Option<String>,
    /// Where and how it was observed.
    #[sea_orm(column_type = "Text")]
    pub context: String,
    /// The observation that this one corrects.
    pub supersedes_id: Option<Uuid>,
    /// Unix milliseconds.
    pub observed_at: i64,
    /// Unix milliseconds.
    pub recorded_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
