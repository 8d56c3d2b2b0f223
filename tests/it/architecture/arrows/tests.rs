//! The checker itself, on made-up sources: it must pass what is right and tell what is wrong.

use super::wrong_arrows;

/// The wrong arrows of one made-up file in a small house, as "line from → to".
fn judged(path: &str, text: &str) -> Vec<String> {
    let house = [
        "src/lib.rs",
        "src/catalog/mod.rs",
        "src/catalog/ops/mod.rs",
        "src/catalog/model.rs",
    ];
    let mut sources: Vec<_> = house.map(|path| (path.to_owned(), String::new())).into();
    sources.retain(|(other, _)| other != path);
    sources.push((path.to_owned(), text.to_owned()));
    let short = |sentence: String| {
        let told = sentence
            .strip_prefix(&format!("{path}:"))
            .expect("names the file");
        let (line, told) = told.split_once(": ").expect("names the line");
        let arrow = told.split(": ").next().expect("names the arrow");
        format!("{line} {arrow}")
    };
    wrong_arrows(&sources).into_iter().map(short).collect()
}

#[test]
fn right_arrows_pass() {
    let cases = [
        ("src/main.rs", "fn main() { attestry::cli::run() }"),
        (
            "src/cli/serve.rs",
            "use crate::{web, config::Config}; use tokio::net;",
        ),
        ("src/cli/schema.rs", "fn f() { crate::graphql::schema() }"),
        (
            "src/web/router.rs",
            "use crate::graphql::schema; use axum::Router;",
        ),
        (
            "src/graphql/query/catalog.rs",
            "use crate::catalog::{model::Level, ops}; use async_graphql::Object;",
        ),
        (
            "src/catalog/ops/import.rs",
            "use super::super::{store, rules}; use crate::kernel::db::write_tx; use crate::app::Op;",
        ),
        (
            "src/catalog/ops/mod.rs",
            "use crate::identity::{policy::Permission, actor::Actor};",
        ),
        (
            "src/identity/audit.rs",
            "use crate::app::Op; use entity::audit_record; use sea_orm::ConnectionTrait;",
        ),
        ("src/assessment/ops/plans.rs", "use crate::identity::audit;"),
        (
            "src/catalog/store.rs",
            "use entity::occupation; use sea_orm::{EntityTrait, QueryFilter};",
        ),
        (
            "src/credential/build.rs",
            "use crate::assessment::model; use crate::catalog::model::{self, Level}; use crate::kernel::ids;",
        ),
        (
            "src/credential/ops.rs",
            "use crate::assessment::ops::demonstration;",
        ),
        (
            "src/catalog/rules.rs",
            "#[cfg(test)] mod tests { use tokio::test; use crate::web; }",
        ),
        ("src/catalog/rules/tests.rs", "use tokio::test;"),
        (
            "src/catalog/rules.rs",
            "//! Not even `use tokio::x` here.\nfn f(web: u8, entity: u8) -> u8 { web + entity }",
        ),
        ("entity/src/lib.rs", "use sea_orm::entity::prelude::*;"),
        ("migration/src/lib.rs", "use sea_orm_migration::prelude::*;"),
    ];
    for (path, text) in cases {
        assert_eq!(judged(path, text), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn wrong_arrows_are_told() {
    let cases = [
        (
            "src/main.rs",
            "fn main() { attestry::web::run() }",
            "1 main → web",
        ),
        ("src/web/x.rs", "use crate::cli::serve;", "1 web → cli"),
        (
            "src/web/x.rs",
            "\nuse crate::{app, catalog::{ops, store::find}};",
            "2 web → catalog::store",
        ),
        ("src/web/x.rs", "use entity::occupation;", "1 web → entity"),
        (
            "src/catalog/rules/x.rs",
            "impl From<entity::occupation::Model> for X {}",
            "1 catalog::pure → entity",
        ),
        (
            "src/graphql/loaders.rs",
            "use {std::fmt, sea_orm::EntityTrait};",
            "1 graphql → sea_orm",
        ),
        (
            "src/graphql/x.rs",
            "use crate::web::router;",
            "1 graphql → web",
        ),
        (
            "src/graphql/x.rs",
            "fn f() { db.write_tx(|tx| 1) }",
            "1 graphql → write_tx",
        ),
        (
            "src/catalog/store.rs",
            "use crate::kernel::db::{write_tx, Db, write_tx as begin};",
            "1 catalog::store → write_tx",
        ),
        (
            "src/catalog/store.rs",
            "use super::ops;",
            "1 catalog::store → catalog::ops",
        ),
        (
            "src/catalog/mod.rs",
            "pub use ops::publish;",
            "1 catalog::pure → catalog::ops",
        ),
        (
            "src/catalog/ops.rs",
            "use sea_orm::TransactionTrait;",
            "1 catalog::ops → TransactionTrait",
        ),
        (
            "src/catalog/ops.rs",
            "use crate::assessment::model::Plan;",
            "1 catalog::ops → assessment::pure",
        ),
        (
            "src/catalog/ops.rs",
            "use crate::identity::store;",
            "1 catalog::ops → identity::store",
        ),
        (
            "src/catalog/ops.rs",
            "use crate::identity;",
            "1 catalog::ops → identity::mod",
        ),
        (
            "src/web/x.rs",
            "use entity::occupation::Model as Row;",
            "1 web → entity",
        ),
        (
            "src/assessment/rules.rs",
            "use crate::credential::status;",
            "1 assessment::pure → credential::pure",
        ),
        (
            "src/catalog/import/plan.rs",
            "use tokio::fs;",
            "1 catalog::pure → tokio",
        ),
        (
            "src/credential/sign.rs",
            "fn f() {\n  let x = ::axum::Json(1);\n}",
            "2 credential::pure → axum",
        ),
        (
            "src/credential/verify/time.rs",
            "#[derive(async_graphql::Enum)] enum E {}",
            "1 credential::pure → async_graphql",
        ),
        (
            "src/credential/build.rs",
            "use crate::kernel;",
            "1 credential::pure → kernel::db",
        ),
        (
            "src/credential/build.rs",
            "use crate::app::Op;",
            "1 credential::pure → app",
        ),
        (
            "src/identity/policy.rs",
            "use sea_orm::DbErr;",
            "1 identity::policy → sea_orm",
        ),
        (
            "src/kernel/errors.rs",
            "use crate::catalog::model;",
            "1 kernel → catalog::pure",
        ),
        (
            "migration/src/m1.rs",
            "use entity::occupation;",
            "1 migration → entity",
        ),
        (
            "entity/src/x.rs",
            "use async_graphql::SimpleObject;",
            "1 entity → async_graphql",
        ),
        ("src/helpers.rs", "", "1 helpers is no room"),
    ];
    for (path, text, expected) in cases {
        assert_eq!(judged(path, text), [expected], "{path}: {text}");
    }
}
