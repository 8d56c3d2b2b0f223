//! A table that others published about occupations, as imported: one file of a release.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A table that others published about occupations, as imported: one file of a release.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dataset")]
pub struct Model {
    /// UUIDv5 of the part and the release.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it tells, such as `SKILLS`.
    #[sea_orm(column_type = "Text")]
    pub part: String,
    /// Label of the release, such as `30.1`.
    #[sea_orm(column_type = "Text")]
    pub release: String,
    /// Names of the columns that are stored, separated by tabs.
    #[sea_orm(column_type = "Text")]
    pub columns: String,
    /// How many rows the file has.
    pub row_count: i64,
    /// SHA-256 of the file, in lower-case hexadecimal.
    #[sea_orm(column_type = "Text")]
    pub digest: String,
    /// Unix milliseconds.
    pub imported_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
