//! What a source tells of an occupation, under a label. Once published it never changes.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// What a source tells of an occupation, under a label. Once published it never changes.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "occupation_profile")]
pub struct Model {
    /// UUIDv5 of the SOC code and the label.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The occupation.
    pub occupation_id: Uuid,
    /// The profile's label, such as `v.26.05`.
    #[sea_orm(column_type = "Text")]
    pub label: String,
    /// The frozen document: RFC 8785 bytes.
    #[sea_orm(column_type = "Blob")]
    pub content: Vec<u8>,
    /// SHA-384 of `content` in Subresource Integrity form.
    #[sea_orm(column_type = "Text")]
    pub content_sri: String,
    /// When it was published, Unix milliseconds.
    pub published_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
