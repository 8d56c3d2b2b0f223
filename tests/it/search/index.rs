//! What is in the index, and when.

use attestry::catalog::{
    ops::{
        import,
        search::{catch_up, settle},
    },
    samples::SAMPLES,
    search::Kind,
    store::search::{Titles, index_titles},
};
use attestry::kernel::db::Reach;
use entity::search_doc;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, QueryOrder, Statement};
use serde_json::Value;

use super::{names, pages::another, search};
use crate::support::{House, on_each_database};

on_each_database!(
    importing_again_adds_nothing,
    only_the_newest_version_unless_asked,
    what_is_refused_cannot_be_found,
    an_older_catalog_is_found_once_it_was_opened,
    occupations_are_found_by_other_titles,
    in_one_piece_or_many_the_same_is_found,
);

async fn documents(house: &House) -> Vec<search_doc::Model> {
    let all = search_doc::Entity::find().order_by_asc(search_doc::Column::Id);
    all.all(house.db()).await.expect("the database works")
}

async fn importing_again_adds_nothing(house: House) {
    let platform = house.with_samples().await;
    let before = documents(&house).await;
    assert_eq!(before.len(), 3 + 72);
    for sample in SAMPLES {
        let document = std::str::from_utf8(sample.bytes).expect("samples are UTF-8");
        house.api.import(&platform, document).await;
    }
    assert_eq!(documents(&house).await, before);
    assert_eq!(catch_up(&house.app.operator()).await.expect("it works"), 0);
    assert_eq!(documents(&house).await, before);
}

async fn only_the_newest_version_unless_asked(house: House) {
    let platform = house.bootstrap().await;
    let everywhere = ", filter: {latestOnly: false}";
    for (version, title, newest, all) in [
        ("v.9", "Menders", 1, 1),
        ("v.26", "Wheel Menders", 1, 2),
        // Older, and later: it changes nothing of what is newest.
        ("v.1", "Spokes", 1, 3),
    ] {
        house
            .api
            .import(&platform, &another(1, title, version))
            .await;
        let found = search(&house, "derailleur", "").await;
        assert_eq!(found["totalCount"], newest, "{version}");
        let found = search(&house, "derailleur", everywhere).await;
        assert_eq!(found["totalCount"], all, "{version}");
    }
    let found = search(&house, "derailleur", "").await;
    let code = found["edges"][0]["node"]["code"].as_str().expect("text");
    assert!(code.contains("/v.26/"), "{code}");
    // The occupation is found by its present title.
    assert_eq!(names(&search(&house, "menders", "").await), ["12-1001.00"]);
    assert_eq!(
        names(&search(&house, "wheel menders", "").await),
        ["12-1001.00"]
    );
    let occupations = ", filter: {kinds: [OCCUPATION]}";
    assert_eq!(search(&house, "spokes", occupations).await["totalCount"], 0);
}

async fn what_is_refused_cannot_be_found(house: House) {
    let platform = house.with_samples().await;
    let before = documents(&house).await;
    // The second of these has other content under the label of a version that is published.
    let changed = another(1, "Otters", "v.1").replace("Derailleur", "Otter");
    house
        .api
        .import(&platform, &another(1, "Menders", "v.1"))
        .await;
    let read = |text: &str| import::read_document(text.as_bytes()).expect("it is sound");
    let documents_of = vec![read(&changed), read(&another(2, "Tinkers", "v.1"))];
    let told = import::import_documents(&house.app.operator(), documents_of).await;
    let told = told.expect("the database works");
    assert!(told[0].is_err() && told[1].is_ok());
    assert_eq!(search(&house, "otters", "").await["totalCount"], 0);
    assert_eq!(names(&search(&house, "tinkers", "").await), ["13-1002.00"]);
    assert_eq!(documents(&house).await.len(), before.len() + 2 * (24 + 1));
}

