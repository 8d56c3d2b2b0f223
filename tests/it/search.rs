//! Searching the catalog. Every test runs on both databases, with the same expectations: that is how
//! it is known that they find the same.

mod hostile;
mod index;
mod pages;
mod shared;
mod sources;

use serde_json::{Value, json};

use crate::support::{Answer, House, on_each_database};

on_each_database!(
    a_search_finds_what_a_person_expects,
    filters_narrow_and_facets_count,
    what_cannot_be_is_refused,
    typing_mistakes_are_mended,
);

const FIELDS: &str = "totalCount isCapped isPartial corrected
    facets { kinds { value count } families { value count } levels { value count }
        socGroups { value count } jobZones { value count } sources { value count } }
    pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
    edges { cursor score matchedTitle snippet { text highlighted } node { __typename
        ... on Occupation { soc title } ... on Statement { id code text } } }";

/// What a search answers, with further arguments as they are written in a document.
async fn answer(house: &House, text: &str, arguments: &str) -> Answer {
    let query =
        format!("query S($text: String!) {{ search(text: $text{arguments}) {{ {FIELDS} }} }}");
    house.api.send(None, &query, json!({"text": text})).await
}

async fn search(house: &House, text: &str, arguments: &str) -> Value {
    let answer = answer(house, text, arguments).await;
    assert!(answer.body.get("errors").is_none(), "{text:?}: {answer:?}");
    answer.at("/search").clone()
}

/// What each hit shows, its words that were asked for in brackets.
fn shown(found: &Value) -> Vec<String> {
    let edges = found["edges"].as_array().expect("a list").iter();
    edges.map(marked).collect()
}

fn marked(edge: &Value) -> String {
    let pieces = edge["snippet"].as_array().expect("a list").iter();
    let show = |piece: &Value| {
        let text = piece["text"].as_str().expect("text");
        match piece["highlighted"] == true {
            true => format!("[{text}]"),
            false => text.to_owned(),
        }
    };
    pieces.map(show).collect()
}

/// What each hit is named: the code of an occupation, or the start of a statement's text.
fn names(found: &Value) -> Vec<String> {
    let edges = found["edges"].as_array().expect("a list").iter();
    let name = |edge: &Value| {
        let node = &edge["node"];
        let text = node["soc"].as_str().or(node["text"].as_str());
        let text = text.expect("text");
        text.split_once(" — ")
            .map_or(text, |(title, _)| title)
            .to_owned()
    };
    edges.map(name).collect()
}

async fn a_search_finds_what_a_person_expects(house: House) {
    house.with_samples().await;
    // Both words, whatever their form; no other statement has them.
    let found = search(&house, "assessment marks", "").await;
    assert_eq!(
        shown(&found),
        [
            "New bakers — trains by a plan that moves from scaling to running a shift, and \
          [assesses] against the same [marks] each time."
        ]
    );
    assert_eq!(found["isPartial"], false);
    // A plural, a word of a title, and the start of one: the occupation comes first.
    let bicycle = search(&house, "bicycles", "").await;
    assert_eq!(shown(&bicycle)[0], "[Bicycle] Repairers");
    assert_eq!(names(&bicycle)[0], "49-3091.00");
    assert_eq!(bicycle["totalCount"], 5, "{bicycle}");
    assert_eq!(names(&search(&house, "repaire", "").await)[0], "49-3091.00");
    // A title of a statement before a word somewhere in one.
    let oven = names(&search(&house, "ovens", "").await);
    assert_eq!(&oven[..2], ["Deck oven", "Oven peel"]);
    assert_eq!(oven.len(), 5, "{oven:?}");
    // Side by side before apart.
    let found = names(&search(&house, "call number order", "").await);
    assert_eq!(found, ["Shelving cart"]);
    // Codes, from their start.
    for (code, expected) in [
        ("49", vec!["49-3091.00"]),
        ("49-30", vec!["49-3091.00"]),
        ("493091", vec!["49-3091.00"]),
        (" 51-3011.00 ", vec!["51-3011.00"]),
    ] {
        assert_eq!(names(&search(&house, code, "").await), expected, "{code}");
    }
    // What is no code of any occupation is looked for as words; these find nothing.
    for nothing in ["29-11", "", "   ", "—", "xylophone", "the "] {
        let found = search(&house, nothing, "").await;
        assert_eq!(found["totalCount"], 0, "{nothing}");
        assert_eq!(found["edges"], json!([]));
        assert_eq!(found["pageInfo"]["hasNextPage"], false);
        assert_eq!(found["pageInfo"]["endCursor"], Value::Null);
    }
    // Small words do not matter, nor do case and accents.
    let expected = names(&search(&house, "oven loading", "").await);
    assert_eq!(expected, ["Energy use"]);
    let found = names(&search(&house, "The LOÀDING of the ovèns", "").await);
    assert_eq!(found, expected);
}

