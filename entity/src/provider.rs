//! A training provider: the tenant, and the issuer of credentials.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A training provider: the tenant, and the issuer of credentials.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Name in URLs: lower case letters, digits and hyphens.
    #[sea_orm(column_type = "Text")]
    pub slug: String,
    /// Display name, as credentials show it.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The provider's own web page.
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// Unix milliseconds.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
