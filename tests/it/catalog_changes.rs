//! What a process holds in memory of the catalog is let go when the catalog changes, whoever
//! changed it.

use std::time::Duration;

use attestry::catalog::{ops::browse, store::catalog_changes};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::support::{House, on_each_database};

on_each_database!(
    each_change_of_the_catalog_is_counted,
    what_another_process_changes_is_seen,
    what_is_published_here_is_seen_at_once,
);

async fn each_change_of_the_catalog_is_counted(house: House) {
    house.with_samples().await;
    let db = house.app.db.public();
    let run = async |sql: &str| {
        let before = catalog_changes(db).await.expect("it is there");
        db.execute_unprepared(sql).await.expect("it is sound");
        catalog_changes(db).await.expect("it is there") > before
    };
    let copy = "INSERT INTO occupation SELECT {id}, '99-9999.00', title, title_folded, major_group,
        sector, job_zone, job_zone_inferred, updated_at FROM occupation LIMIT 1";
    let id = match house.app.db.is_postgres() {
        true => "'00000000-0000-8000-8000-000000000001'",
        false => "x'00000000000080008000000000000001'",
    };
    let copy = copy.replace("{id}", id);
    for sql in [
        copy.as_str(),
        "UPDATE occupation SET title = title WHERE soc = '99-9999.00'",
        "DELETE FROM occupation WHERE soc = '99-9999.00'",
        "UPDATE framework SET family = family",
        "UPDATE framework_version SET state = state",
        "DELETE FROM search_doc",
    ] {
        assert!(run(sql).await, "{sql}");
    }
    // What is never held, or never changes, does not count.
    for sql in [
        "UPDATE provider SET name = name",
        "UPDATE statement SET code = code",
    ] {
        assert!(!run(sql).await, "{sql}");
    }
}

async fn what_another_process_changes_is_seen(house: House) {
    house.with_samples().await;
    let app = &house.app;
    let page = house
        .api
        .send(
            None,
            "{ occupations(first: 1) { nodes { soc } } }",
            json!({}),
        )
        .await;
    let soc = page.text("/occupations/nodes/0/soc");
    let title = async || {
        let found = browse::occupation(app, &soc).await;
        let row = found.expect("the database works").expect("it is there");
        let same = browse::occupations_by_id(app, &[row.id]).await;
        assert_eq!(
            same.expect("the database works"),
            std::slice::from_ref(&row)
        );
        let versions = browse::versions_of(app, &[row.id]).await;
        let versions = versions.expect("the database works");
        (row.title, versions[&row.id].len())
    };
    let (before, versions) = title().await;
    // Not through this process's own way to write, which it would hear of.
    let sql = format!("UPDATE occupation SET title = 'Renamed elsewhere' WHERE soc = '{soc}'");
    let done = app.db.public().execute_unprepared(&sql).await;
    done.expect("it is sound");
    assert_ne!(before, "Renamed elsewhere");
    let mut seen = title().await;
    for _ in 0..600 {
        if seen.0 != before {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        seen = title().await;
    }
    assert_eq!(seen, ("Renamed elsewhere".to_owned(), versions));
}

async fn what_is_published_here_is_seen_at_once(house: House) {
    let platform = house.bootstrap().await;
    let query = "{ occupations(first: 9) { nodes { frameworkVersions { label } } } }";
    let document = |label: &str| {
        let text = std::str::from_utf8(attestry::catalog::samples::SAMPLES[0].bytes);
        let mut document: serde_json::Value =
            serde_json::from_str(text.expect("it is UTF-8")).expect("it is JSON");
        document["framework"]["version"] = json!(label);
        document.to_string()
    };
    for (n, label) in ["1.0", "1.1", "1.2"].into_iter().enumerate() {
        house.api.import(&platform, &document(label)).await;
        let answer = house.api.send(None, query, json!({})).await;
        let newest = answer.text("/occupations/nodes/0/frameworkVersions/0/label");
        assert_eq!(newest, label);
        let last = format!("/occupations/nodes/0/frameworkVersions/{n}/label");
        assert_eq!(answer.text(&last), "1.0");
    }
}
