//! One assessable sentence at a level.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// One assessable sentence at a level.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "statement")]
pub struct Model {
    /// UUIDv5 of owner, framework, version, domain, level and position.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The version it belongs to.
    pub framework_version_id: Uuid,
    /// The level it stands at.
    pub level_id: Uuid,
    /// Position within the level, from 1.
    pub position: i32,
    /// Human-readable code, derived from its place.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    /// The sentence, verbatim.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// What stands before the em dash, where there is one.
    #[sea_orm(column_type = "Text", nullable)]
    pub title: Option<String>,
    /// What stands after the em dash, where there is one.
    #[sea_orm(column_type = "Text", nullable)]
    pub description: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
