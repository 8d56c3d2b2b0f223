//! Frameworks of no occupation, versions that take the place of others, and CASE identifiers.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::{
    alter::{add_columns, drop_columns, refers, run},
    index,
};

/// Makes room for frameworks of no occupation, for lineage, for deprecation and for what a CASE
/// package tells.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// SQLite cannot change a column: the table is made again, and what refers to it is held against
/// it when the transaction ends, which also ends the deferring.
const AGAIN: [&str; 8] = [
    "PRAGMA defer_foreign_keys = ON",
    "CREATE TABLE framework_copy AS SELECT * FROM framework",
    "DROP TABLE framework",
    "CREATE TABLE framework (
        id uuid_text NOT NULL PRIMARY KEY,
        occupation_id uuid_text {null} REFERENCES occupation (id),
        owner_id uuid_text NULL,
        family text NOT NULL,
        key text NOT NULL)",
    "INSERT INTO framework (id, occupation_id, owner_id, family, key)
        SELECT id, occupation_id, owner_id, family, key FROM framework_copy",
    "DROP TABLE framework_copy",
    "CREATE INDEX ix_framework_occupation_id_family ON framework (occupation_id, family)",
    "CREATE INDEX ix_framework_owner_id ON framework (owner_id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        occupation_may_be_null(manager, true).await?;
        let version = vec![
            text_null("replaces"),
            big_integer_null("deprecated_at"),
            text_null("deprecation_note"),
            uuid_null("case_id"),
            text_null("case_facts"),
        ];
        add_columns(manager, "framework_version", version).await?;
        let statement = vec![
            uuid_null("replaces_id"),
            uuid_null("case_id"),
            text_null("outline"),
        ];
        add_columns(manager, "statement", statement).await?;
        for (table, column) in FOUND_BY {
            index(manager, table, &[column], false).await?;
        }
        let mut nodes = Table::create();
        nodes
            .table("case_node")
            .col(uuid("id"))
            .col(uuid("version_id"))
            .col(text("kind"))
            .primary_key(Index::create().col("id").col("version_id"))
            .foreign_key(&mut refers("case_node", "version_id", "framework_version"));
        manager.create_table(nodes).await?;
        index(manager, "case_node", &["version_id"], false).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A framework of no occupation has no place in the older table: then this fails.
        occupation_may_be_null(manager, false).await?;
        manager
            .drop_table(Table::drop().table("case_node").to_owned())
            .await?;
        for (table, column) in FOUND_BY {
            run(manager, &[&format!("DROP INDEX ix_{table}_{column}")]).await?;
        }
        drop_columns(manager, "statement", &["replaces_id", "case_id", "outline"]).await?;
        let version = [
            "replaces",
            "deprecated_at",
            "deprecation_note",
            "case_id",
            "case_facts",
        ];
        drop_columns(manager, "framework_version", &version).await
    }
}

/// Columns that rows are looked up by.
const FOUND_BY: [(&str, &str); 3] = [
    ("framework_version", "case_id"),
    ("statement", "replaces_id"),
    ("statement", "case_id"),
];

async fn occupation_may_be_null(manager: &SchemaManager<'_>, may: bool) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        let change = if may { "DROP" } else { "SET" };
        let alter = format!("ALTER TABLE framework ALTER COLUMN occupation_id {change} NOT NULL");
        let by_owner = match may {
            true => "CREATE INDEX ix_framework_owner_id ON framework (owner_id)",
            false => "DROP INDEX ix_framework_owner_id",
        };
        return run(manager, &[&alter, by_owner]).await;
    }
    let null = if may { "NULL" } else { "NOT NULL" };
    for step in AGAIN {
        if may || !step.contains("ix_framework_owner_id") {
            run(manager, &[&step.replace("{null}", null)]).await?;
        }
    }
    Ok(())
}
