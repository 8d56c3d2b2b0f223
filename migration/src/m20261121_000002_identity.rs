//! Tables of the identity room.

use sea_orm_migration::{prelude::*, schema::*};

use crate::index;

/// Creates the tables of the identity room.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        setting(manager).await?;
        provider(manager).await?;
        member(manager).await?;
        member_role(manager).await?;
        api_key(manager).await?;
        learner(manager).await?;
        audit_head(manager).await?;
        audit_record(manager).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "audit_record",
            "audit_head",
            "learner",
            "api_key",
            "member_role",
            "member",
            "provider",
            "setting",
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

async fn setting(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("setting")
                .col(text("name"))
                .col(text("value"))
                .primary_key(Index::create().col("name"))
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn provider(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("provider")
                .col(uuid("id"))
                .col(text("slug"))
                .col(text("name"))
                .col(text("url"))
                .col(big_integer("created_at"))
                .primary_key(Index::create().col("id"))
                .to_owned(),
        )
        .await?;
    index(manager, "provider", &["slug"], true).await?;
    Ok(())
}

async fn member(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("member")
                .col(uuid("id"))
                .col(uuid("provider_id"))
                .col(text("name"))
                .col(text_null("email"))
                .col(big_integer("created_at"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("member", "provider_id")
                        .to("provider", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "member", &["provider_id", "id"], false).await?;
    index(manager, "member", &["provider_id", "email"], true).await?;
    Ok(())
}

async fn member_role(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("member_role")
                .col(uuid("member_id"))
                .col(text("role"))
                .primary_key(Index::create().col("member_id").col("role"))
                .foreign_key(
                    ForeignKey::create()
                        .from("member_role", "member_id")
                        .to("member", "id"),
                )
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn api_key(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("api_key")
                .col(uuid("id"))
                .col(uuid_null("provider_id"))
                .col(uuid_null("member_id"))
                .col(text("name"))
                .col(blob("digest"))
                .col(text("scopes"))
                .col(big_integer("created_at"))
                .col(big_integer("expires_at"))
                .col(big_integer_null("revoked_at"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("api_key", "provider_id")
                        .to("provider", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("api_key", "member_id")
                        .to("member", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "api_key", &["digest"], true).await?;
    index(manager, "api_key", &["provider_id", "id"], false).await?;
    Ok(())
}

async fn learner(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("learner")
                .col(uuid("id"))
                .col(uuid("provider_id"))
                .col(text("external_id"))
                .col(text("name"))
                .col(text_null("email"))
                .col(text_null("did"))
                .col(uuid_null("member_id"))
                .col(text("subject_urn"))
                .col(big_integer("created_at"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("learner", "provider_id")
                        .to("provider", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("learner", "member_id")
                        .to("member", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "learner", &["provider_id", "external_id"], true).await?;
    index(manager, "learner", &["provider_id", "id"], false).await?;
    Ok(())
}

async fn audit_head(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("audit_head")
                .col(text("chain"))
                .col(big_integer("sequence"))
                .col(blob("hash"))
                .primary_key(Index::create().col("chain"))
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn audit_record(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("audit_record")
                .col(uuid("id"))
                .col(text("chain"))
                .col(big_integer("sequence"))
                .col(big_integer("at"))
                .col(text("actor"))
                .col(text("action"))
                .col(text("target"))
                .col(text("request_id"))
                .col(blob_null("before_digest"))
                .col(blob_null("after_digest"))
                .col(blob("previous_hash"))
                .col(blob("hash"))
                .primary_key(Index::create().col("id"))
                .to_owned(),
        )
        .await?;
    index(manager, "audit_record", &["chain", "sequence"], true).await?;
    Ok(())
}
