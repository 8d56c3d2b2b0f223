//! A statement that a version of a plan assesses.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A statement that a version of a plan assesses.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_statement")]
pub struct Model {
    /// The version.
    #[sea_orm(primary_key, auto_increment = false)]
    pub plan_version_id: Uuid,
    /// The statement.
    #[sea_orm(primary_key, auto_increment = false)]
    pub statement_id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// Position within the plan, from 1.
    pub position: i32,
}

impl ActiveModelBehavior for ActiveModel {}
