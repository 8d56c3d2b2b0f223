//! A framework: one family of statements for an occupation, or one of its own.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A framework: one family of statements for an occupation, or one of its own.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "framework")]
pub struct Model {
    /// UUIDv5 of owner and key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The occupation it describes, if it is about one.
    pub occupation_id: Option<Uuid>,
    /// The provider that owns it; empty for shared frameworks.
    pub owner_id: Option<Uuid>,
    /// `MASTERY`, `AI_LITERACY`, `DURABLE_SKILLS` or `CUSTOM`.
    #[sea_orm(column_type = "Text")]
    pub family: String,
    /// What tells it from the others of its owner, such as `29-1122.00/MASTERY`.
    #[sea_orm(column_type = "Text")]
    pub key: String,
}

impl ActiveModelBehavior for ActiveModel {}
