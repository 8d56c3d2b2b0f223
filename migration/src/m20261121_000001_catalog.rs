//! Tables of the catalog room.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{index, sorted_text};

/// Creates the tables of the catalog room.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        occupation(manager).await?;
        framework(manager).await?;
        framework_version(manager).await?;
        level(manager).await?;
        statement(manager).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "statement",
            "level",
            "framework_version",
            "framework",
            "occupation",
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

async fn occupation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("occupation")
                .col(uuid("id"))
                .col(sorted_text(manager, "soc"))
                .col(text("title"))
                .col(sorted_text(manager, "title_folded"))
                .col(text("major_group"))
                .col(text_null("sector"))
                .col(integer_null("job_zone"))
                .col(boolean("job_zone_inferred"))
                .col(big_integer("updated_at"))
                .primary_key(Index::create().col("id"))
                .to_owned(),
        )
        .await?;
    index(manager, "occupation", &["soc"], true).await?;
    index(manager, "occupation", &["title_folded", "id"], false).await?;
    index(manager, "occupation", &["job_zone", "id"], false).await?;
    Ok(())
}

async fn framework(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("framework")
                .col(uuid("id"))
                .col(uuid("occupation_id"))
                .col(uuid_null("owner_id"))
                .col(sorted_text(manager, "family"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("framework", "occupation_id")
                        .to("occupation", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "framework", &["occupation_id", "family"], false).await?;
    Ok(())
}

async fn framework_version(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("framework_version")
                .col(uuid("id"))
                .col(uuid("framework_id"))
                .col(sorted_text(manager, "label"))
                .col(text("state"))
                .col(text("description"))
                .col(text("context_covered"))
                .col(text("occupation"))
                .col(text("sources"))
                .col(text("attribution"))
                .col(text("extras"))
                .col(text_null("exported_at"))
                .col(text("import_digest"))
                .col(blob("content"))
                .col(text("content_sri"))
                .col(big_integer_null("published_at"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("framework_version", "framework_id")
                        .to("framework", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(
        manager,
        "framework_version",
        &["framework_id", "label"],
        true,
    )
    .await?;
    Ok(())
}

async fn level(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("level")
                .col(uuid("id"))
                .col(uuid("framework_version_id"))
                .col(integer("ordinal"))
                .col(text("key"))
                .col(text("label"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("level", "framework_version_id")
                        .to("framework_version", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "level", &["framework_version_id", "ordinal"], true).await?;
    Ok(())
}

async fn statement(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("statement")
                .col(uuid("id"))
                .col(uuid("framework_version_id"))
                .col(uuid("level_id"))
                .col(integer("position"))
                .col(text("code"))
                .col(text("text"))
                .col(text_null("title"))
                .col(text_null("description"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("statement", "framework_version_id")
                        .to("framework_version", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("statement", "level_id")
                        .to("level", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "statement", &["level_id", "position"], true).await?;
    index(manager, "statement", &["framework_version_id"], false).await?;
    index(manager, "statement", &["code"], false).await?;
    Ok(())
}
