//! All three families of frameworks, and what is published of an occupation besides them.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    alter::{Kind, add_columns, add_required, drop_columns, refers, run},
    index, sorted_text,
};

/// Makes room for domains, citations and what else a framework export 2.0 says, and for profiles.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// A framework's key, told by its occupation and family: all that there were until now.
const KEY: &str = "(SELECT o.soc || '/' || family FROM occupation o WHERE o.id = occupation_id)";

/// Columns that may be null, by table.
const MORE: [(&str, &[&str]); 3] = [
    ("framework_version", &["title", "creator", "profile_id"]),
    ("level", &["subtitle", "description"]),
    ("statement", &["split_at"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        profile(manager).await?;
        add_required(manager, "framework", "key", Kind::Text, KEY).await?;
        // No foreign key: SQLite could not drop the column of one.
        let version = vec![
            text_null("title"),
            text_null("creator"),
            uuid_null("profile_id"),
        ];
        add_columns(manager, "framework_version", version).await?;
        let level = vec![text_null("subtitle"), text_null("description")];
        add_columns(manager, "level", level).await?;
        add_columns(manager, "statement", vec![integer_null("split_at")]).await?;
        for (table, column) in LISTS {
            add_required(manager, table, column, Kind::Text, "'[]'").await?;
        }
        add_required(manager, "statement", "domain", Kind::Integer, "0").await?;
        add_required(manager, "statement", "unsure", Kind::Boolean, "false").await?;
        run(manager, &["DROP INDEX ix_statement_level_id_position"]).await?;
        let place = ["level_id", "domain", "position"];
        index(manager, "statement", &place, true).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Where there are domains, positions repeat, and this fails rather than lose statements.
        run(
            manager,
            &["DROP INDEX ix_statement_level_id_domain_position"],
        )
        .await?;
        index(manager, "statement", &["level_id", "position"], true).await?;
        drop_columns(manager, "statement", &["domain", "unsure"]).await?;
        for (table, column) in LISTS {
            drop_columns(manager, table, &[column]).await?;
        }
        for (table, columns) in MORE {
            drop_columns(manager, table, columns).await?;
        }
        drop_columns(manager, "framework", &["key"]).await?;
        let drop = Table::drop().table("occupation_profile").to_owned();
        manager.drop_table(drop).await
    }
}

/// Columns that hold JSON lists, none of them at first.
const LISTS: [(&str, &str); 4] = [
    ("framework_version", "domains"),
    ("framework_version", "cited"),
    ("statement", "citations"),
    ("statement", "anchors"),
];

async fn profile(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("occupation_profile")
        .col(uuid("id"))
        .col(uuid("occupation_id"))
        .col(sorted_text(manager, "label"))
        .col(blob("content"))
        .col(text("content_sri"))
        .col(big_integer("published_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut refers(
            "occupation_profile",
            "occupation_id",
            "occupation",
        ));
    manager.create_table(table).await?;
    index(
        manager,
        "occupation_profile",
        &["occupation_id", "label"],
        true,
    )
    .await
}
