//! Credentials in whatever form they are secured, and those that rest on no demonstration.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

use crate::index;

/// Makes room for every securing mechanism, and for credentials about other things than
/// demonstrations.
///
/// SQLite cannot let a column be null afterwards, so the table is made anew under another name,
/// filled, and put in place of the old one; the history of status, which refers to it, likewise.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        credential(manager, Shape::AnyMechanism).await?;
        let urn = match manager.get_database_backend() {
            // A uuid is sixteen bytes there.
            DbBackend::Sqlite => {
                "'urn:uuid:' || lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4)
                    || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4)
                    || '-' || substr(hex(id), 21))"
            }
            _ => "'urn:uuid:' || id::text",
        };
        let fill = format!(
            "INSERT INTO credential_new ({SHARED}, document_id, mechanism, secured,
                learner_id, demonstration_id)
            SELECT {SHARED}, {urn}, 'JWT_OPEN_BADGES', jwt, learner_id, demonstration_id
            FROM credential"
        );
        replace(manager, &fill).await?;
        // A credential that a client wrote is about a learner if it names one.
        for column in SUBJECTS {
            index(manager, "learner", &["provider_id", column], false).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        credential(manager, Shape::JwtOfDemonstration).await?;
        // What the older shape cannot hold becomes null where nothing may be, and so is refused.
        let fill = format!(
            "INSERT INTO credential_new ({SHARED}, jwt, learner_id, demonstration_id)
            SELECT {SHARED}, secured,
                CASE WHEN mechanism = 'JWT_OPEN_BADGES' THEN learner_id END, demonstration_id
            FROM credential"
        );
        replace(manager, &fill).await?;
        for column in SUBJECTS {
            let mut drop = Index::drop();
            drop.name(format!("ix_learner_provider_id_{column}"))
                .table("learner");
            manager.drop_index(drop).await?;
        }
        Ok(())
    }
}

/// The columns by which credentials name a learner.
const SUBJECTS: [&str; 2] = ["subject_urn", "did"];

/// The columns that both shapes have alike.
const SHARED: &str = "id, provider_id, signing_key_id, idempotency_key, request_digest, state,
    status_list_id, status_index, status_set, signing_input, valid_from, valid_until, created_at";

#[derive(Clone, Copy, PartialEq)]
enum Shape {
    JwtOfDemonstration,
    AnyMechanism,
}

async fn credential(manager: &SchemaManager<'_>, shape: Shape) -> Result<(), DbErr> {
    let mut table = Table::create();
    table
        .table("credential_new")
        .col(uuid("id"))
        .col(uuid("provider_id"))
        .col(uuid("signing_key_id"))
        .col(text("idempotency_key"))
        .col(blob("request_digest"))
        .col(text("state"))
        .col(uuid("status_list_id"))
        .col(integer("status_index"))
        .col(boolean("status_set"))
        .col(text("signing_input"))
        .col(big_integer("valid_from"))
        .col(big_integer_null("valid_until"))
        .col(big_integer("created_at"));
    match shape {
        Shape::JwtOfDemonstration => table
            .col(uuid("learner_id"))
            .col(uuid("demonstration_id"))
            .col(text_null("jwt")),
        Shape::AnyMechanism => table
            .col(uuid_null("learner_id"))
            .col(uuid_null("demonstration_id"))
            .col(text("document_id"))
            .col(text("mechanism"))
            .col(text_null("secured")),
    };
    for (column, parent) in [
        ("provider_id", "provider"),
        ("learner_id", "learner"),
        ("demonstration_id", "demonstration"),
        ("signing_key_id", "signing_key"),
        ("status_list_id", "status_list"),
    ] {
        table.foreign_key(
            ForeignKey::create()
                .from("credential_new", column)
                .to(parent, "id"),
        );
    }
    table.primary_key(Index::create().col("id"));
    manager.create_table(table).await
}

/// Puts the new table, filled by `fill`, in place of the old one.
async fn replace(manager: &SchemaManager<'_>, fill: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    db.execute_unprepared(fill).await?;
    status_change(manager).await?;
    for sql in [
        "INSERT INTO status_change_new (id, credential_id, kind, reason, actor, at)
            SELECT id, credential_id, kind, reason, actor, at FROM status_change",
        "DROP TABLE status_change",
        "DROP TABLE credential",
        "ALTER TABLE credential_new RENAME TO credential",
        "ALTER TABLE status_change_new RENAME TO status_change",
    ] {
        db.execute_unprepared(sql).await?;
    }
    for (table, columns, unique) in [
        ("credential", &["provider_id", "idempotency_key"][..], true),
        ("credential", &["status_list_id", "status_index"], true),
        ("credential", &["provider_id", "id"], false),
        ("credential", &["status_list_id", "status_set"], false),
        ("credential", &["learner_id"], false),
        ("status_change", &["credential_id", "id"], false),
    ] {
        index(manager, table, columns, unique).await?;
    }
    Ok(())
}

async fn status_change(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("status_change_new")
                .col(uuid("id"))
                .col(uuid("credential_id"))
                .col(text("kind"))
                .col(text("reason"))
                .col(text("actor"))
                .col(big_integer("at"))
                .primary_key(Index::create().col("id"))
                .foreign_key(
                    ForeignKey::create()
                        .from("status_change_new", "credential_id")
                        .to("credential_new", "id"),
                )
                .to_owned(),
        )
        .await
}
