//! Where to find an identifier that only a framework version's content tells.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// Where to find an identifier that only a framework version's content tells.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_node")]
pub struct Model {
    /// The identifier: that of a domain, or of a node of an imported CASE package.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The version whose content tells it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version_id: Uuid,
    /// `DOMAIN`, `ITEM`, `ASSOCIATION`, `DEFINITION` or `RUBRIC`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
}

impl ActiveModelBehavior for ActiveModel {}
