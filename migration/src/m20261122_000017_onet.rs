//! What others publish about occupations.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{alter::refers, index, sorted_text};

/// Creates the tables that hold what others publish about occupations. The rows about one
/// occupation are read together and never change, so they are one row here.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut dataset = Table::create();
        dataset
            .table("dataset")
            .col(uuid("id"))
            .col(sorted_text(manager, "part"))
            .col(sorted_text(manager, "release"))
            .col(text("columns"))
            .col(big_integer("row_count"))
            .col(text("digest"))
            .col(big_integer("imported_at"))
            .primary_key(Index::create().col("id"));
        manager.create_table(dataset).await?;
        index(manager, "dataset", &["part", "release"], true).await?;
        let mut rows = Table::create();
        rows.table("dataset_rows")
            .col(uuid("dataset_id"))
            .col(sorted_text(manager, "subject"))
            .col(text("content"))
            .foreign_key(&mut refers("dataset_rows", "dataset_id", "dataset"))
            .primary_key(Index::create().col("dataset_id").col("subject"));
        manager.create_table(rows).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["dataset_rows", "dataset"] {
            let drop = Table::drop().table(table).to_owned();
            manager.drop_table(drop).await?;
        }
        Ok(())
    }
}
