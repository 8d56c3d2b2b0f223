//! A level of a framework version; (family, ordinal) is its identity, never the label.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A level of a framework version; (family, ordinal) is its identity, never the label.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "level")]
pub struct Model {
    /// UUIDv5 of the version and the ordinal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The version it belongs to.
    pub framework_version_id: Uuid,
    /// Position among the levels, from 1, lowest first.
    pub ordinal: i32,
    /// The member name that the export uses for it.
    #[sea_orm(column_type = "Text")]
    pub key: String,
    /// What people call it, verbatim.
    #[sea_orm(column_type = "Text")]
    pub label: String,
    /// A second name, such as the role that it fits.
    #[sea_orm(column_type = "Text", nullable)]
    pub subtitle: Option<String>,
    /// What it is, in more words.
    #[sea_orm(column_type = "Text", nullable)]
    pub description: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
