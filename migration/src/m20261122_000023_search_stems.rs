//! The stems of the index, in the form that each database reads fastest.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::alter::run;

/// Lets SQLite keep which documents hold words that start with the same three or four letters. The
/// last word of a search may still be being typed, and without this each word of the catalog that
/// starts with what is there, of which short ones have many, is read by itself.
///
/// Lets PostgreSQL keep the stems of each document as it compares them. Where a word is so frequent
/// that the first documents with it are found faster by looking at one after another, making them
/// of the text again each time cost most; and of a column it knows how frequent its words are.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// SQLite's index with these options, made of the documents that are there. The triggers that feed
/// it stay as they are.
fn anew(options: &str) -> [String; 4] {
    [
        "DROP TABLE search_fts".to_owned(),
        format!(
            "CREATE VIRTUAL TABLE search_fts USING fts5(words, content='search_doc',
            content_rowid='id', tokenize='ascii', detail=none, columnsize=0{options})"
        ),
        "INSERT INTO search_fts (search_fts) VALUES ('rebuild')".to_owned(),
        "INSERT INTO search_fts (search_fts) VALUES ('optimize')".to_owned(),
    ]
}

/// What was counted of the older column or index went with it, and nothing else would count again
/// until much of the table has changed.
const COUNT: &str = "ANALYZE search_doc";

const UP: [&str; 5] = [
    "DROP INDEX ix_search_doc_words",
    "ALTER TABLE search_doc ADD COLUMN stems tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED",
    // Of the hundred most frequent words: all that are frequent enough to matter. Of more, reading
    // what is known would take as long as many a search.
    "ALTER TABLE search_doc ALTER COLUMN stems SET STATISTICS 10",
    "CREATE INDEX ix_search_doc_stems ON search_doc USING gin (stems) WITH (fastupdate = off)",
    COUNT,
];

const DOWN: [&str; 3] = [
    // Its index goes with it.
    "ALTER TABLE search_doc DROP COLUMN stems",
    "CREATE INDEX ix_search_doc_words ON search_doc
        USING gin (array_to_tsvector(string_to_array(words, ' '))) WITH (fastupdate = off)",
    COUNT,
];

async fn make(manager: &SchemaManager<'_>, options: &str, own: &[&str]) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        return run(manager, own).await;
    }
    let steps = anew(options);
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    run(manager, &steps).await
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        make(manager, ", prefix='3 4'", &UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        make(manager, "", &DOWN).await
    }
}
