//! One learner under one plan.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// One learner under one plan.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assessment")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// The plan.
    pub plan_id: Uuid,
    /// The learner.
    pub learner_id: Uuid,
    /// `OPEN` or `DECIDED`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// When it was decided with every statement met, Unix milliseconds.
    pub decided_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
