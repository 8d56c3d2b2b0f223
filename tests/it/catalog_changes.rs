//! What a process holds in memory of the catalog is let go when the catalog changes, whoever
//! changed it.

use std::time::{Duration, Instant};

use attestry::{
    app::App,
    catalog::{
        ops::{
            browse,
            search::{SearchFilter, search},
        },
        samples::SAMPLES,
        store::catalog_changes,
    },
    kernel::pages::PageRequest,
};
use entity::{framework, framework_version, occupation};
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{House, on_each_database};

on_each_database!(
    each_change_of_the_catalog_is_counted,
    what_another_process_changes_is_seen,
    what_is_published_here_is_seen_at_once,
    what_is_asked_for_twice_is_there_once,
    the_count_is_looked_at_once_a_second,
);

const COPY: Uuid = Uuid::from_u128(1);

/// Adds a framework with a version, by the rows of others, past this process's own way to write.
async fn copy_a_framework(house: &House, of: &str) {
    let db = house.app.db.public();
    let own = framework::Entity::find().order_by_asc(framework::Column::Id);
    let all = own.all(db).await.expect("rows");
    let occupation = browse::occupation(&house.app, of).await.expect("a row");
    let occupation = occupation.expect("it is there").id;
    let own = all
        .into_iter()
        .find(|f| f.occupation_id == Some(occupation));
    let own = own.expect("a framework of it");
    let version = framework_version::Entity::find().all(db).await;
    let version = version.expect("rows").into_iter();
    let mut version = version
        .clone()
        .find(|v| v.framework_id == own.id)
        .expect("a version");
    let copy = framework::Model {
        id: COPY,
        key: "custom/copy".to_owned(),
        ..own
    };
    let done = framework::Entity::insert(copy.into_active_model())
        .exec_without_returning(db)
        .await;
    done.expect("it is sound");
    version.id = COPY;
    version.framework_id = COPY;
    let done = framework_version::Entity::insert(version.into_active_model())
        .exec_without_returning(db)
        .await;
    done.expect("it is sound");
}

async fn each_change_of_the_catalog_is_counted(house: House) {
    house.with_samples().await;
    let db = house.app.db.public();
    let count = async || catalog_changes(db).await.expect("it is there");
    let run = async |sql: &str| {
        let before = count().await;
        db.execute_unprepared(sql).await.expect("it is sound");
        count().await - before
    };
    let rows = occupation::Entity::find().all(db).await.expect("rows");
    let copy = occupation::Model {
        id: COPY,
        soc: "99-9999.00".to_owned(),
        ..rows[0].clone()
    };
    let before = count().await;
    let done = occupation::Entity::insert(copy.into_active_model())
        .exec_without_returning(db)
        .await;
    done.expect("it is sound");
    assert_eq!(count().await - before, 1);
    let before = count().await;
    copy_a_framework(&house, SAMPLES[0].soc).await;
    assert_eq!(count().await - before, 2);
    let copy = match house.app.db.is_postgres() {
        true => format!("'{COPY}'"),
        false => format!("x'{}'", COPY.simple()),
    };
    for sql in [
        "UPDATE occupation SET title = title WHERE id = {}",
        "DELETE FROM occupation WHERE id = {}",
        "UPDATE framework_version SET state = state WHERE id = {}",
        "DELETE FROM framework_version WHERE id = {}",
        "UPDATE framework SET family = family WHERE id = {}",
        "DELETE FROM framework WHERE id = {}",
    ] {
        assert_eq!(run(&sql.replace("{}", &copy)).await, 1, "{sql}");
    }
    assert!(run("DELETE FROM search_doc").await > 0);
    // What is never held, or never changes, does not count.
    for sql in [
        "UPDATE provider SET name = name",
        "UPDATE statement SET code = code",
    ] {
        assert_eq!(run(sql).await, 0, "{sql}");
    }
}

