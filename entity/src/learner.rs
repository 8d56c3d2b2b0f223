//! A person whose competencies a provider records.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A person whose competencies a provider records.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "learner")]
pub struct Model {
    /// UUIDv7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant.
    pub provider_id: Uuid,
    /// The provider's own identifier of the learner.
    #[sea_orm(column_type = "Text")]
    pub external_id: String,
    /// Display name.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// E-mail address, in lower case.
    #[sea_orm(column_type = "Text", nullable)]
    pub email: Option<String>,
    /// Decentralized identifier.
    #[sea_orm(column_type = "Text", nullable)]
    pub did: Option<String>,
    /// The member who is this same person.
    pub member_id: Option<Uuid>,
    /// Random `urn:uuid` that names the learner in credentials when there is no DID.
    #[sea_orm(column_type = "Text")]
    pub subject_urn: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// When what names the person was erased, Unix milliseconds.
    pub erased_at: Option<i64>,
    /// When they asked to be erased, Unix milliseconds.
    pub erasure_requested_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
