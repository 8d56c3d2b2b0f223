//! A record of what was signed, written before it was signed.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// A record of what was signed, written before it was signed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credential")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The tenant and issuer.
    pub provider_id: Uuid,
    /// The learner it is about, where it is about one.
    pub learner_id: Option<Uuid>,
    /// The demonstration that it attests, where it rests on one.
    pub demonstration_id: Option<Uuid>,
    /// The `id` within the document: `urn:uuid:` and this row's, or what the client named.
    #[sea_orm(column_type = "Text")]
    pub document_id: String,
    /// How it is secured: `EDDSA_RDFC_2022`, `EDDSA_JCS_2022`, `JWT_OPEN_BADGES` or `VC_JWT`.
    #[sea_orm(column_type = "Text")]
    pub mechanism: String,
    /// The key that signs it.
    pub signing_key_id: Uuid,
    /// The client's name for this issuance, unique for the provider.
    #[sea_orm(column_type = "Text")]
    pub idempotency_key: String,
    /// SHA-256 of what was asked for under that name.
    #[sea_orm(column_type = "Blob")]
    pub request_digest: Vec<u8>,
    /// `INTENDED`, `ISSUED`, `SUSPENDED`, `REVOKED` or, with its learner erased, `WITHDRAWN`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// The status list that tells whether it still holds.
    pub status_list_id: Uuid,
    /// Its bit in that list.
    pub status_index: i32,
    /// Whether that bit is set.
    pub status_set: bool,
    /// The exact characters that are signed; no characters once it is withdrawn.
    #[sea_orm(column_type = "Text")]
    pub signing_input: String,
    /// The signed record, a compact JWT or JSON; empty until it is signed, and once it is
    /// withdrawn.
    #[sea_orm(column_type = "Text", nullable)]
    pub secured: Option<String>,
    /// SHA-256 of the signed record, once it is withdrawn and the record itself is gone.
    #[sea_orm(column_type = "Blob", nullable)]
    pub secured_digest: Option<Vec<u8>>,
    /// Unix milliseconds, a whole second.
    pub valid_from: i64,
    /// Unix milliseconds, a whole second.
    pub valid_until: Option<i64>,
    /// When the intent was recorded, Unix milliseconds.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