/// What is held of an occupation: its title, how many versions it has, its job zone as a search
/// for its title counts it.
async fn told(app: &App, soc: &str) -> (String, usize, Vec<i32>) {
    let found = browse::occupation(app, soc).await;
    let row = found.expect("the database works").expect("it is there");
    let same = browse::occupations_by_id(app, &[row.id]).await;
    assert_eq!(same.expect("the database works").len(), 1);
    let versions = browse::versions_of(app, &[row.id]).await;
    let versions = versions.expect("the database works")[&row.id].len();
    let page = PageRequest::from_relay(Some(1), None, None, None).expect("it is sound");
    let hits = search(app, SAMPLES[0].soc, &SearchFilter::default(), &page).await;
    let zones = hits.expect("the database works").facets().job_zones;
    (row.title, versions, zones.into_keys().collect())
}

async fn what_another_process_changes_is_seen(house: House) {
    house.with_samples().await;
    let (app, soc) = (&house.app, SAMPLES[0].soc);
    let before = told(app, soc).await;
    // Not through this process's own way to write, which it would hear of.
    let sql = format!("UPDATE occupation SET title = 'Renamed', job_zone = 5 WHERE soc = '{soc}'");
    let done = app.db.public().execute_unprepared(&sql).await;
    done.expect("it is sound");
    copy_a_framework(&house, soc).await;
    let after = ("Renamed".to_owned(), before.1 + 1, vec![5]);
    assert_ne!(before, after);
    let mut seen = told(app, soc).await;
    for _ in 0..600 {
        if seen == after {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        seen = told(app, soc).await;
    }
    assert_eq!(seen, after);
    // A count that went back is another database's.
    let sql = "UPDATE catalog_state SET changes = 1";
    let done = app.db.public().execute_unprepared(sql).await;
    done.expect("it is sound");
    let sql = format!("UPDATE occupation SET title = 'Restored' WHERE soc = '{soc}'");
    let done = app.db.public().execute_unprepared(&sql).await;
    done.expect("it is sound");
    for _ in 0..600 {
        if seen.0 == "Restored" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        seen = told(app, soc).await;
    }
    assert_eq!(seen.0, "Restored");
}

/// The first sample as another version.
fn document(label: &str) -> String {
    let mut document: Value = serde_json::from_slice(SAMPLES[0].bytes).expect("it is JSON");
    document["framework"]["version"] = json!(label);
    document.to_string()
}

async fn what_is_published_here_is_seen_at_once(house: House) {
    let platform = house.bootstrap().await;
    let query = "{ occupations(first: 9) { nodes { frameworkVersions { label } } } }";
    for (n, label) in ["1.0", "1.1", "1.2"].into_iter().enumerate() {
        house.api.import(&platform, &document(label)).await;
        let answer = house.api.send(None, query, json!({})).await;
        let newest = answer.text("/occupations/nodes/0/frameworkVersions/0/label");
        assert_eq!(newest, label);
        let last = format!("/occupations/nodes/0/frameworkVersions/{n}/label");
        assert_eq!(answer.text(&last), "1.0");
    }
}

async fn what_is_asked_for_twice_is_there_once(house: House) {
    house.with_samples().await;
    let soc = SAMPLES[0].soc.to_owned();
    // Of a process that holds nothing yet, and of one that holds it.
    let app = &house.set_up(house.app.config.clone());
    for _ in 0..2 {
        let rows = browse::occupations_by_soc(app, &[soc.clone(), soc.clone()]).await;
        let [row] = &rows.expect("the database works")[..] else {
            panic!("not one row");
        };
        let rows = browse::occupations_by_id(app, &[row.id, row.id]).await;
        assert_eq!(rows.expect("the database works").len(), 1);
        let versions = browse::versions_of(app, &[row.id, row.id]).await;
        let versions = versions.expect("the database works");
        assert_eq!((versions.len(), versions[&row.id].len()), (1, 1));
    }
}

async fn the_count_is_looked_at_once_a_second(house: House) {
    let platform = house.with_samples().await;
    let app = house.set_up(house.app.config.clone());
    let began = Instant::now();
    for _ in 0..500 {
        told(&app, SAMPLES[0].soc).await;
    }
    let looks = app.recent.looks();
    assert!(looks >= 1);
    assert!(looks <= 2 + began.elapsed().as_secs(), "{looks}");
    // And after each commit of its own.
    house.api.import(&platform, &document("9.9")).await;
    let before = app.recent.looks();
    told(&app, SAMPLES[0].soc).await;
    assert!(app.recent.looks() > before);
}
