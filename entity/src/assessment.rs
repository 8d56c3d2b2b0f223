//! One learner under one version of a plan.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// One learner under one version of a plan.
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
    /// The version that it started under, and keeps.
    pub plan_version_id: Uuid,
    /// The learner.
    pub learner_id: Uuid,
    /// `PLANNED`, `OPEN`, `SUBMITTED`, `DECIDED`, `WITHDRAWN`, `APPEALED` or `RE_DECIDED`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// When it is to take place, Unix milliseconds.
    pub planned_for: Option<i64>,
    /// When the learner agreed to its decision, Unix milliseconds.
    pub agreed_at: Option<i64>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// When it was last decided, Unix milliseconds.
    pub decided_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
