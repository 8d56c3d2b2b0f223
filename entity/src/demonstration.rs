//! The accepted outcome for one learner and statement.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// The accepted outcome for one learner and statement.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "demonstration")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// The learner.
    pub learner_id: Uuid,
    /// The statement.
    pub statement_id: Uuid,
    /// The assessment it came from.
    pub assessment_id: Uuid,
    /// The decision that accepted it.
    pub decision_id: Uuid,
    /// The version of the plan that it was assessed under.
    pub plan_version_id: Uuid,
    /// When it was accepted, Unix milliseconds.
    pub demonstrated_at: i64,
    /// Until when it holds, Unix milliseconds.
    pub valid_until: Option<i64>,
    /// When a later decision took it back, Unix milliseconds.
    pub withdrawn_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
