//! What a release says is shown, whichever was imported first.

use attestry::catalog::{ops::onet::Published, samples::SAMPLES};
use serde_json::{Value, json};

use super::release::{CODES, import, release, write_main, write_ratings};
use crate::support::{Api, House, on_each_database};

on_each_database!(
    releases_answer_for_their_parts_in_any_order,
    occupations_keep_what_a_framework_says_of_them,
    tables_are_paged_and_name_their_source,
    many_occupations_are_asked_for_at_once,
);

const PROFILE: &str = "query P($soc: String!) { occupation(soc: $soc) {
    title group description jobZone jobZoneInferred
    profile {
        skills: anchors(kind: SKILL) { ordinal text element importance source { release } }
        styles: anchors(kind: WORK_STYLE) { text importance }
        anchors { kind }
        relatedTitles jobZoneName
        relatedOccupations { ordinal soc tier occupation { title } }
        cipCodes { nodes { code title } }
        sources { table release attribution licenseUrl }
    } } }";

async fn profile(api: &Api, soc: &str) -> Value {
    let answer = api.send(None, PROFILE, json!({"soc": soc})).await;
    answer.at("/occupation").clone()
}

fn texts(list: &Value, member: &str) -> Vec<String> {
    let all = list.as_array().expect("a list").iter();
    all.map(|one| one[member].as_str().expect("a text").to_owned())
        .collect()
}

async fn releases_answer_for_their_parts_in_any_order(house: House) {
    let folder = tempfile::tempdir().expect("a folder");
    let (new, old, older) = (
        folder.path().join("a"),
        folder.path().join("b"),
        folder.path().join("c"),
    );
    write_main(&new);
    write_ratings(&old, "Skills.txt", "2.A.", &["2.99", "3.00", "5", "5.00"]);
    write_ratings(&older, "Skills.txt", "2.A.", &["1"]);
    write_ratings(&older, "Abilities.txt", "1.A.", &["1"]);
    let crosswalk = folder.path().join("c.csv");
    let text = "CIP2020Code,CIP2020Title,SOC2018Code,SOC2018Title\r\n01.0101,\"Fields, General.\",11-1011,X\r\n";
    std::fs::write(&crosswalk, text).expect("it can be written");

    // What has no occupations yet waits for them.
    let first = import(&house.app, release(&old, "1.10"))
        .await
        .expect("it is sound");
    assert_eq!(
        (first.tables[0].rows, first.tables[0].subjects, first.added),
        (24, 3, 0)
    );
    assert!(profile(&house.api, CODES[0]).await.is_null());
    import(&house.app, Published::Crosswalk(crosswalk))
        .await
        .expect("it is sound");
    let main = import(&house.app, release(&new, "2.1"))
        .await
        .expect("it is sound");
    assert_eq!(
        (main.title.as_str(), main.added, main.changed),
        ("O*NET 2.1 Database", 3, 0)
    );
    // 1.9 is older than 1.10, and answers for what only it has.
    import(&house.app, release(&older, "1.9"))
        .await
        .expect("it is sound");

    let told = profile(&house.api, CODES[0]).await;
    assert_eq!(told["title"], "Keepers of 11-1011.00");
    assert_eq!(told["group"], "Management Occupations");
    assert_eq!(told["description"], "Keep \"all\" that 11-1011.00 means.");
    assert_eq!(
        (&told["jobZone"], &told["jobZoneInferred"]),
        (&json!(4), &json!(false))
    );
    let profile_of = &told["profile"];
    assert_eq!(
        profile_of["skills"],
        json!([
            {"ordinal": 1, "text": "Element 2", "element": "2.A.02", "importance": "5", "source": {"release": "1.10"}},
            {"ordinal": 2, "text": "Element 3", "element": "2.A.03", "importance": "5.00", "source": {"release": "1.10"}},
            {"ordinal": 3, "text": "Element 1", "element": "2.A.01", "importance": "3.00", "source": {"release": "1.10"}},
        ])
    );
    let styles = texts(&profile_of["styles"], "text");
    // The fourth and later have an impact below 0.
    let expected = [
        "Style 7", "Style 6", "Style 5", "Style 4", "Style 3", "Style 2",
    ];
    assert_eq!(styles, expected);
    let kinds = texts(&profile_of["anchors"], "kind");
    let count = |kind| kinds.iter().filter(|k| *k == kind).count();
    assert_eq!(
        [
            "SKILL",
            "KNOWLEDGE",
            "ABILITY",
            "WORK_STYLE",
            "TECHNOLOGY",
            "TASK"
        ]
        .map(count),
        [3, 0, 1, 6, 10, 8]
    );
    assert_eq!(
        profile_of["relatedTitles"].as_array().map(Vec::len),
        Some(12)
    );
    assert_eq!(profile_of["jobZoneName"], "Job Zone Four: Much");
    assert_eq!(
        profile_of["relatedOccupations"],
        json!([
            {"ordinal": 1, "soc": CODES[1], "tier": "PRIMARY_SHORT", "occupation": {"title": "Keepers of 43-4121.00"}},
            {"ordinal": 2, "soc": CODES[2], "tier": "SUPPLEMENTAL", "occupation": {"title": "Keepers of 51-3011.00"}},
        ])
    );
    assert_eq!(
        profile_of["cipCodes"]["nodes"],
        json!([{"code": "01.0101", "title": "Fields, General."}])
    );
    let sources = profile_of["sources"].as_array().expect("a list");
    let source = |table: &str| sources.iter().find(|s| s["table"] == table).expect(table);
    assert_eq!(source("Skills")["release"], "1.10");
    assert_eq!(source("Abilities")["release"], "1.9");
    let named = source("Task Statements")["attribution"].clone();
    assert!(
        named
            .as_str()
            .is_some_and(|t| t.contains("O*NET 2.1 Database") && t.contains("CC BY 4.0"))
    );

    // All of it again changes nothing.
    for (folder, label) in [(&new, "2.1"), (&old, "1.10"), (&older, "1.9")] {
        let again = import(&house.app, release(folder, label))
            .await
            .expect("it is sound");
        assert!(
            again.is_unchanged() && again.added + again.changed == 0,
            "{again:?}"
        );
    }
    assert_eq!(profile(&house.api, CODES[0]).await, told);
}

