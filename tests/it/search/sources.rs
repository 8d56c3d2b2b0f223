//! Searching by what statements cite.

use attestry::catalog::{ops::search::catch_up, samples::WIDE_SAMPLE};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{names, search};
use crate::support::{House, on_each_database};

on_each_database!(statements_are_found_by_what_they_cite);

async fn statements_are_found_by_what_they_cite(house: House) {
    let platform = house.with_samples().await;
    let document = std::str::from_utf8(WIDE_SAMPLE.bytes).expect("UTF-8");
    house.api.import(&platform, document).await;
    // One cites the survey, the other the index besides.
    let all = search(&house, "customer counter", "").await;
    let expected = [("Bench Index", 1), ("Counter Survey 2026", 2)];
    assert_eq!(all["facets"]["sources"], counts(&expected));
    let found = search(&house, "customers", "").await;
    let expected = [("Bench Index", 1), ("Counter Survey 2026", 4)];
    assert_eq!(found["facets"]["sources"], counts(&expected), "{found}");
    let total = found["totalCount"].as_u64().expect("a number");
    assert!(total > 4, "some cite nothing: {total}");
    for (sources, expected) in [
        ("\"Counter Survey 2026\"", 4),
        ("\"counter-survey\"", 4),
        ("\"Bench Index\"", 1),
        ("\"bench-index\", \"counter-survey\"", 4),
        ("\"Durable List\"", 0),
        ("\"Counter\"", 0),
        ("\"counter survey 2026\"", 0),
        ("\"%\"", 0),
        ("\"' OR 1=1 --\"", 0),
        ("\"\"", 0),
    ] {
        let filter = format!(", filter: {{sources: [{sources}]}}");
        let found = search(&house, "customers", &filter).await;
        assert_eq!(found["totalCount"], expected, "{sources}");
        assert_eq!(names(&found).len(), expected, "{sources}");
    }
    let none = search(&house, "customers", ", filter: {sources: []}").await;
    assert_eq!(none["totalCount"], total, "an empty list is no condition");
    // Occupations cite nothing, not even by their codes.
    let with = |kind: &str| format!(", filter: {{sources: [\"counter-survey\"], kinds: [{kind}]}}");
    assert_eq!(
        search(&house, "baristas", &with("OCCUPATION")).await["totalCount"],
        0
    );
    assert_eq!(
        search(&house, "35-3023", &with("OCCUPATION")).await["totalCount"],
        0
    );
    // One of two sources.
    let list = ", filter: {sources: [\"durable-list\"], families: [DURABLE_SKILLS]}";
    let found = search(&house, "queue", list).await;
    assert_eq!(names(&found), ["Long queue"]);
    let expected = [("Counter Survey 2026", 1), ("Durable List", 1)];
    assert_eq!(found["facets"]["sources"], counts(&expected));

    // As the migration leaves a catalog that is older than this.
    let stale = "DELETE FROM search_doc WHERE version_id IN
        (SELECT id FROM framework_version WHERE cited <> '[]')";
    let done = house.db().execute_unprepared(stale).await;
    done.expect("the database works");
    assert_eq!(search(&house, "queue", list).await["totalCount"], 0);
    let op = house.app.operator();
    assert_eq!(catch_up(&op).await.expect("it works"), 2);
    assert_eq!(
        search(&house, "queue", list).await["facets"]["sources"],
        counts(&expected)
    );
    assert_eq!(catch_up(&op).await.expect("it works"), 0);
}

fn counts(expected: &[(&str, u64)]) -> Value {
    let one = |(value, count): &(&str, u64)| json!({"value": value, "count": count});
    expected.iter().map(one).collect()
}
