//! Plans get versions: what was the plan becomes its first one.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, QueryResult, Statement},
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    alter::{Kind, add_columns, add_required, drop_columns, refers, run},
    index,
};

/// The columns of a plan that are its version's now.
const MOVED: &[&str] = &[
    "method",
    "min_observations",
    "min_assessors",
    "lowest_rating",
    "evidence_required",
    "suspendable",
    "validity_days",
];

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    plan_version(manager).await?;
    let plans = rows(manager, "SELECT * FROM assessment_plan").await?;
    for plan in &plans {
        let id: Uuid = plan.try_get("", "id")?;
        let content = content(plan, &statements(manager, "plan_id", id).await?)?;
        let insert = Query::insert()
            .into_table("plan_version")
            .columns([
                "id",
                "provider_id",
                "plan_id",
                "number",
                "content",
                "digest",
                "created_at",
            ])
            .values_panic([
                id.into(),
                plan.try_get::<Uuid>("", "provider_id")?.into(),
                id.into(),
                1.into(),
                content.clone().into(),
                Sha256::digest(content.as_bytes()).to_vec().into(),
                plan.try_get::<i64>("", "created_at")?.into(),
            ])
            .to_owned();
        manager.execute(insert).await?;
    }
    let fill =
        "INSERT INTO plan_statement_new (plan_version_id, statement_id, provider_id, position)
        SELECT s.plan_id, s.statement_id, p.provider_id, s.position
        FROM plan_statement s JOIN assessment_plan p ON p.id = s.plan_id";
    plan_statement(manager, "plan_version_id", "plan_version", fill).await?;
    drop_columns(manager, "assessment_plan", MOVED).await?;
    add_required(
        manager,
        "assessment_plan",
        "newest_version",
        Kind::Integer,
        "1",
    )
    .await?;
    add_columns(
        manager,
        "assessment_plan",
        vec![big_integer_null("archived_at")],
    )
    .await
}

/// Back to one version each, the newest: the older table holds no more.
pub(super) async fn down(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "assessment_plan";
    add_required(manager, table, "method", Kind::Text, "'OBSERVATION'").await?;
    for column in ["min_observations", "min_assessors", "lowest_rating"] {
        add_required(manager, table, column, Kind::Integer, "1").await?;
    }
    for column in ["evidence_required", "suspendable"] {
        add_required(manager, table, column, Kind::Boolean, "false").await?;
    }
    add_columns(manager, table, vec![integer_null("validity_days")]).await?;
    let newest = "SELECT v.plan_id, v.content FROM plan_version v
        JOIN assessment_plan p ON p.id = v.plan_id AND p.newest_version = v.number";
    for row in rows(manager, newest).await? {
        let id: Uuid = row.try_get("", "plan_id")?;
        let text: String = row.try_get("", "content")?;
        let content: Value =
            serde_json::from_str(&text).map_err(|e| DbErr::Migration(e.to_string()))?;
        let at = |pointer: &str| content.pointer(pointer);
        let number = |pointer: &str| at(pointer).and_then(Value::as_i64);
        let is = |pointer: &str| at(pointer) == Some(&json!(true));
        let method = at("/methods/0").and_then(Value::as_str);
        let update = Query::update()
            .table(table)
            .value("method", method.unwrap_or("OBSERVATION"))
            .value(
                "min_observations",
                number("/rule/minObservations").unwrap_or(1),
            )
            .value("min_assessors", number("/rule/minAssessors").unwrap_or(1))
            .value("lowest_rating", number("/rule/lowestRating").unwrap_or(1))
            .value("evidence_required", is("/rule/evidenceRequired"))
            .value("suspendable", is("/suspendable"))
            .value("validity_days", number("/validityDays"))
            .and_where(Expr::col("id").eq(id))
            .to_owned();
        manager.execute(update).await?;
    }
    let fill = "INSERT INTO plan_statement_new (plan_id, statement_id, position)
        SELECT v.plan_id, s.statement_id, s.position FROM plan_statement s
        JOIN plan_version v ON v.id = s.plan_version_id
        JOIN assessment_plan p ON p.id = v.plan_id AND p.newest_version = v.number";
    plan_statement(manager, "plan_id", "assessment_plan", fill).await?;
    drop_columns(manager, table, &["newest_version", "archived_at"]).await?;
    run(manager, &["DROP TABLE plan_version"]).await
}

