//! An uploaded file. Its bytes lie outside the database, under its digest.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// An uploaded file. Its bytes lie outside the database, under its digest.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence_file")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// SHA-256 of its bytes.
    #[sea_orm(column_type = "Blob")]
    pub digest: Vec<u8>,
    /// What it is, such as `application/pdf`.
    #[sea_orm(column_type = "Text")]
    pub media_type: String,
    /// In bytes.
    pub size: i64,
    /// What its uploader called it.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Who uploaded it.
    #[sea_orm(column_type = "Text")]
    pub uploaded_by: String,
    /// Unix milliseconds.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
