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
    /// The tenant.
    pub provider_id: Uuid,
    /// The observation.
    pub observation_id: Uuid,
    /// `URL`, `TEXT`, `FILE_DIGEST` or `FILE`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// The address, the text, or the digest as `sha256:` and lower-case hex.
    #[sea_orm(column_type = "Text")]
    pub value: String,
    /// What to call it.
    #[sea_orm(column_type = "Text", nullable)]
    pub name: Option<String>,
    /// The uploaded file.
    pub file_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
