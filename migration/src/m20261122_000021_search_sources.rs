//! What a statement cites, in the index.

use sea_orm_migration::prelude::*;

use crate::alter::{Kind, add_required, drop_columns, run};

/// Tells of each document of the index what sources it cites. Documents of versions that cite any
/// are taken out: the program makes them anew when it opens the database.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const STALE: &str = "DELETE FROM search_doc WHERE version_id IN
    (SELECT id FROM framework_version WHERE cited <> '[]')";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_required(manager, "search_doc", "sources", Kind::Text, "''").await?;
        run(manager, &[STALE]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_columns(manager, "search_doc", &["sources"]).await
    }
}
