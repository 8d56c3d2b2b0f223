//! One application of a plan's rule, with its explanation. Append-only.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// One application of a plan's rule, with its explanation. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// The assessment.
    pub assessment_id: Uuid,
    /// The version whose rule was applied.
    pub plan_version_id: Uuid,
    /// Who asked for the decision.
    #[sea_orm(column_type = "Text")]
    pub decided_by: String,
    /// The member who decided; empty for decisions from before it was kept.
    pub member_id: Option<Uuid>,
    /// The moment that the rule was applied as of, Unix milliseconds.
    pub as_of: i64,
    /// Unix milliseconds.
    pub decided_at: i64,
    /// Each statement with what counted and what is missing, JSON.
    #[sea_orm(column_type = "Text")]
    pub explanation: String,
}

impl ActiveModelBehavior for ActiveModel {}