async fn occupations_keep_what_a_framework_says_of_them(house: House) {
    let folder = tempfile::tempdir().expect("a folder");
    write_main(folder.path());
    let platform = house.bootstrap().await;
    let sample = |n: usize, zone: Value, inferred: bool| {
        let mut document: Value = serde_json::from_slice(SAMPLES[n].bytes).expect("JSON");
        document["occupation"]["jobZone"] = zone;
        document["occupation"]["jobZoneInferred"] = json!(inferred);
        let text = |member: &str| {
            document["occupation"][member]
                .as_str()
                .expect("text")
                .to_owned()
        };
        (text("soc"), text("title"), document.to_string())
    };
    let place = |soc: &str| SAMPLES.iter().position(|s| s.soc == soc).expect("a sample");
    // One before the tables, its zone inferred; one after them, without a zone.
    let (before, title, document) = sample(place(CODES[1]), json!(2), true);
    house.api.import(&platform, &document).await;
    let done = import(&house.app, release(folder.path(), "2.1"))
        .await
        .expect("it is sound");
    assert_eq!((done.added, done.changed), (2, 1));
    let told = profile(&house.api, &before).await;
    assert_eq!(told["title"], title);
    assert_eq!(
        (&told["jobZone"], &told["jobZoneInferred"]),
        (&json!(4), &json!(false))
    );
    assert!(told["description"].is_string());

    let (after, title, document) = sample(place(CODES[2]), json!(3), false);
    house.api.import(&platform, &document).await;
    let told = profile(&house.api, &after).await;
    assert_eq!(
        (&told["jobZone"], &told["jobZoneInferred"]),
        (&json!(3), &json!(false))
    );
    assert_eq!(told["title"], title);
}

