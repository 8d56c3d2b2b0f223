//! Drafts of framework versions, and corrections that people suggest.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::{
    alter::{refers, run},
    index, sorted_text,
};

/// Creates both tables, and their walls: a draft is there for its owner alone, a correction for
/// who suggested it, for whose framework it is about, and for curators.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TENANT: &str = "current_setting('attestry.tenant', true)";

/// What curators draft belongs to no provider.
const DRAFTS: &str = "{tenant} = 'system' OR provider_id::text = {tenant}
    OR (provider_id IS NULL AND {tenant} = 'platform')";

const CORRECTIONS: &str = "{tenant} IN ('system', 'platform') OR provider_id::text = {tenant}
    OR owner_id::text = {tenant}";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        draft(manager).await?;
        correction(manager).await?;
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        for (table, rule) in [("framework_draft", DRAFTS), ("correction", CORRECTIONS)] {
            let rule = rule.replace("{tenant}", TENANT);
            let steps = [
                format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"),
                format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY"),
                format!("CREATE POLICY tenant ON {table} USING ({rule})"),
            ];
            run(manager, &steps.each_ref().map(String::as_str)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["correction", "framework_draft"] {
            let drop = Table::drop().table(table).to_owned();
            manager.drop_table(drop).await?;
        }
        Ok(())
    }
}

async fn draft(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("framework_draft")
        .col(uuid("id"))
        .col(uuid_null("provider_id"))
        .col(uuid("framework_id"))
        .col(text("framework_key"))
        .col(text("family"))
        .col(uuid_null("occupation_id"))
        .col(uuid_null("base_version_id"))
        .col(text("content"))
        .col(integer("revision"))
        .col(text("state"))
        .col(uuid_null("version_id"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut refers("framework_draft", "provider_id", "provider"))
        .foreign_key(&mut refers(
            "framework_draft",
            "occupation_id",
            "occupation",
        ))
        .foreign_key(&mut refers(
            "framework_draft",
            "base_version_id",
            "framework_version",
        ))
        .foreign_key(&mut refers(
            "framework_draft",
            "version_id",
            "framework_version",
        ));
    manager.create_table(table).await?;
    index(manager, "framework_draft", &["provider_id", "id"], false).await?;
    // The framework's id tells its owner, too.
    let one_open = "CREATE UNIQUE INDEX ux_framework_draft_open ON framework_draft (framework_id)
        WHERE state = 'OPEN'";
    run(manager, &[one_open]).await
}

async fn correction(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("correction")
        .col(uuid("id"))
        .col(uuid_null("provider_id"))
        .col(uuid_null("owner_id"))
        .col(sorted_text(manager, "suggested_by"))
        .col(uuid_null("statement_id"))
        .col(uuid_null("occupation_id"))
        .col(text_null("anchor_kind"))
        .col(integer_null("anchor_ordinal"))
        .col(text("old_text"))
        .col(text("proposed"))
        .col(text("reason"))
        .col(sorted_text(manager, "state"))
        .col(text_null("decision_reason"))
        .col(uuid_null("draft_id"))
        .col(big_integer("created_at"))
        .col(big_integer_null("decided_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut refers("correction", "provider_id", "provider"))
        .foreign_key(&mut refers("correction", "occupation_id", "occupation"));
    manager.create_table(table).await?;
    for columns in [
        ["state", "id"],
        ["suggested_by", "state"],
        ["owner_id", "id"],
        ["occupation_id", "state"],
        ["statement_id", "state"],
    ] {
        index(manager, "correction", &columns, false).await?;
    }
    Ok(())
}
