//! What an observation rests on.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// What an observation rests on.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The observation.
    pub observation_id: Uuid,
    /// `URL`, `TEXT` or `FILE_DIGEST`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// The address, the text, or the digest as `sha256:` and lower-case hex.
    #[sea_orm(column_type = "Text")]
    pub value: String,
    /// What to call it.
    #[sea_orm(column_type = "Text", nullable)]
    pub name: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
