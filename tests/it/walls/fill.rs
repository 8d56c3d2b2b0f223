//! Rows for every table of the schema, made from what PostgreSQL says of its columns: a new table
//! needs nothing here.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};
use uuid::Uuid;

/// A column that must be filled.
struct Column {
    name: String,
    kind: String,
    /// The table and column that it refers to.
    parent: Option<(String, String)>,
}

/// What is known of the schema, and a connection that reaches everyone's rows.
pub(super) struct Filler {
    db: DatabaseConnection,
    tables: BTreeMap<String, Vec<Column>>,
}

const COLUMNS: &str = "SELECT t.table_name AS table_name, c.column_name AS name,
    c.data_type AS kind,
    c.is_nullable = 'NO' OR c.column_name = 'provider_id' AS needed
    FROM information_schema.tables t JOIN information_schema.columns c
    ON c.table_schema = t.table_schema AND c.table_name = t.table_name
    WHERE t.table_schema = 'public' ORDER BY t.table_name, c.ordinal_position";

const PARENTS: &str = "SELECT child.relname::text AS table_name, a.attname::text AS name,
    parent.relname::text AS parent, p.attname::text AS parent_column
    FROM pg_constraint k
    JOIN pg_class child ON child.oid = k.conrelid
    JOIN pg_class parent ON parent.oid = k.confrelid
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    JOIN pg_attribute p ON p.attrelid = k.confrelid AND p.attnum = k.confkey[1]
    WHERE k.contype = 'f'";

impl Filler {
    /// Reads the schema.
    pub(super) async fn new(db: DatabaseConnection) -> Self {
        let mut parents = BTreeMap::new();
        for row in rows(&db, PARENTS).await {
            let key = (text(&row, "table_name"), text(&row, "name"));
            parents.insert(key, (text(&row, "parent"), text(&row, "parent_column")));
        }
        let mut tables: BTreeMap<String, Vec<Column>> = BTreeMap::new();
        for row in rows(&db, COLUMNS).await {
            let table = text(&row, "table_name");
            let name = text(&row, "name");
            let columns = tables.entry(table.clone()).or_default();
            if row.try_get::<bool>("", "needed").expect("a truth value") {
                columns.push(Column {
                    kind: text(&row, "kind"),
                    parent: parents.get(&(table, name.clone())).cloned(),
                    name,
                });
            }
        }
        Self { db, tables }
    }

    /// Every table and view.
    pub(super) fn tables(&self) -> impl Iterator<Item = &str> {
        self.tables.keys().map(String::as_str)
    }

    /// Every table but the providers', those before that others refer to.
    pub(super) fn in_order(&self) -> impl Iterator<Item = &str> {
        let mut placed = BTreeSet::from(["provider"]);
        let mut order = Vec::new();
        while placed.len() < self.tables.len() {
            let before = placed.len();
            for (name, columns) in &self.tables {
                let parents = columns.iter().filter_map(|c| c.parent.as_ref());
                let ready = parents
                    .clone()
                    .all(|(p, _)| placed.contains(p.as_str()) || p == name);
                if ready && placed.insert(name) {
                    order.push(name.as_str());
                }
            }
            assert!(placed.len() > before, "these tables refer to each other");
        }
        order.into_iter()
    }

    /// Adds a provider.
    pub(super) async fn provider(&self) -> Uuid {
        let id = rows(&self.db, "SELECT gen_random_uuid() AS id").await;
        let id = id[0].try_get("", "id").expect("an id");
        let insert = self.insert("provider", id).await;
        self.run(&insert).await;
        id
    }

    /// Adds a row of a tenant.
    pub(super) async fn add(&self, table: &str, tenant: Uuid) {
        let insert = self.insert(table, tenant).await;
        self.run(&insert).await;
    }

    /// Adds a chain that is no provider's, with its first record.
    pub(super) async fn add_chain(&self, chain: &str) {
        for table in ["audit_head", "audit_record"] {
            let insert = self.insert(table, Uuid::nil()).await;
            self.run(&insert.replace(&Uuid::nil().to_string(), chain))
                .await;
        }
    }

    /// The statement that adds a row of a tenant. What it refers to is theirs, too.
    pub(super) async fn insert(&self, table: &str, tenant: Uuid) -> String {
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for column in &self.tables[table] {
            names.push(column.name.as_str());
            values.push(self.value(table, column, tenant).await);
        }
        let (names, values) = (names.join(", "), values.join(", "));
        format!("INSERT INTO {table} ({names}) VALUES ({values})")
    }

    async fn value(&self, table: &str, column: &Column, tenant: Uuid) -> String {
        let name = column.name.as_str();
        if name == "provider_id" || name == "chain" || (table, name) == ("provider", "id") {
            return format!("'{tenant}'");
        }
        if let Some((parent, parent_column)) = &column.parent {
            let theirs = Box::pin(self.rows_of(parent, tenant)).await;
            let sql =
                format!("SELECT {parent_column}::text AS v FROM {parent} WHERE {theirs} LIMIT 1");
            let found = rows(&self.db, &sql).await;
            let found = found.first();
            let found = found.unwrap_or_else(|| panic!("{table}.{name}: {tenant} has no {parent}"));
            return format!("'{}'", text(found, "v"));
        }
        let value = match column.kind.as_str() {
            "uuid" => "gen_random_uuid()",
            "text" | "character varying" => "'text ' || gen_random_uuid()",
            "bytea" => "decode(md5(random()::text), 'hex')",
            "bigint" | "integer" => "1",
            "boolean" => "false",
            other => panic!("{table}.{name} is {other}: say here what to give"),
        };
        value.to_owned()
    }

    /// The condition that finds a tenant's rows, whoever asks; for what belongs to nobody, any row.
    pub(super) async fn rows_of(&self, table: &str, tenant: Uuid) -> String {
        if let Some(owner) = self.owner_column(table) {
            return format!("{owner} = '{tenant}'");
        }
        let (column, parent) = match table {
            "member_role" => ("member_id", "member"),
            "status_change" => ("credential_id", "credential"),
            _ => return "true".to_owned(),
        };
        let sql = format!("SELECT id::text AS id FROM {parent} WHERE provider_id = '{tenant}'");
        let ids = rows(&self.db, &sql).await;
        let ids: Vec<_> = ids.iter().map(|r| format!("'{}'", text(r, "id"))).collect();
        format!("{column} IN ({})", ids.join(", "))
    }

    /// The column that says whose a row is, where it has one.
    pub(super) fn owner_column(&self, table: &str) -> Option<&str> {
        let mut names = self.tables[table].iter().map(|c| c.name.as_str());
        names.find(|name| matches!(*name, "provider_id" | "chain"))
    }

    /// Some column, to be set to what it is.
    pub(super) fn any_column(&self, table: &str) -> &str {
        &self.tables[table][0].name
    }

    async fn run(&self, sql: &str) {
        let done = self.db.execute_unprepared(sql).await;
        done.unwrap_or_else(|e| panic!("{sql}: {e}"));
    }
}

async fn rows(db: &DatabaseConnection, sql: &str) -> Vec<QueryResult> {
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let rows = db.query_all_raw(statement).await;
    rows.unwrap_or_else(|e| panic!("{sql}: {e}"))
}

fn text(row: &QueryResult, name: &str) -> String {
    row.try_get("", name).expect("text")
}
