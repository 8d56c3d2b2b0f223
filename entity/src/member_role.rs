//! A role that a member holds.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A role that a member holds.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_role")]
pub struct Model {
    /// The member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: Uuid,
    /// `PROVIDER_ADMIN`, `ASSESSOR` or `REGISTRAR`.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub role: String,
}

impl ActiveModelBehavior for ActiveModel {}
