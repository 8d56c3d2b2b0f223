//! Evidence by its file; and, on PostgreSQL, an audit log that is added to and never changed.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::{alter::run, index};

/// Finds the evidence that rests on a file without reading all. By row-level security, lets nobody but the program itself (`system`) change or delete an audit record, and a connection
/// of nobody's not even see where the platform's chain ends.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const UP: &[&str] = &[
    "DROP POLICY tenant ON audit_record",
    "CREATE POLICY tenant_reads ON audit_record FOR SELECT USING (
        current_setting('attestry.tenant', true) IN ('system', 'platform')
        OR chain = current_setting('attestry.tenant', true))",
    // What a tenant's first record decides for all is told in the platform's chain.
    "CREATE POLICY tenant_adds ON audit_record FOR INSERT WITH CHECK (
        current_setting('attestry.tenant', true) IN ('system', 'platform')
        OR chain = current_setting('attestry.tenant', true)
        OR chain = 'platform' AND current_setting('attestry.tenant', true) ~ '^[0-9a-f-]{36}$')",
    "CREATE POLICY system ON audit_record
        USING (current_setting('attestry.tenant', true) = 'system')",
    "DROP POLICY tenant ON audit_head",
    "CREATE POLICY tenant ON audit_head USING (
        current_setting('attestry.tenant', true) IN ('system', 'platform')
        OR chain = current_setting('attestry.tenant', true)
        OR chain = 'platform' AND current_setting('attestry.tenant', true) ~ '^[0-9a-f-]{36}$')",
];

const DOWN: &[&str] = &[
    "DROP POLICY tenant_reads ON audit_record",
    "DROP POLICY tenant_adds ON audit_record",
    "DROP POLICY system ON audit_record",
    "CREATE POLICY tenant ON audit_record USING (
        current_setting('attestry.tenant', true) IN ('system', 'platform')
        OR chain = current_setting('attestry.tenant', true)) WITH CHECK (
        current_setting('attestry.tenant', true) IN ('system', 'platform')
        OR chain = current_setting('attestry.tenant', true) OR chain = 'platform')",
    "DROP POLICY tenant ON audit_head",
    "CREATE POLICY tenant ON audit_head USING (
        current_setting('attestry.tenant', true) IN ('system', 'platform')
        OR chain = current_setting('attestry.tenant', true) OR chain = 'platform')",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "evidence", &["file_id"], false).await?;
        on_postgres(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        on_postgres(manager, DOWN).await?;
        let drop = Index::drop()
            .name("ix_evidence_file_id")
            .table("evidence")
            .to_owned();
        manager.drop_index(drop).await
    }
}

async fn on_postgres(manager: &SchemaManager<'_>, steps: &[&str]) -> Result<(), DbErr> {
    match manager.get_database_backend() {
        DbBackend::Postgres => run(manager, steps).await,
        _ => Ok(()),
    }
}
