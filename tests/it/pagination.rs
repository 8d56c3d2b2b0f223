//! Occupations page by page: filters, orders, both directions, while rows are added.

use entity::occupation;
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{House, on_each_database};

on_each_database!(
    every_order_goes_both_ways,
    filters_hold_together,
    cursors_hold_while_rows_are_added,
);

/// Titles whose order depends on who sorts: case, accents, spaces and hyphens.
const TITLES: [&str; 12] = [
    "Baker",
    "baker's help",
    "Bakery-Worker",
    "bakery worker",
    "Äpfelpflücker",
    "Apple Picker",
    "apple picker",
    "Zoo Keeper",
    "éclair maker",
    "Eclair Maker",
    "_Underscore 100%",
    "Co-op Clerk",
];

/// Occupation number `n`: three share each title, and every sixth has no job zone.
fn row(n: usize) -> occupation::Model {
    let title = TITLES[n % TITLES.len()];
    let zone = n % 6;
    occupation::Model {
        // Not in the order of the codes.
        id: Uuid::from_u128((n as u128 * 7_919) % 1_009 + 1),
        soc: format!("{}-{:04}.00", 11 + n % 5, 1_000 + n * 37 % 997),
        title: title.to_owned(),
        title_folded: title.to_lowercase(),
        major_group: "Group".to_owned(),
        sector: None,
        job_zone: (zone > 0).then(|| i32::try_from(zone).expect("it is small")),
        job_zone_inferred: false,
        updated_at: 0,
    }
}

async fn add(house: &House, rows: impl Iterator<Item = occupation::Model>) {
    for row in rows {
        let added = row.into_active_model().insert(house.db()).await;
        added.expect("no two are alike");
    }
}

/// What an order is by definition: bytes, then ids.
fn sorted(order: &str, count: usize) -> Vec<String> {
    let mut rows: Vec<_> = (0..count).map(row).collect();
    rows.sort_by_key(|r| {
        let zone = r.job_zone.unwrap_or(0);
        match order {
            "SOC" => (r.soc.clone(), 0, r.id),
            "TITLE" => (r.title_folded.clone(), 0, r.id),
            _ => (String::new(), zone, r.id),
        }
    });
    rows.into_iter().map(|r| r.soc).collect()
}

async fn page(house: &House, arguments: &str) -> Value {
    let query = format!(
        "{{ occupations({arguments}) {{ nodes {{ soc title jobZone }}
        pageInfo {{ startCursor endCursor hasNextPage hasPreviousPage }} }} }}"
    );
    let answer = house.api.send(None, &query, json!({})).await;
    assert!(answer.code().is_none(), "{answer:?}");
    answer.at("/occupations").clone()
}

fn codes(page: &Value) -> Vec<String> {
    let nodes = page["nodes"].as_array().expect("a list").iter();
    nodes
        .map(|n| n["soc"].as_str().expect("text").to_owned())
        .collect()
}

/// Walks the whole list by pages of seven, forward or backward, in the list's order.
async fn walk(house: &House, order: &str, backward: bool) -> Vec<String> {
    let (count, beyond, edge, more) = if backward {
        ("last", "before", "startCursor", "hasPreviousPage")
    } else {
        ("first", "after", "endCursor", "hasNextPage")
    };
    let mut all = Vec::new();
    let mut from = String::new();
    loop {
        let page = page(house, &format!("orderBy: {order}, {count}: 7{from}")).await;
        let found = codes(&page);
        if backward {
            all.splice(0..0, found);
        } else {
            all.extend(found);
        }
        let info = &page["pageInfo"];
        if info[more] == false {
            return all;
        }
        assert!(all.len() < 1_000, "it never ends");
        from = format!(", {beyond}: {}", info[edge]);
    }
}

