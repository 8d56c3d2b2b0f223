//! Which statements are assessed, by which method, under which decision rule.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// Which statements are assessed, by which method, under which decision rule.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assessment_plan")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// Display name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Assessment method.
    #[sea_orm(column_type = "Text")]
    pub method: String,
    /// How many observations a statement needs.
    pub min_observations: i32,
    /// By how many different assessors.
    pub min_assessors: i32,
    /// The lowest rating that counts, 1 to 4.
    pub lowest_rating: i32,
    /// Whether only observations with evidence count.
    pub evidence_required: bool,
    /// Whether records issued under it can be suspended.
    pub suspendable: bool,
    /// How long a record stays valid, in days; empty for no end.
    pub validity_days: Option<i32>,
    /// Unix milliseconds.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
