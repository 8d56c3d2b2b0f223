//! One family of statements for one occupation, shared or owned by a provider.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// One family of statements for one occupation, shared or owned by a provider.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "framework")]
pub struct Model {
    /// UUIDv5 of owner, SOC code and family.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The occupation it describes.
    pub occupation_id: Uuid,
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