async fn filters_narrow_and_facets_count(house: House) {
    house.with_samples().await;
    let all = search(&house, "bicycle", "").await;
    let facets = &all["facets"];
    let count = |value: &str, count: usize| json!([{"value": value, "count": count}]);
    assert_eq!(
        facets["kinds"],
        json!([{"value": "STATEMENT", "count": 4}, {"value": "OCCUPATION", "count": 1}])
    );
    assert_eq!(facets["families"], count("MASTERY", 4));
    assert_eq!(facets["socGroups"], count("49", 5));
    assert_eq!(facets["jobZones"], count("2", 5));
    let levels = facets["levels"].as_array().expect("a list").iter();
    let levels: u64 = levels.map(|l| l["count"].as_u64().expect("a number")).sum();
    assert_eq!(levels, 4);
    for (filter, expected) in [
        ("kinds: [OCCUPATION]", 1),
        ("kinds: [STATEMENT]", 4),
        ("kinds: [OCCUPATION, STATEMENT]", 5),
        ("kinds: []", 5),
        ("families: [MASTERY]", 4),
        ("families: [AI_LITERACY, CUSTOM]", 0),
        ("families: [MASTERY], kinds: [OCCUPATION]", 0),
        ("levels: [1]", 2),
        ("levels: [1, 3]", 3),
        ("levels: [9]", 0),
        ("socGroups: [\"49\"]", 5),
        ("socGroups: [\"51\", \"43\"]", 0),
        ("jobZones: [2]", 5),
        ("jobZones: [1, 5]", 0),
        (
            "levels: [1], jobZones: [2], socGroups: [\"49\"], kinds: [STATEMENT]",
            2,
        ),
    ] {
        let found = search(&house, "bicycle", &format!(", filter: {{{filter}}}")).await;
        assert_eq!(found["totalCount"], expected, "{filter}");
        assert_eq!(names(&found).len(), expected, "{filter}");
    }
    let found = search(&house, "49", ", filter: {jobZones: [4]}").await;
    assert_eq!(found["totalCount"], 0);
}

async fn what_cannot_be_is_refused(house: House) {
    let many = format!(", filter: {{levels: [{}]}}", "1, ".repeat(101));
    let many_names = format!(", filter: {{sources: [{}]}}", "\"x\", ".repeat(101));
    let other = ", after: \"AAAA\"".to_owned();
    let long = "word ".repeat(300);
    for (text, arguments, code) in [
        (long.as_str(), "", "BAD_LENGTH"),
        ("word", many.as_str(), "BAD_LENGTH"),
        ("word", many_names.as_str(), "BAD_LENGTH"),
        ("word", ", filter: {socGroups: [\"29-1\"]}", "BAD_SOC_GROUP"),
        ("word", ", filter: {socGroups: [\"%\"]}", "BAD_SOC_GROUP"),
        ("word", other.as_str(), "BAD_CURSOR"),
        ("word", ", first: -1", "BAD_PAGE"),
        ("word", ", first: 1, last: 1", "BAD_PAGE"),
    ] {
        let answer = answer(&house, text, arguments).await;
        assert_eq!(answer.code(), Some(code), "{arguments}: {answer:?}");
    }
    // A cursor of another list, of a search for something else, or somewhere else.
    house.with_samples().await;
    let list = "{ occupations(first: 1) { pageInfo { endCursor } } }";
    let list = house.api.send(None, list, json!({})).await;
    let cursor = list.text("/occupations/pageInfo/endCursor");
    let refused = answer(&house, "word", &format!(", before: {cursor:?}")).await;
    assert_eq!(refused.code(), Some("BAD_CURSOR"), "{refused:?}");
    let found = search(&house, "bicycle", ", first: 1").await;
    let cursor = &found["pageInfo"]["endCursor"];
    for (text, filter) in [
        ("bicycles", ""),
        ("bicycle", ", filter: {levels: [1]}"),
        ("bicycle", ", filter: {latestOnly: false}"),
    ] {
        let refused = answer(&house, text, &format!(", after: {cursor}{filter}")).await;
        assert_eq!(
            refused.code(),
            Some("BAD_CURSOR"),
            "{text}{filter}: {refused:?}"
        );
    }
    let next = answer(&house, "bicycle", &format!(", after: {cursor}")).await;
    assert_eq!(next.code(), None);
    for (list, order) in [
        ("occupations", ""),
        ("occupations", ", orderBy: TITLE"),
        ("frameworks", ""),
    ] {
        let query = format!("{{ {list}(after: {cursor}{order}) {{ nodes {{ id }} }} }}");
        let refused = house.api.send(None, &query, json!({})).await;
        assert_eq!(refused.code(), Some("BAD_CURSOR"), "{query}: {refused:?}");
    }
    // More than a page may hold is held at what it may.
    let found = search(&house, "bicycle", ", first: 100000").await;
    assert_eq!(names(&found).len(), 5);
}

async fn typing_mistakes_are_mended(house: House) {
    house.with_samples().await;
    for (text, corrected, first) in [
        ("bycicle", "bicycle", "49-3091.00"),
        ("bicycle repairors", "bicycle repairers", "49-3091.00"),
        ("libary", "library", "43-4121.00"),
    ] {
        let found = search(&house, text, "").await;
        assert_eq!(found["corrected"], corrected, "{text}");
        assert_eq!(names(&found)[0], first, "{text}");
        assert_eq!(found["isPartial"], false, "{text}");
    }
    // What is known is no mistake, and statements mend nothing.
    let found = search(&house, "puncture", "").await;
    assert_eq!(found["corrected"], Value::Null);
    assert_eq!(search(&house, "punctrue", "").await["totalCount"], 0);
    // Where nothing holds all words, those that nothing at all holds do not count…
    let found = search(&house, "sourdough xylophone", "").await;
    assert_eq!(names(&found), ["Sourdough culture"]);
    assert_eq!(found["isPartial"], true);
    assert_eq!(found["corrected"], Value::Null);
    // …and then any of them is enough.
    let found = search(&house, "sourdough multimeter", "").await;
    assert_eq!(
        names(&found),
        ["Sourdough culture", "Electric assist fault"]
    );
    assert_eq!(found["isPartial"], true);
}
