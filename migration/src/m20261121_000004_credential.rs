//! Tables of the credential room.

use sea_orm_migration::{prelude::*, schema::*};

use crate::index;

/// Creates the tables of the credential room.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        data_key(manager).await?;
        signing_key(manager).await?;
        status_list(manager).await?;
        credential(manager).await?;
        status_change(manager).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "status_change",
            "credential",
            "status_list",
            "signing_key",
            "data_key",
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

async fn data_key(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("data_key")
                .col(uuid("provider_id"))
                .col(blob("wrapped"))
                .col(text("master_key_id"))
                .primary_key(Index::create().col("provider_id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("data_key", "provider_id")
                        .to("provider", "id"),
                )
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn signing_key(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("signing_key")
                .col(uuid("id"))
                .col(uuid("provider_id"))
                .col(blob("public_key"))
                .col(blob("sealed_seed"))
                .col(text("state"))
                .col(big_integer("created_at"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("signing_key", "provider_id")
                        .to("provider", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "signing_key", &["provider_id", "id"], false).await?;
    index(manager, "signing_key", &["public_key"], true).await?;
    Ok(())
}

async fn status_list(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("status_list")
                .col(uuid("id"))
                .col(uuid("provider_id"))
                .col(text("purpose"))
                .col(integer("length"))
                .col(integer("allocated"))
                .col(boolean("open"))
                .col(big_integer("revision"))
                .col(big_integer("created_at"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("status_list", "provider_id")
                        .to("provider", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(
        manager,
        "status_list",
        &["provider_id", "purpose", "open"],
        false,
    )
    .await?;
    Ok(())
}

async fn credential(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("credential")
                .col(uuid("id"))
                .col(uuid("provider_id"))
                .col(uuid("learner_id"))
                .col(uuid("demonstration_id"))
                .col(uuid("signing_key_id"))
                .col(text("idempotency_key"))
                .col(blob("request_digest"))
                .col(text("state"))
                .col(uuid("status_list_id"))
                .col(integer("status_index"))
                .col(boolean("status_set"))
                .col(text("signing_input"))
                .col(text_null("jwt"))
                .col(big_integer("valid_from"))
                .col(big_integer_null("valid_until"))
                .col(big_integer("created_at"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("credential", "provider_id")
                        .to("provider", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("credential", "learner_id")
                        .to("learner", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("credential", "demonstration_id")
                        .to("demonstration", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("credential", "signing_key_id")
                        .to("signing_key", "id"),
                )
                .foreign_key(
                    ForeignKey::create()
                        .from("credential", "status_list_id")
                        .to("status_list", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(
        manager,
        "credential",
        &["provider_id", "idempotency_key"],
        true,
    )
    .await?;
    index(
        manager,
        "credential",
        &["status_list_id", "status_index"],
        true,
    )
    .await?;
    index(manager, "credential", &["provider_id", "id"], false).await?;
    index(
        manager,
        "credential",
        &["status_list_id", "status_set"],
        false,
    )
    .await?;
    index(manager, "credential", &["learner_id"], false).await?;
    Ok(())
}

async fn status_change(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("status_change")
                .col(uuid("id"))
                .col(uuid("credential_id"))
                .col(text("kind"))
                .col(text("reason"))
                .col(text("actor"))
                .col(big_integer("at"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("status_change", "credential_id")
                        .to("credential", "id"),
                )
                .to_owned(),
        )
        .await?;
    index(manager, "status_change", &["credential_id", "id"], false).await?;
    Ok(())
}
