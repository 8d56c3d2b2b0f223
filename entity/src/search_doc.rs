//! One document of the index that the catalog is searched by.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

/// One document of the index that the catalog is searched by. It follows from the catalog and can be
/// made anew at any time.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_doc")]
pub struct Model {
    /// Rising in the order of indexing; those of titles are all below those of statements.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// `OCCUPATION`, `TITLE` or `STATEMENT`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// The occupation or statement that it finds.
    pub ref_id: Uuid,
    /// The occupation that it is about, if any.
    pub occupation_id: Option<Uuid>,
    /// The framework version that a statement belongs to.
    pub version_id: Option<Uuid>,
    /// The family of a statement's framework.
    #[sea_orm(column_type = "Text", nullable)]
    pub family: Option<String>,
    /// The ordinal of a statement's level.
    pub level: Option<i32>,
    /// The first two digits of the SOC code.
    #[sea_orm(column_type = "Text", nullable)]
    pub soc_group: Option<String>,
    /// Whether it is of the newest version of its framework; titles always are.
    pub latest: bool,
    /// A title, verbatim; a statement's text is with the statement.
    #[sea_orm(column_type = "Text", nullable)]
    pub title: Option<String>,
    /// How many of the words, from the start, are a title's.
    pub title_words: i32,
    /// Stems in the order of the text, with a space between each two.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    /// Label and key of each source that a statement cites, with U+001F before and behind each;
    /// empty where there are none, and of titles.
    #[sea_orm(column_type = "Text")]
    pub sources: String,
}

impl ActiveModelBehavior for ActiveModel {}