async fn tables_are_paged_and_name_their_source(house: House) {
    let folder = tempfile::tempdir().expect("a folder");
    write_main(folder.path());
    write_ratings(folder.path(), "Skills.txt", "2.B.", &["1", "2"]);
    import(&house.app, release(folder.path(), "2.1"))
        .await
        .expect("it is sound");
    let query = "query Q($soc: String!, $first: Int, $after: String) { occupation(soc: $soc) {
        ratings(kind: SKILL) { nodes { element scale value sampleSize standardError upperBound
            recommendSuppress notRelevant date domainSource source { database } } }
        levels: ratings(kind: SKILL, scale: \"LV\") { nodes { scale } }
        tasks(first: 2) { nodes { number text type date } pageInfo { hasNextPage } }
        technology(last: 1) { nodes { example commodity commodityCode isHot isInDemand } }
        alternateTitles(first: $first, after: $after) { nodes { title shortTitle reportedBy }
            pageInfo { endCursor hasNextPage } } } }";
    let ask = async |first: i32, after: Option<String>| {
        let variables = json!({"soc": CODES[0], "first": first, "after": after});
        house.api.send(None, query, variables).await
    };
    let answer = ask(100_000, None).await;
    let ratings = answer
        .at("/occupation/ratings/nodes")
        .as_array()
        .expect("a list");
    assert_eq!(ratings.len(), 4);
    assert_eq!(
        ratings[2],
        json!({"element": "2.B.01", "scale": "IM", "value": "2", "sampleSize": 8,
            "standardError": "0.1", "upperBound": "5", "recommendSuppress": false,
            "notRelevant": null, "date": "08/2023", "domainSource": "Analyst",
            "source": {"database": "O*NET 2.1 Database"}})
    );
    assert_eq!(
        answer.at("/occupation/levels/nodes"),
        &json!([{"scale": "LV"}, {"scale": "LV"}])
    );
    assert_eq!(answer.at("/occupation/tasks/nodes/1/number"), &json!("2"));
    assert_eq!(
        answer.at("/occupation/tasks/pageInfo/hasNextPage"),
        &json!(true)
    );
    assert_eq!(
        answer.at("/occupation/technology/nodes/0"),
        &json!({"example": "Tool 29", "commodity": "Kind 14", "commodityCode": "14", "isHot": true, "isInDemand": false})
    );
    let all: Vec<_> = answer
        .at("/occupation/alternateTitles/nodes")
        .as_array()
        .expect("a list")
        .clone();
    assert_eq!(
        (all.len(), &all[0]),
        (
            25,
            &json!({"title": "Title 0", "shortTitle": null, "reportedBy": "08"})
        )
    );
    let (mut paged, mut after) = (Vec::new(), None);
    loop {
        let page = ask(10, after).await;
        paged.extend(
            page.at("/occupation/alternateTitles/nodes")
                .as_array()
                .expect("a list")
                .clone(),
        );
        if page.at("/occupation/alternateTitles/pageInfo/hasNextPage") == &json!(false) {
            break;
        }
        after = Some(page.text("/occupation/alternateTitles/pageInfo/endCursor"));
    }
    assert_eq!(paged, all);
    let tasks = "{ occupation(soc: \"11-1011.00\") { ratings(kind: TASK) { nodes { value } } } }";
    let refused = house.api.send(None, tasks, json!({})).await;
    assert!(
        refused.body["errors"][0]["message"]
            .as_str()
            .is_some_and(|m| m.contains("not rated"))
    );
}

async fn many_occupations_are_asked_for_at_once(house: House) {
    let folder = tempfile::tempdir().expect("a folder");
    write_main(folder.path());
    import(&house.app, release(folder.path(), "2.1"))
        .await
        .expect("it is sound");
    let query = "{ occupations(first: 50) { nodes { soc description profile { anchors { text }
        relatedTitles relatedOccupations { occupation { title } } sources { release } } } } }";
    let answer = house.api.send(None, query, json!({})).await;
    let all = answer.at("/occupations/nodes").as_array().expect("a list");
    assert_eq!(all.len(), 3);
    for one in all {
        assert!(
            one["description"]
                .as_str()
                .is_some_and(|d| d.contains(one["soc"].as_str().expect("a code")))
        );
        assert_eq!(one["profile"]["anchors"].as_array().map(Vec::len), Some(24));
    }
}
