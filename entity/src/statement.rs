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
    /// Number of its domain; 0 for none.
    pub domain: i32,
    /// Position within level and domain, from 1.
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
    /// Whether nobody is sure where the title ends: then neither is stored.
    pub unsure: bool,
    /// How many characters probably stand before the description, where somebody guessed.
    pub split_at: Option<i32>,
    /// What it rests on, in order: a JSON list.
    #[sea_orm(column_type = "Text")]
    pub citations: String,
    /// What in the profile it is grounded in: a JSON list.
    #[sea_orm(column_type = "Text")]
    pub anchors: String,
    /// The statement of an older version that it took the place of.
    pub replaces_id: Option<Uuid>,
    /// The identifier of the CASE item that it was imported from.
    pub case_id: Option<Uuid>,
    /// Its place in the tree of that package, JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub outline: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
