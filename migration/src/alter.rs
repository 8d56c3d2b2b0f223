//! Changes of tables that both databases make alike.

use sea_orm_migration::{
    prelude::*,
    schema::uuid,
    sea_orm::{ConnectionTrait, DbBackend},
};

/// Runs statements that both databases understand.
pub(crate) async fn run(manager: &SchemaManager<'_>, steps: &[&str]) -> Result<(), DbErr> {
    for sql in steps {
        manager.get_connection().execute_unprepared(sql).await?;
    }
    Ok(())
}

/// Adds columns that may be null, one at a time: SQLite adds no two in one statement.
pub(crate) async fn add_columns(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: Vec<ColumnDef>,
) -> Result<(), DbErr> {
    for column in columns {
        let alter = Table::alter().table(table).add_column(column).to_owned();
        manager.alter_table(alter).await?;
    }
    Ok(())
}

/// Drops columns, one at a time.
pub(crate) async fn drop_columns(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    for column in columns {
        let alter = Table::alter().table(table).drop_column(*column).to_owned();
        manager.alter_table(alter).await?;
    }
    Ok(())
}

/// What a required column holds.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// A UUID.
    Uuid,
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 64 bits.
    BigInteger,
    /// A text.
    Text,
    /// A truth value.
    Boolean,
}

/// Adds a column that may not be null, filled by `fill`, an SQL expression over the table's row.
///
/// SQLite adds one only with a default, which stays; nothing is ever inserted without a value.
pub(crate) async fn add_required(
    manager: &SchemaManager<'_>,
    table: &str,
    column: &str,
    kind: Kind,
    fill: &str,
) -> Result<(), DbErr> {
    let postgres = manager.get_database_backend() == DbBackend::Postgres;
    let (there, here, none) = match kind {
        Kind::Uuid => ("uuid", "uuid_text", "x'00000000000000000000000000000000'"),
        Kind::Integer => ("integer", "integer", "0"),
        Kind::BigInteger => ("bigint", "integer", "0"),
        Kind::Text => ("text", "text", "''"),
        Kind::Boolean => ("boolean", "boolean", "false"),
    };
    let add = if postgres {
        format!("ALTER TABLE {table} ADD COLUMN {column} {there}")
    } else {
        format!("ALTER TABLE {table} ADD COLUMN {column} {here} NOT NULL DEFAULT {none}")
    };
    let fill = format!("UPDATE {table} SET {column} = {fill}");
    run(manager, &[&add, &fill]).await?;
    if postgres {
        let required = format!("ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL");
        run(manager, &[&required]).await?;
    }
    Ok(())
}

/// A column's foreign key to the `id` of `parent`.
pub(crate) fn refers(
    table: &'static str,
    column: &'static str,
    parent: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, column)
        .to(parent, "id")
        .to_owned()
}

/// A table with an id, of a provider, that refers to others.
pub(crate) async fn tenant_table(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: Vec<ColumnDef>,
    parents: &[(&'static str, &'static str)],
) -> Result<(), DbErr> {
    let mut create = Table::create();
    create.table(table).col(uuid("id")).col(uuid("provider_id"));
    for column in columns {
        create.col(column);
    }
    create.foreign_key(&mut refers(table, "provider_id", "provider"));
    for (column, parent) in parents {
        create.foreign_key(&mut refers(table, column, parent));
    }
    create.primary_key(Index::create().col("id"));
    manager.create_table(create).await
}
