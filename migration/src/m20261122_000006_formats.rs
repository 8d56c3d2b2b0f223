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
/// SQLite cannot let a column be null afterwards: there the table is made anew, filled, and put in
/// place of the old one, while the rows that refer to it stand aside.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            run(manager, UP).await?;
        } else {
            credential(manager, Shape::AnyMechanism).await?;
            // A uuid is sixteen bytes there.
            let urn = "'urn:uuid:' || lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4)
                || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4)
                || '-' || substr(hex(id), 21))";
            let fill = format!(
                "INSERT INTO credential_new ({SHARED}, document_id, mechanism, secured,
                    learner_id, demonstration_id)
                SELECT {SHARED}, {urn}, 'JWT_OPEN_BADGES', jwt, learner_id, demonstration_id
                FROM credential"
            );
            replace(manager, &fill).await?;
        }
        // A credential that a client wrote is about a learner if it names one.
        for column in SUBJECTS {
            index(manager, "learner", &["provider_id", column], false).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What the older shape cannot hold becomes null where nothing may be, and so is refused.
        if manager.get_database_backend() == DbBackend::Postgres {
            run(manager, DOWN).await?;
        } else {
            credential(manager, Shape::JwtOfDemonstration).await?;
            let fill = format!(
                "INSERT INTO credential_new ({SHARED}, jwt, learner_id, demonstration_id)
                SELECT {SHARED}, secured,
                    CASE WHEN mechanism = 'JWT_OPEN_BADGES' THEN learner_id END, demonstration_id
                FROM credential"
            );
            replace(manager, &fill).await?;
        }
        for column in SUBJECTS {
            let mut drop = Index::drop();
            drop.name(format!("ix_learner_provider_id_{column}"))
                .table("learner");
            manager.drop_index(drop).await?;
        }
        Ok(())
    }
}

/// The way up on PostgreSQL.
const UP: &[&str] = &[
    "ALTER TABLE credential ALTER COLUMN learner_id DROP NOT NULL",
    "ALTER TABLE credential ALTER COLUMN demonstration_id DROP NOT NULL",
    "ALTER TABLE credential RENAME COLUMN jwt TO secured",
    "ALTER TABLE credential ADD COLUMN document_id text, ADD COLUMN mechanism text",
    "UPDATE credential SET document_id = 'urn:uuid:' || id::text, mechanism = 'JWT_OPEN_BADGES'",
    "ALTER TABLE credential ALTER COLUMN document_id SET NOT NULL",
    "ALTER TABLE credential ALTER COLUMN mechanism SET NOT NULL",
];

/// The way down on PostgreSQL.
const DOWN: &[&str] = &[
    "UPDATE credential SET learner_id = NULL WHERE mechanism <> 'JWT_OPEN_BADGES'",
    "ALTER TABLE credential DROP COLUMN document_id, DROP COLUMN mechanism",
    "ALTER TABLE credential RENAME COLUMN secured TO jwt",
    "ALTER TABLE credential ALTER COLUMN learner_id SET NOT NULL",
    "ALTER TABLE credential ALTER COLUMN demonstration_id SET NOT NULL",
];

async fn run(manager: &SchemaManager<'_>, steps: &[&str]) -> Result<(), DbErr> {
    for sql in steps {
        manager.get_connection().execute_unprepared(sql).await?;
    }
    Ok(())
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
    let mut steps = vec![fill.to_owned()];
    for child in CHILDREN {
        steps.push(format!(
            "CREATE TEMP TABLE {child}_aside AS SELECT * FROM {child}"
        ));
        steps.push(format!("DELETE FROM {child}"));
    }
    steps.push("DROP TABLE credential".to_owned());
    steps.push("ALTER TABLE credential_new RENAME TO credential".to_owned());
    for child in CHILDREN {
        steps.push(format!("INSERT INTO {child} SELECT * FROM {child}_aside"));
        steps.push(format!("DROP TABLE {child}_aside"));
    }
    let steps: Vec<_> = steps.iter().map(String::as_str).collect();
    run(manager, &steps).await?;
    for (columns, unique) in [
        (&["provider_id", "idempotency_key"][..], true),
        (&["status_list_id", "status_index"], true),
        (&["provider_id", "id"], false),
        (&["status_list_id", "status_set"], false),
        (&["learner_id"], false),
        (&["signing_key_id", "id"], false),
    ] {
        index(manager, "credential", columns, unique).await?;
    }
    Ok(())
}

/// The tables whose rows refer to credentials.
const CHILDREN: [&str; 2] = ["status_change", "reissue"];
