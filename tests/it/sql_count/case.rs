//! The CASE endpoints: as many statements for a page or a package that is long as for a short one.

use attestry::catalog::ops::import::import_framework;
use serde_json::{Value, json};

use super::{framework, publish, soc};
use crate::support::{Api, House, on_each_database};

on_each_database!(pages_of_documents, packages, parts_of_packages);

/// Statements of a request, put to a process that has just started, and how many things are in
/// `list` of what it answers.
async fn counted(house: &House, path: &str, list: &str) -> (u64, usize) {
    let app = house.set_up(house.app.config.clone());
    let before = app.db.statements();
    let answer = Api::of(&app).get(&format!("/ims/case/v1p1/{path}")).await;
    assert_eq!(answer.status, 200, "{path}: {answer:?}");
    let there = answer.body[list].as_array().map_or(1, Vec::len);
    (app.db.statements() - before, there)
}

/// A package of others with so many items.
fn package(number: usize, items: usize) -> String {
    let id = |n: usize| format!("{number:08x}-0b1a-4c5d-8e9f-{n:012x}");
    let item = |n: usize| {
        json!({
            "identifier": id(n), "uri": format!("https://x.example/{n}"),
            "fullStatement": format!("Ties knot {n}."), "lastChangeDateTime": "2026-02-03T04:05:06Z"
        })
    };
    let items: Vec<Value> = (1..=items).map(item).collect();
    let package = json!({
        "CFDocument": {
            "identifier": id(0), "uri": "https://x.example/0", "creator": "Harbour School",
            "title": format!("Knots {number}"), "version": "1",
            "lastChangeDateTime": "2026-02-03T04:05:06Z"
        },
        "CFItems": items, "CFAssociations": []
    });
    package.to_string()
}

async fn import(house: &House, document: &str) -> String {
    let done = import_framework(&house.app.operator(), document.as_bytes()).await;
    done.expect("it is sound").version.to_string()
}

async fn pages_of_documents(house: House) {
    publish(&house.app).await;
    for number in 1..=20 {
        import(&house, &package(number, 1)).await;
    }
    // Which versions there are, which were imported, and of the page the rows, what became of
    // them, and what their packages said.
    // A page holds a hundred at most.
    for limit in [1, 10, 200] {
        let there = limit.min(100);
        let path = format!("CFDocuments?limit={limit}");
        let found = counted(&house, &path, "CFDocuments").await;
        assert_eq!(found, (5, there), "{path}");
        let path = format!("CFDocuments?limit={limit}&sort=title&filter=version>='0'");
        let path = path.replace('>', "%3E").replace('\'', "%27");
        let found = counted(&house, &path, "CFDocuments").await;
        assert_eq!(found, (5, there), "{path}");
    }
}

async fn packages(house: House) {
    for (n, items) in [(1, 3), (2, 40), (3, 800)] {
        let foreign = import(&house, &package(n, items)).await;
        let own = import(&house, &framework(&soc(n), "v.1", items)).await;
        let path = format!("CFPackages/{foreign}");
        assert_eq!(counted(&house, &path, "CFItems").await, (9, items));
        // Besides its statements, the level.
        let path = format!("CFPackages/{own}");
        assert_eq!(counted(&house, &path, "CFItems").await, (9, items + 1));
    }
}

async fn parts_of_packages(house: House) {
    for (n, items) in [(1, 3), (2, 40), (3, 800)] {
        import(&house, &package(n, items)).await;
        let item = format!("{n:08x}-0b1a-4c5d-8e9f-{items:012x}");
        for (path, expected) in [
            (format!("CFDocuments/{n:08x}-0b1a-4c5d-8e9f-{:012x}", 0), 4),
            (format!("CFItems/{item}"), 9),
            (format!("CFItemAssociations/{item}"), 9),
        ] {
            let (statements, _) = counted(&house, &path, "").await;
            assert_eq!(statements, expected, "{path}");
        }
    }
}
