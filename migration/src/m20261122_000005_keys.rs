//! The life of signing keys, and the credentials that are signed anew.

use sea_orm_migration::{prelude::*, schema::*};

use crate::index;

/// Adds when and why keys end, and the table of re-issues.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const ADDED: [&str; 3] = ["retired_at", "compromised_at", "compromise_reason"];
const ONE_ACTIVE: &str = "ix_signing_key_active";
const BY_KEY: &str = "ix_credential_signing_key_id_id";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One at a time: SQLite adds no two columns in one statement.
        for column in [
            big_integer_null("retired_at"),
            big_integer_null("compromised_at"),
            text_null("compromise_reason"),
        ] {
            let alter = Table::alter()
                .table("signing_key")
                .add_column(column)
                .to_owned();
            manager.alter_table(alter).await?;
        }
        let one_active = Index::create()
            .name(ONE_ACTIVE)
            .table("signing_key")
            .col("provider_id")
            .and_where(Expr::col("state").eq("ACTIVE"))
            .unique()
            .to_owned();
        manager.create_index(one_active).await?;
        index(manager, "credential", &["signing_key_id", "id"], false).await?;
        reissue(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("reissue").to_owned())
            .await?;
        for (name, table) in [(BY_KEY, "credential"), (ONE_ACTIVE, "signing_key")] {
            let drop = Index::drop().name(name).table(table).to_owned();
            manager.drop_index(drop).await?;
        }
        for column in ADDED {
            let alter = Table::alter()
                .table("signing_key")
                .drop_column(column)
                .to_owned();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}

async fn reissue(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let reference = |from: &'static str, to: &'static str| {
        ForeignKey::create()
            .from("reissue", from)
            .to(to, "id")
            .to_owned()
    };
    manager
        .create_table(
            Table::create()
                .table("reissue")
                .col(uuid("id"))
                .col(uuid("provider_id"))
                .col(uuid("credential_id"))
                .col(uuid("compromised_key_id"))
                .col(blob("compromised_digest"))
                .col(uuid("signing_key_id"))
                .col(text_null("signing_input"))
                .col(big_integer("created_at"))
                .col(big_integer_null("signed_at"))
                .primary_key(Index::create().col("id"))
                .foreign_key(&mut reference("provider_id", "provider"))
                .foreign_key(&mut reference("credential_id", "credential"))
                .foreign_key(&mut reference("compromised_key_id", "signing_key"))
                .foreign_key(&mut reference("signing_key_id", "signing_key"))
                .to_owned(),
        )
        .await?;
    let once = ["credential_id", "compromised_key_id"];
    index(manager, "reissue", &once, true).await
}
