//! The schema's history: hand-written steps, each in one transaction.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

mod alter;
mod m20261121_000001_catalog;
mod m20261121_000002_identity;
mod m20261121_000003_assessment;
mod m20261121_000004_credential;
mod m20261122_000005_keys;
mod m20261122_000006_formats;
mod m20261122_000007_assessment;
mod m20261122_000008_people;
mod m20261122_000009_walls;
mod m20261122_000013_erasure;
mod m20261122_000014_files_and_log;
mod m20261122_000015_retention;
mod m20261122_000016_catalog_wide;
mod m20261122_000017_onet;
mod m20261122_000018_search;
mod m20261122_000019_versions;
mod m20261122_000020_drafts;
mod m20261122_000021_search_sources;
mod m20261122_000022_catalog_state;
mod m20261122_000023_search_stems;

/// Brings a database from any earlier state to the newest schema.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_catalog::Migration),
            Box::new(m20261121_000002_identity::Migration),
            Box::new(m20261121_000003_assessment::Migration),
            Box::new(m20261121_000004_credential::Migration),
            Box::new(m20261122_000005_keys::Migration),
            Box::new(m20261122_000006_formats::Migration),
            Box::new(m20261122_000007_assessment::Migration),
            Box::new(m20261122_000008_people::Migration),
            Box::new(m20261122_000009_walls::Migration),
            Box::new(m20261122_000013_erasure::Migration),
            Box::new(m20261122_000014_files_and_log::Migration),
            Box::new(m20261122_000015_retention::Migration),
            Box::new(m20261122_000016_catalog_wide::Migration),
            Box::new(m20261122_000017_onet::Migration),
            Box::new(m20261122_000018_search::Migration),
            Box::new(m20261122_000019_versions::Migration),
            Box::new(m20261122_000020_drafts::Migration),
            Box::new(m20261122_000021_search_sources::Migration),
            Box::new(m20261122_000022_catalog_state::Migration),
            Box::new(m20261122_000023_search_stems::Migration),
        ]
    }
}

/// Creates an index over `columns` of `table`, named after both.
async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    unique: bool,
) -> Result<(), DbErr> {
    let mut create = Index::create();
    create
        .name(format!("ix_{table}_{}", columns.join("_")))
        .table(table);
    for column in columns {
        create.col(*column);
    }
    if unique {
        create.unique();
    }
    manager.create_index(create.to_owned()).await
}

/// A text column that lists are ordered by: sorted by its bytes, whatever the locale of the
/// database, so that both databases order alike and indexes serve the order.
fn sorted_text(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = sea_orm_migration::schema::text(name);
    // SQLite sorts by bytes unless told otherwise.
    if manager.get_database_backend() == DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}
