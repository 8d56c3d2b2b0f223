//! Pages of what a search finds, while the catalog grows.

use std::collections::BTreeSet;

use attestry::catalog::{
    samples::SAMPLES,
    search::{Kind, Query},
    store::search::{Filter, Found, Mode, find},
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{names, search};
use crate::support::{House, on_each_database};

on_each_database!(
    pages_go_both_ways,
    cursors_hold_while_the_catalog_grows,
    more_than_is_ranked_is_told,
    of_very_many_the_first_of_each_kind_are_ranked,
);

/// The sample of bicycles as another occupation's.
pub(super) fn another(n: usize, title: &str, version: &str) -> String {
    let mut document: Value = serde_json::from_slice(SAMPLES[1].bytes).expect("it is JSON");
    document["occupation"]["soc"] = json!(format!("{:02}-{:04}.00", 11 + n % 9, 1_000 + n));
    document["occupation"]["title"] = json!(title);
    document["framework"]["version"] = json!(version);
    document.to_string()
}

fn codes(found: &Value) -> Vec<String> {
    let edges = found["edges"].as_array().expect("a list").iter();
    let code = |edge: &Value| {
        let node = &edge["node"];
        let text = node["code"].as_str().or(node["soc"].as_str());
        text.expect("text").to_owned()
    };
    edges.map(code).collect()
}

async fn walk(house: &House, text: &str, backward: bool) -> Vec<String> {
    let (count, beyond, edge, more) = if backward {
        ("last", "before", "startCursor", "hasPreviousPage")
    } else {
        ("first", "after", "endCursor", "hasNextPage")
    };
    let (mut all, mut from) = (Vec::new(), String::new());
    loop {
        let found = search(house, text, &format!(", {count}: 3{from}")).await;
        let codes = codes(&found);
        match backward {
            true => drop(all.splice(0..0, codes)),
            false => all.extend(codes),
        }
        if found["pageInfo"][more] == false {
            return all;
        }
        assert!(all.len() < 1_000, "it never ends");
        from = format!(", {beyond}: {}", found["pageInfo"][edge]);
    }
}

async fn pages_go_both_ways(house: House) {
    house.with_samples().await;
    // In each way of searching: all words, mended, without the unknown, any, by code.
    for text in [
        "bakers",
        "bycicle",
        "borrower xylophone",
        "sourdough bicycle",
        "4",
    ] {
        let all = codes(&search(&house, text, ", first: 100").await);
        assert_eq!(walk(&house, text, false).await, all, "{text}");
        assert_eq!(walk(&house, text, true).await, all, "{text} backward");
    }
    let none = search(&house, "bakers", ", first: 0").await;
    assert_eq!(none["edges"], json!([]));
    assert!(none["totalCount"].as_u64() > Some(5));
}

async fn cursors_hold_while_the_catalog_grows(house: House) {
    let platform = house.with_samples().await;
    for n in 0..4 {
        let document = another(n, &format!("Wheel Menders {n}"), "v.1");
        house.api.import(&platform, &document).await;
    }
    for text in ["wheels", "whels", "wheel xylophone"] {
        let before = codes(&search(&house, text, ", first: 100").await);
        assert!(before.len() > 15, "{text}: {before:?}");
        let (mut seen, mut from, mut late) = (Vec::new(), String::new(), text.len() * 10);
        loop {
            let found = search(&house, text, &format!(", first: 5{from}")).await;
            seen.extend(codes(&found));
            if found["pageInfo"]["hasNextPage"] == false {
                break;
            }
            from = format!(", after: {}", found["pageInfo"]["endCursor"]);
            // One with a better title than all before, and its statements among them.
            late += 1;
            let document = another(late, "Wheel", "v.1");
            house.api.import(&platform, &document).await;
        }
        let unique: BTreeSet<_> = seen.iter().collect();
        assert_eq!(
            unique.len(),
            seen.len(),
            "{text}: something was shown twice"
        );
        seen.retain(|code| before.contains(code));
        assert_eq!(seen, before, "{text}: something was left out, or moved");
    }
}

async fn more_than_is_ranked_is_told(house: House) {
    let platform = house.bootstrap().await;
    // Each holds the word in 26 statements or so, and nothing else has this title.
    let mut document: Value =
        serde_json::from_slice(another(1, "Menders", "v.1").as_bytes()).expect("it is JSON");
    let many: Vec<_> = (0..505)
        .map(|n| json!(format!("Spanner {n} — cleans.")))
        .collect();
    document["framework"]["levels"]["emerging"]["statements"] = json!(many);
    house.api.import(&platform, &document.to_string()).await;
    let found = search(&house, "spanner", ", first: 100").await;
    assert_eq!(
        (&found["totalCount"], &found["isCapped"]),
        (&json!(500), &json!(true))
    );
    // One more in the catalog, after those: the same ones are ranked.
    house
        .api
        .import(&platform, &another(2, "Spanner Cleaners", "v.1"))
        .await;
    let again = search(&house, "spanner", ", first: 100").await;
    assert_eq!(again["totalCount"], 501);
    assert_eq!(names(&again)[0], "13-1002.00");
    assert_eq!(names(&again)[1..], names(&found)[..99]);
    assert_eq!(search(&house, "spanner 504", "").await["isCapped"], false);
}

/// The first title that is added, and the first statement.
const FROM: [i64; 2] = [1_000_000, (1 << 40) + 1_000_000];

async fn of_very_many_the_first_of_each_kind_are_ranked(house: House) {
    house.with_samples().await;
    let one = "SELECT id FROM occupation WHERE job_zone IS NOT NULL ORDER BY soc LIMIT 1";
    for (from, count, kind) in [(FROM[0], 20, "TITLE"), (FROM[1], 2_500, "STATEMENT")] {
        let sql = format!(
            "WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < {count} - 1)
            INSERT INTO search_doc (id, kind, ref_id, occupation_id, latest, title_words, words, sources)
            SELECT {from} + n, '{kind}', ({one}), CASE WHEN n % 2 = 0 THEN ({one}) END, true, 0,
                CASE WHEN n % 100 = 0 THEN 'zymurgi rare' ELSE 'zymurgi' END, '' FROM n"
        );
        let done = house.db().execute_unprepared(&sql).await;
        done.expect("it is sound");
    }
    let found = async |text: &str, filter: Filter| -> Found {
        let terms = Query::parse(text).terms;
        let found = find(house.db(), &terms, Mode::All, &filter).await;
        found.expect("no text is an error")
    };
    let ids = |from: i64, count: i64, step: usize| (from..from + count).step_by(step);
    let all = found("zymurgy", Filter::default()).await;
    let expected: Vec<_> = ids(FROM[0], 20, 1).chain(ids(FROM[1], 500, 1)).collect();
    assert_eq!((all.ids, all.capped), (expected, true));
    let rare = found("zymurgy rare", Filter::default()).await;
    let expected: Vec<_> = ids(FROM[0], 20, 100)
        .chain(ids(FROM[1], 2_500, 100))
        .collect();
    assert_eq!((rare.ids, rare.capped), (expected, false));
    let statements = Filter {
        kinds: vec![Kind::Statement],
        ..Filter::default()
    };
    let of_kind = found("zymurgy", statements).await;
    assert_eq!(of_kind.ids, ids(FROM[1], 500, 1).collect::<Vec<_>>());
    let zones = Filter {
        job_zones: vec![1, 2, 3, 4, 5],
        latest_only: true,
        ..Filter::default()
    };
    let of_zones = found("zymurgy", zones).await;
    let expected: Vec<_> = ids(FROM[0], 20, 2).chain(ids(FROM[1], 1_000, 2)).collect();
    assert_eq!((of_zones.ids, of_zones.capped), (expected, true));
}
