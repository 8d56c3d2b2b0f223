//! A version of a framework that can still change.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A version of a framework that can still change.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "framework_draft")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant; empty for what curators draft of a shared framework.
    pub provider_id: Option<Uuid>,
    /// The framework, which is stored once a version of it is published.
    pub framework_id: Uuid,
    /// What tells the framework from the others of its owner.
    #[sea_orm(column_type = "Text")]
    pub framework_key: String,
    /// The framework's family.
    #[sea_orm(column_type = "Text")]
    pub family: String,
    /// The occupation it is about, if it is about one.
    pub occupation_id: Option<Uuid>,
    /// The version that it was begun from.
    pub base_version_id: Option<Uuid>,
    /// All that can be edited, JSON.
    #[sea_orm(column_type = "Text")]
    pub content: String,
    /// How many times it was changed, and one.
    pub revision: i32,
    /// `OPEN`, `PUBLISHED` or `DISCARDED`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// The version that was made of it.
    pub version_id: Option<Uuid>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
