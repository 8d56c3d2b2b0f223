//! One version of a framework. Once published it never changes.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// One version of a framework. Once published it never changes.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "framework_version")]
pub struct Model {
    /// UUIDv5 of the framework and the label.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The framework it is a version of.
    pub framework_id: Uuid,
    /// Version label, such as `v.26.05`.
    #[sea_orm(column_type = "Text")]
    pub label: String,
    /// `DRAFT`, `PUBLISHED` or `DEPRECATED`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Description, verbatim; often empty.
    #[sea_orm(column_type = "Text")]
    pub description: String,
    /// Which practice contexts it covers, verbatim.
    #[sea_orm(column_type = "Text")]
    pub context_covered: String,
    /// The occupation object as this version was published with it, JSON.
    #[sea_orm(column_type = "Text")]
    pub occupation: String,
    /// Free-form sources object, JSON.
    #[sea_orm(column_type = "Text")]
    pub sources: String,
    /// Attribution line, verbatim.
    #[sea_orm(column_type = "Text")]
    pub attribution: String,
    /// Members of the import that the model does not know, JSON.
    #[sea_orm(column_type = "Text")]
    pub extras: String,
    /// The export's own time stamp, verbatim.
    #[sea_orm(column_type = "Text", nullable)]
    pub exported_at: Option<String>,
    /// SHA-256 in hexadecimal over the RFC 8785 form of the import without its time stamp.
    #[sea_orm(column_type = "Text")]
    pub import_digest: String,
    /// The frozen document: RFC 8785 bytes, free of host names.
    #[sea_orm(column_type = "Blob")]
    pub content: Vec<u8>,
    /// SHA-384 of `content` in Subresource Integrity form.
    #[sea_orm(column_type = "Text")]
    pub content_sri: String,
    /// When it was published, Unix milliseconds.
    pub published_at: Option<i64>,
    /// The framework's name, where it has one of its own.
    #[sea_orm(column_type = "Text", nullable)]
    pub title: Option<String>,
    /// Who made it.
    #[sea_orm(column_type = "Text", nullable)]
    pub creator: Option<String>,
    /// The profile of the occupation that it was published with.
    pub profile_id: Option<Uuid>,
    /// Domains by number, a JSON list.
    #[sea_orm(column_type = "Text")]
    pub domains: String,
    /// What its statements cite, a JSON list.
    #[sea_orm(column_type = "Text")]
    pub cited: String,
    /// The label of the version that it took the place of.
    #[sea_orm(column_type = "Text", nullable)]
    pub replaces: Option<String>,
    /// When it was deprecated, Unix milliseconds.
    pub deprecated_at: Option<i64>,
    /// Why it was deprecated.
    #[sea_orm(column_type = "Text", nullable)]
    pub deprecation_note: Option<String>,
    /// The identifier of the CASE document that it was imported from.
    pub case_id: Option<Uuid>,
    /// What that document's package says besides, JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub case_facts: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
