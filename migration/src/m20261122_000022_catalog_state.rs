//! A number that each change of the catalog raises.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::alter::run;

/// Creates the number, and what raises it: triggers, so that no writer can forget it. What a
/// process holds in memory of tables that change is right as long as the number is the same.
///
/// On PostgreSQL whoever changes the catalog holds the row until the transaction ends, and others
/// who change it wait. So locks are taken in this order: chains of the audit log first, then
/// rows of the catalog.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The tables that are held in memory in part, and which changes of them count: a document of the
/// index may be replaced by another of the same id, and is never held before it is there.
const WATCHED: [(&str, &[&str]); 4] = [
    ("occupation", &["INSERT", "UPDATE", "DELETE"]),
    ("framework", &["INSERT", "UPDATE", "DELETE"]),
    ("framework_version", &["INSERT", "UPDATE", "DELETE"]),
    ("search_doc", &["DELETE"]),
];

const RAISE: &str = "UPDATE catalog_state SET changes = changes + 1";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let postgres = manager.get_database_backend() == DbBackend::Postgres;
        let number = if postgres { "bigint" } else { "integer" };
        let table = format!(
            "CREATE TABLE catalog_state (id integer NOT NULL PRIMARY KEY CHECK (id = 1),
            changes {number} NOT NULL)"
        );
        run(
            manager,
            &[&table, "INSERT INTO catalog_state VALUES (1, 0)"],
        )
        .await?;
        if postgres {
            let raise = format!(
                "CREATE FUNCTION catalog_changed() RETURNS trigger LANGUAGE plpgsql
                SET search_path FROM CURRENT AS
                $$ BEGIN {RAISE}; RETURN NULL; END $$"
            );
            run(manager, &[&raise]).await?;
        }
        for (table, changes) in WATCHED {
            if postgres {
                let sql = format!(
                    "CREATE TRIGGER catalog_changed AFTER {} OR TRUNCATE ON {table} FOR EACH STATEMENT
                    EXECUTE FUNCTION catalog_changed()",
                    changes.join(" OR ")
                );
                run(manager, &[&sql]).await?;
                continue;
            }
            for change in changes {
                let name = change.to_lowercase();
                let sql = format!(
                    "CREATE TRIGGER {table}_{name}_counted AFTER {change} ON {table}
                    BEGIN {RAISE}; END"
                );
                run(manager, &[&sql]).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let postgres = manager.get_database_backend() == DbBackend::Postgres;
        for (table, changes) in WATCHED {
            if postgres {
                let sql = format!("DROP TRIGGER catalog_changed ON {table}");
                run(manager, &[&sql]).await?;
                continue;
            }
            for change in changes {
                let name = change.to_lowercase();
                let sql = format!("DROP TRIGGER {table}_{name}_counted");
                run(manager, &[&sql]).await?;
            }
        }
        if postgres {
            run(manager, &["DROP FUNCTION catalog_changed()"]).await?;
        }
        run(manager, &["DROP TABLE catalog_state"]).await
    }
}