async fn an_older_catalog_is_found_once_it_was_opened(house: House) {
    let platform = house.with_samples().await;
    house
        .api
        .import(&platform, &another(1, "Menders", "v.1"))
        .await;
    house
        .api
        .import(&platform, &another(1, "Menders", "v.2"))
        .await;
    let without_ids = |all: Vec<search_doc::Model>| {
        let mut all: Vec<_> = all
            .into_iter()
            .map(|d| (d.ref_id, search_doc::Model { id: 0, ..d }))
            .collect();
        all.sort_by_key(|(id, _)| *id);
        all
    };
    let before = without_ids(documents(&house).await);
    // As a catalog is that was there before the index, and one that a crash left half indexed.
    for sql in [
        "DELETE FROM search_doc",
        "DELETE FROM search_doc WHERE soc_group = '49' OR kind = 'OCCUPATION'",
    ] {
        let done = house.db().execute_unprepared(sql).await;
        done.expect("the database works");
        assert_eq!(
            search(&house, "bakers", ", filter: {kinds: [OCCUPATION]}").await["totalCount"],
            0
        );
        let op = house.app.operator();
        // Two replicas that start at once.
        let (one, other) = tokio::join!(catch_up(&op), catch_up(&op));
        assert!(one.expect("it works") + other.expect("it works") > 0);
        assert!(is_settled(&house).await);
        assert_eq!(without_ids(documents(&house).await), before, "{sql}");
        assert_eq!(names(&search(&house, "bakers", "").await)[0], "51-3011.00");
        let found = search(&house, "derailleur", "").await;
        assert_eq!(found["totalCount"], 2, "{sql}");
    }
    let count = search_doc::Entity::find().count(house.db()).await;
    assert_eq!(
        count.expect("the database works"),
        u64::try_from(before.len()).expect("small")
    );
}

async fn occupations_are_found_by_other_titles(house: House) {
    house.with_samples().await;
    let all = entity::occupation::Entity::find().all(house.db()).await;
    let all = all.expect("the database works");
    let occupation = |soc: &str| {
        let found = all.iter().find(|o| o.soc == soc);
        found.expect("it is there").id
    };
    let index = async |bicycles: &[&str], bakers: &[&str]| {
        let titles = |soc, titles: &[&'static str]| Titles {
            occupation: occupation(soc),
            soc_group: soc.get(..2).expect("a SOC code"),
            titles: titles.to_vec(),
        };
        let bicycles: Vec<&'static str> = bicycles.iter().map(|t| leak(t)).collect();
        let bakers: Vec<&'static str> = bakers.iter().map(|t| leak(t)).collect();
        let both = [
            titles("49-3091.00", &bicycles),
            titles("51-3011.00", &bakers),
        ];
        let tx = house
            .app
            .db
            .write_tx(Reach::System)
            .await
            .expect("it begins");
        let done = index_titles(&*tx, Kind::Title, &both).await;
        done.expect("the database works");
        tx.commit().await.expect("it commits");
    };
    let mechanics = ["Cycle Mechanic", "Bicycle Mechanic", "Wheel Builder"];
    index(&mechanics, &["Pastry Cook"]).await;
    let found = search(&house, "mechanics", "").await;
    // Once, by the better of two titles; its own title is none of them.
    assert_eq!(names(&found), ["49-3091.00"]);
    assert_eq!(found["edges"][0]["matchedTitle"], "Cycle Mechanic");
    assert_eq!(found["facets"]["kinds"][0]["count"], 1);
    assert_eq!(names(&search(&house, "pastry", "").await)[0], "51-3011.00");
    // Its own title before another.
    let found = search(&house, "bicycle", ", filter: {kinds: [OCCUPATION]}").await;
    assert_eq!(found["totalCount"], 1);
    assert_eq!(found["edges"][0]["matchedTitle"], Value::Null);
    // Mistakes in other titles are mended, too, and in those that came later.
    assert_eq!(search(&house, "mecanic", "").await["corrected"], "mechanic");
    let before = documents(&house).await;
    index(&mechanics, &["Pastry Cook"]).await;
    assert_eq!(
        documents(&house).await,
        before,
        "the same again changes nothing"
    );
    index(&["Cycle Fitter"], &["Pastry Cook"]).await;
    assert_eq!(search(&house, "mechanics", "").await["totalCount"], 0);
    assert_eq!(search(&house, "fiters", "").await["corrected"], "fitter");
    assert_eq!(names(&search(&house, "pastry", "").await)[0], "51-3011.00");
    index(&[], &[]).await;
    assert_eq!(documents(&house).await.len(), 3 + 72);
}

