//! The member whom another issuer's tokens name.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// The member whom another issuer's tokens name.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_identity")]
pub struct Model {
    /// The OpenID Connect issuer.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub issuer: String,
    /// Its name for them.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub subject: String,
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub provider_id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// Unix milliseconds.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