async fn plan_version(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "plan_version";
    let create = Table::create()
        .table(table)
        .col(uuid("id"))
        .col(uuid("provider_id"))
        .col(uuid("plan_id"))
        .col(integer("number"))
        .col(text("content"))
        .col(blob("digest"))
        .col(big_integer("created_at"))
        .primary_key(Index::create().col("id"))
        .foreign_key(&mut refers(table, "provider_id", "provider"))
        .foreign_key(&mut refers(table, "plan_id", "assessment_plan"))
        .to_owned();
    manager.create_table(create).await?;
    index(manager, table, &["plan_id", "number"], true).await
}

/// Puts a new table of the plans' statements, filled by `fill`, in place of the old one.
async fn plan_statement(
    manager: &SchemaManager<'_>,
    key: &'static str,
    parent: &'static str,
    fill: &str,
) -> Result<(), DbErr> {
    let table = "plan_statement_new";
    let mut create = Table::create();
    create
        .table(table)
        .col(uuid(key))
        .col(uuid("statement_id"))
        .col(integer("position"));
    if parent == "plan_version" {
        create.col(uuid("provider_id"));
    }
    create
        .primary_key(Index::create().col(key).col("statement_id"))
        .foreign_key(&mut refers(table, key, parent))
        .foreign_key(&mut refers(table, "statement_id", "statement"));
    manager.create_table(create).await?;
    let steps = [
        fill,
        "DROP TABLE plan_statement",
        "ALTER TABLE plan_statement_new RENAME TO plan_statement",
    ];
    run(manager, &steps).await
}

async fn rows(manager: &SchemaManager<'_>, sql: &str) -> Result<Vec<QueryResult>, DbErr> {
    let statement = Statement::from_string(manager.get_database_backend(), sql);
    manager.get_connection().query_all_raw(statement).await
}

async fn statements(
    manager: &SchemaManager<'_>,
    key: &'static str,
    id: Uuid,
) -> Result<Vec<Uuid>, DbErr> {
    let select = Query::select()
        .column("statement_id")
        .from("plan_statement")
        .and_where(Expr::col(key).eq(id))
        .order_by("position", Order::Asc)
        .to_owned();
    let rows = manager.get_connection().query_all(&select).await?;
    rows.iter().map(|r| r.try_get("", "statement_id")).collect()
}

/// The content of a plan's first version: integers and plain names only, so that sorted members
/// are its RFC 8785 form.
fn content(plan: &QueryResult, statements: &[Uuid]) -> Result<String, DbErr> {
    let number = |name: &str| plan.try_get::<i32>("", name);
    let mut content = Map::new();
    content.insert(
        "statements".into(),
        json!(statements.iter().map(Uuid::to_string).collect::<Vec<_>>()),
    );
    content.insert(
        "methods".into(),
        json!([plan.try_get::<String>("", "method")?]),
    );
    content.insert(
        "rule".into(),
        json!({
            "minObservations": number("min_observations")?,
            "minAssessors": number("min_assessors")?,
            "lowestRating": number("lowest_rating")?,
            "evidenceRequired": plan.try_get::<bool>("", "evidence_required")?,
        }),
    );
    content.insert(
        "suspendable".into(),
        json!(plan.try_get::<bool>("", "suspendable")?),
    );
    if let Some(days) = plan.try_get::<Option<i32>>("", "validity_days")? {
        content.insert("validityDays".into(), json!(days));
    }
    Ok(Value::Object(content).to_string())
}
