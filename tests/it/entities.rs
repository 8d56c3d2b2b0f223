//! The entities say what the migrated schema is.

use std::collections::{BTreeMap, BTreeSet};

use attestry::catalog::samples::SAMPLES;
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, IdenStatic, Iterable,
    Statement, sea_query::ColumnType,
};

use crate::support::{House, Tenant, cast, on_each_database};

on_each_database!(
    every_entity_is_as_its_table,
    migrations_go_down_and_up_again,
    a_record_outlives_the_change_of_its_table,
);

/// A column's type, and whether it may be null.
type Columns = BTreeMap<String, (String, bool)>;

macro_rules! described {
    ($($entity:ident),+ $(,)?) => {
        [$((stringify!($entity).to_owned(), described_columns::<entity::$entity::Entity>()),)+]
    };
}

/// Every entity, as it describes its table.
fn entities() -> BTreeMap<String, Columns> {
    let all = described![
        api_key,
        assessment,
        assessment_plan,
        assessment_transition,
        audit_head,
        audit_record,
        bulk_job,
        bulk_problem,
        carry_over,
        correction,
        credential,
        data_key,
        dataset,
        dataset_rows,
        decision,
        demonstration,
        event,
        evidence,
        evidence_file,
        framework,
        framework_draft,
        framework_version,
        invitation,
        learner,
        level,
        member,
        member_identity,
        member_role,
        observation,
        occupation,
        occupation_profile,
        case_node,
        catalog_state,
        plan_statement,
        plan_version,
        provider,
        reissue,
        search_doc,
        setting,
        signing_key,
        statement,
        status_change,
        status_list,
        webhook,
        webhook_delivery,
    ];
    all.into()
}

fn described_columns<E: EntityTrait>() -> Columns {
    let columns = E::Column::iter().map(|column| {
        let def = column.def();
        let kind = match def.get_column_type() {
            ColumnType::Text => "text",
            ColumnType::Integer => "integer",
            ColumnType::BigInteger => "bigint",
            ColumnType::Boolean => "boolean",
            ColumnType::Uuid => "uuid",
            ColumnType::Blob => "blob",
            other => panic!("{}: {other:?} is not used here", column.as_str()),
        };
        (column.as_str().to_owned(), (kind.to_owned(), def.is_null()))
    });
    columns.collect()
}

async fn rows(db: &DatabaseConnection, sql: String) -> Vec<sea_orm::QueryResult> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    db.query_all_raw(statement)
        .await
        .expect("the catalog answers")
}

/// SQLite's virtual table, and those that hold what is in it.
const SEARCH_INDEX: [&str; 4] = [
    "search_fts",
    "search_fts_data",
    "search_fts_idx",
    "search_fts_config",
];

/// The names of the tables, without the migrator's own and the database's.
async fn tables(db: &DatabaseConnection) -> BTreeSet<String> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
        }
        _ => "SELECT name FROM sqlite_master WHERE type = 'table'",
    };
    let rows = rows(db, sql.to_owned()).await;
    let names = rows
        .iter()
        .map(|r| r.try_get::<String>("", "name").expect("text"));
    names
        .filter(|n| n != "seaql_migrations" && !n.starts_with("sqlite_"))
        // SQLite's index of the words of search_doc, and the tables that it is made of: nothing
        // reads or writes them but SQLite and the triggers of search_doc.
        .filter(|n| !SEARCH_INDEX.contains(&n.as_str()))
        .collect()
}

/// Without those that the database makes of others by itself: the stems of search_doc.
async fn stored_columns(db: &DatabaseConnection, table: &str) -> Columns {
    let is_postgres = db.get_database_backend() == DbBackend::Postgres;
    let sql = if is_postgres {
        format!(
            "SELECT column_name AS name, data_type AS kind, is_nullable = 'YES' AS nullable
            FROM information_schema.columns
            WHERE table_name = '{table}' AND is_generated = 'NEVER'"
        )
    } else {
        format!(
            "SELECT name, type AS kind, NOT \"notnull\" AS nullable FROM pragma_table_info('{table}')"
        )
    };
    let rows = rows(db, sql).await;
    let columns = rows.iter().map(|row| {
        let text = |name: &str| row.try_get::<String>("", name).expect("text");
        let kind = match text("kind").to_lowercase().as_str() {
            "bytea" | "blob" => "blob",
            "uuid_text" | "uuid" => "uuid",
            "bigint" => "bigint",
            "integer" => "integer",
            "boolean" => "boolean",
            "text" => "text",
            other => panic!("{table}: {other} is not used here"),
        };
        let nullable = row.try_get::<bool>("", "nullable").expect("a truth value");
        (text("name"), (kind.to_owned(), nullable))
    });
    columns.collect()
}

async fn every_entity_is_as_its_table(house: House) {
    let db = house.db();
    let entities = entities();
    let names: BTreeSet<_> = entities.keys().cloned().collect();
    assert_eq!(
        tables(db).await,
        names,
        "a table without entity, or the reverse"
    );
    for (table, mut columns) in entities {
        if !house.app.db.is_postgres() {
            // SQLite has one kind of integer.
            for (kind, _) in columns.values_mut().filter(|(kind, _)| kind == "bigint") {
                "integer".clone_into(kind);
            }
        }
        assert_eq!(stored_columns(db, &table).await, columns, "{table}");
    }
}

async fn migrations_go_down_and_up_again(house: House) {
    let db = house.db();
    let before = tables(db).await;
    Migrator::down(db, None).await.expect("it goes down");
    assert_eq!(tables(db).await, BTreeSet::new());
    Migrator::up(db, None).await.expect("it goes up again");
    assert_eq!(tables(db).await, before);
    // And it works.
    house.with_samples().await;
}

/// How many of the newest migrations bring credentials into their present form.
const FORMATS: u32 = 15;

async fn a_record_outlives_the_change_of_its_table(house: House) {
    let platform = house.with_samples().await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let statement = &cast::statements(&house.api, SAMPLES[0].soc, 1).await[0];
    let demonstration = college.demonstration(statement, true).await;
    let issued = college.issue(&demonstration, "k").await;
    let id = issued.text("/issueCredential/credential/id");
    college.change("suspendCredential", &id).await;
    let db = house.db();
    let stored = async || {
        let records = entity::credential::Entity::find().all(db).await;
        let changes = entity::status_change::Entity::find().all(db).await;
        (records.expect("records"), changes.expect("changes"))
    };
    let before = stored().await;
    assert_eq!((before.0.len(), before.1.len()), (1, 1));
    Migrator::down(db, Some(FORMATS))
        .await
        .expect("it goes down");
    let old = rows(db, "SELECT jwt FROM credential".to_owned()).await;
    let jwt: String = old[0].try_get("", "jwt").expect("text");
    assert_eq!(Some(jwt), before.0[0].secured);
    Migrator::up(db, None).await.expect("it goes up again");
    assert_eq!(stored().await, before);
    // A record that the older table cannot hold keeps the newer one.
    college
        .issue_as("EDDSA_JCS_2022", &demonstration, "k2")
        .await;
    let before = stored().await;
    let refused = Migrator::down(db, Some(FORMATS)).await;
    assert!(refused.is_err(), "a record would have been lost");
    // The newer ones went down, each by itself.
    Migrator::up(db, None).await.expect("it goes up again");
    assert_eq!(stored().await, before);
    college.change("revokeCredential", &id).await;
}
