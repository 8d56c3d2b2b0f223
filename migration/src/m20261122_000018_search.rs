//! The index that the catalog is searched by.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::alter::run;

/// Creates the documents of the index, and each database's own way to find them by their words.
///
/// The words are stems that the program made, with a space between each two, so neither database
/// takes a text apart by rules of its own. SQLite's index follows the table by triggers,
/// PostgreSQL's by itself: nothing else writes them. Documents of what an existing catalog holds
/// are made by the program when it opens the database; a later step that changes what words are
/// needs but to empty the table.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLE: &str = "CREATE TABLE search_doc (
    id {key} NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    ref_id {uuid} NOT NULL,
    occupation_id {uuid} REFERENCES occupation (id),
    version_id {uuid} REFERENCES framework_version (id),
    family text,
    level integer,
    soc_group text,
    latest boolean NOT NULL,
    title text,
    title_words integer NOT NULL,
    words text NOT NULL
)";

const INDEXES: [&str; 2] = [
    "CREATE INDEX ix_search_doc_version_id ON search_doc (version_id)",
    // Statements are found by their version.
    "CREATE INDEX ix_search_doc_ref_id ON search_doc (ref_id) WHERE version_id IS NULL",
];

const SQLITE: [&str; 3] = [
    // Every character beyond ASCII is a part of a word to it, so only spaces divide. It keeps no
    // text (that is search_doc's), no places of words and no lengths: the program ranks.
    "CREATE VIRTUAL TABLE search_fts USING fts5(
        words, content='search_doc', content_rowid='id', tokenize='ascii', detail=none, columnsize=0)",
    "CREATE TRIGGER search_doc_added AFTER INSERT ON search_doc BEGIN
        INSERT INTO search_fts (rowid, words) VALUES (new.id, new.words);
    END",
    "CREATE TRIGGER search_doc_removed AFTER DELETE ON search_doc BEGIN
        INSERT INTO search_fts (search_fts, rowid, words) VALUES ('delete', old.id, old.words);
    END",
];

// Without the list of pending entries, which every search would read through.
const POSTGRES: [&str; 1] = ["CREATE INDEX ix_search_doc_words ON search_doc
        USING gin (array_to_tsvector(string_to_array(words, ' '))) WITH (fastupdate = off)"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let postgres = manager.get_database_backend() == DbBackend::Postgres;
        // On SQLite `integer PRIMARY KEY` is the row's own number, which the index goes by.
        let (key, uuid) = if postgres {
            ("bigint", "uuid")
        } else {
            ("integer", "uuid_text")
        };
        let table = TABLE.replace("{key}", key).replace("{uuid}", uuid);
        run(manager, &[&table]).await?;
        run(manager, &INDEXES).await?;
        let own: &[&str] = if postgres { &POSTGRES } else { &SQLITE };
        run(manager, own).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            run(manager, &["DROP TABLE search_fts"]).await?;
        }
        // Its triggers and indexes go with it.
        run(manager, &["DROP TABLE search_doc"]).await
    }
}