fn leak(text: &str) -> &'static str {
    text.to_owned().leak()
}

async fn number(house: &House, sql: &str) -> i64 {
    let db = house.db();
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.expect("it is sound");
    row.expect("a row").try_get("", "n").expect("a number")
}

/// Whether the index is in the form that is read fastest: SQLite's in one piece, of PostgreSQL's
/// words known how frequent they are.
async fn is_settled(house: &House) -> bool {
    let sql = match house.app.db.is_postgres() {
        true => {
            "SELECT count(*) AS n FROM pg_stats WHERE tablename = 'search_doc' AND attname = 'stems'"
        }
        false => "SELECT count(DISTINCT id >> 37) AS n FROM search_fts_data WHERE id > 10",
    };
    number(house, sql).await == 1
}

/// Whether SQLite's index holds what its documents do, and the starts of their words.
async fn is_sound(house: &House) -> bool {
    if house.app.db.is_postgres() {
        return true;
    }
    let check = "INSERT INTO search_fts (search_fts, rank) VALUES ('integrity-check', 1)";
    let checked = house.db().execute_unprepared(check).await;
    let starts = "SELECT count(*) AS n FROM sqlite_master
        WHERE name = 'search_fts' AND sql LIKE '%prefix=''3 4''%'";
    checked.is_ok() && number(house, starts).await == 1
}

async fn in_one_piece_or_many_the_same_is_found(house: House) {
    let platform = house.with_samples().await;
    for n in 1..5 {
        let document = another(n, "Menders of Bicycles", "v.1");
        house.api.import(&platform, &document).await;
    }
    // PostgreSQL may have counted by itself.
    assert!(house.app.db.is_postgres() || !is_settled(&house).await);
    // Starts of words, of as many letters as are kept, of fewer and of more.
    let texts = [
        "bi", "bic", "bicy", "bicyc", "customer", "the cust", "men bak",
    ];
    let all = async || {
        let mut all = Vec::new();
        for text in texts {
            all.push(search(&house, text, "").await);
        }
        all
    };
    let before = all().await;
    assert!(before[1]["totalCount"].as_u64() > Some(5), "{before:?}");
    settle(&house.app.operator()).await;
    assert!(is_settled(&house).await && is_sound(&house).await);
    assert_eq!(all().await, before);
    // As an older catalog has it, and then made anew of what is there.
    Migrator::down(house.db(), Some(1))
        .await
        .expect("it goes down");
    if !house.app.db.is_postgres() {
        assert!(!is_sound(&house).await);
        assert_eq!(all().await, before);
    }
    Migrator::up(house.db(), None)
        .await
        .expect("it goes up again");
    assert!(is_settled(&house).await && is_sound(&house).await);
    assert_eq!(all().await, before);
    // It still follows what is written, and what is taken away.
    let document = another(6, "Menders of Bicycles", "v.1");
    house.api.import(&platform, &document).await;
    assert_ne!(all().await, before);
    assert!(is_sound(&house).await);
    let gone = "DELETE FROM search_doc WHERE occupation_id =
        (SELECT id FROM occupation ORDER BY soc LIMIT 1)";
    let done = house.db().execute_unprepared(gone).await;
    done.expect("the database works");
    assert!(is_sound(&house).await);
    settle(&house.app.operator()).await;
    assert!(is_settled(&house).await && is_sound(&house).await);
}