async fn every_order_goes_both_ways(house: House) {
    add(&house, (0..36).map(row)).await;
    for order in ["SOC", "TITLE", "JOB_ZONE"] {
        let expected = sorted(order, 36);
        assert_eq!(walk(&house, order, false).await, expected, "{order}");
        assert_eq!(
            walk(&house, order, true).await,
            expected,
            "{order} backward"
        );
    }
    // From where one is, the other way.
    let first = page(&house, "orderBy: TITLE, first: 20").await;
    let end = &first["pageInfo"]["endCursor"];
    let back = page(&house, &format!("orderBy: TITLE, last: 5, before: {end}")).await;
    assert_eq!(codes(&back), codes(&first)[14..19]);
    assert_eq!(page(&house, "first: 0").await["nodes"], json!([]));
    let end = &page(&house, "orderBy: TITLE, first: 1").await["pageInfo"]["endCursor"];
    for wrong in [
        format!("orderBy: JOB_ZONE, after: {end}"),
        "after: \"nonsense\"".to_owned(),
    ] {
        let query = format!("{{ occupations({wrong}) {{ nodes {{ soc }} }} }}");
        let answer = house.api.send(None, &query, json!({})).await;
        assert_eq!(answer.code(), Some("BAD_CURSOR"), "{answer:?}");
    }
}

async fn filters_hold_together(house: House) {
    add(&house, (0..36).map(row)).await;
    let titles = async |filter: &str| {
        let page = page(
            &house,
            &format!("first: 100, orderBy: TITLE, filter: {{{filter}}}"),
        )
        .await;
        let nodes = page["nodes"].as_array().expect("a list").clone();
        let mut titles: Vec<_> = nodes
            .iter()
            .map(|n| n["title"].as_str().expect("text").to_owned())
            .collect();
        titles.dedup();
        (titles, nodes)
    };
    let found = async |words: &str| titles(&format!("titleWords: {words:?}")).await.0;
    assert_eq!(
        found("baker").await,
        ["Baker", "baker's help", "bakery worker", "Bakery-Worker"]
    );
    assert_eq!(
        found("WORKER bak").await,
        ["bakery worker", "Bakery-Worker"]
    );
    assert_eq!(found("ÄPFEL").await, ["Äpfelpflücker"]);
    assert_eq!(found("op").await, ["Co-op Clerk"]);
    assert_eq!(found("eeper").await, [""; 0]);
    // Wildcards of the database are letters like others.
    assert_eq!(found("100%").await, ["_Underscore 100%"]);
    assert_eq!(found("_under").await, ["_Underscore 100%"]);
    for wild in ["%", "_aker", "b%r", "\\\\"] {
        assert_eq!(found(wild).await, [""; 0], "{wild}");
    }
    let (_, nodes) = titles("socPrefix: \"12-1\", jobZone: 1").await;
    assert!(!nodes.is_empty());
    for n in &nodes {
        assert_eq!(n["jobZone"], 1);
        assert!(n["soc"].as_str().is_some_and(|s| s.starts_with("12-1")));
    }
    let expected = (0..36)
        .map(row)
        .filter(|r| r.job_zone == Some(1) && r.soc.starts_with("12-1"));
    assert_eq!(nodes.len(), expected.count());
    assert!(titles("jobZone: 9").await.0.is_empty());
}

async fn cursors_hold_while_rows_are_added(house: House) {
    // Every second row is there from the start; the others come between the pages.
    add(&house, (0..40).step_by(2).map(row)).await;
    let before = sorted_of(&(0..40).step_by(2).map(row).collect::<Vec<_>>());
    let mut late = (1..40).step_by(2).map(row);
    let mut seen = Vec::new();
    let mut from = String::new();
    loop {
        let page = page(&house, &format!("orderBy: TITLE, first: 3{from}")).await;
        seen.extend(codes(&page));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        from = format!(", after: {}", page["pageInfo"]["endCursor"]);
        add(&house, late.by_ref().take(2)).await;
    }
    let twice = seen.len() - seen.iter().collect::<std::collections::BTreeSet<_>>().len();
    assert_eq!(twice, 0, "a row was shown twice");
    let kept: Vec<_> = seen.into_iter().filter(|s| before.contains(s)).collect();
    assert_eq!(
        kept, before,
        "a row that was there all the time was left out, or moved"
    );
}

fn sorted_of(rows: &[occupation::Model]) -> Vec<String> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|r| (r.title_folded.clone(), r.id));
    rows.into_iter().map(|r| r.soc).collect()
}
