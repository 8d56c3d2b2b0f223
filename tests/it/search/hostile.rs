//! No text is an error, and either database finds what the words alone decide.

use attestry::catalog::{
    search::{Query, Term},
    store::search::{Filter, Mode, find, holds},
};
use entity::search_doc;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use sea_orm::{EntityTrait, QueryOrder};

use super::{answer, pages::another};
use crate::support::{House, on_each_database};

on_each_database!(any_text_is_safe, finds_what_the_words_decide);

/// What is syntax to either database, to GraphQL, to SQL or to HTML.
const SYNTAX: [&str; 40] = [
    "\"",
    "'",
    "''",
    "\"\"",
    "*",
    "^",
    ":",
    "(",
    ")",
    "(((",
    "{title}:",
    "-",
    "+",
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    "NEAR/2",
    "a AND",
    "OR b",
    "words:wheel",
    "search_fts",
    "|",
    "&",
    "!",
    "<->",
    "<2>",
    ":*",
    "::tsquery",
    "\\",
    "\\'",
    "%",
    "_",
    ";--",
    "$1",
    "?1",
    "wheel*",
    "\"wheel",
    "<script>",
    "\u{202e}\u{feff}\u{fffd}",
];

/// Texts of known words, of syntax, and of whatever characters there are.
fn texts() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "wheel",
        "Bicycles",
        "oven",
        "bakers",
        "borrower",
        "tension",
        "wh",
        "the",
        "49-3091.00",
    ]);
    let part = prop_oneof![
        3 => word.prop_map(str::to_owned),
        4 => prop::sample::select(SYNTAX.to_vec()).prop_map(str::to_owned),
        // The one character that is refused before any field is asked.
        2 => "[^\u{0}]{0,12}",
        1 => "\\PC{0,300}",
    ];
    (prop::collection::vec(part, 0..7), prop_oneof!["", " "])
        .prop_map(|(parts, between)| parts.join(&between))
        .prop_filter("longer than is taken", |text| text.chars().count() <= 1_000)
}

fn cases<T: std::fmt::Debug>(count: usize, strategy: impl Strategy<Value = T>) -> Vec<T> {
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), seed);
    let mut one = || {
        strategy
            .new_tree(&mut runner)
            .expect("there are enough")
            .current()
    };
    (0..count).map(|_| one()).collect()
}

async fn any_text_is_safe(house: House) {
    house.with_samples().await;
    let mut all: Vec<String> = SYNTAX.map(str::to_owned).into();
    all.extend(cases(250, texts()));
    for text in all {
        let filter = ", filter: {levels: [1], socGroups: [\"49\"], latestOnly: false}";
        for arguments in ["", filter] {
            let answer = answer(&house, &text, arguments).await;
            assert!(answer.body.get("errors").is_none(), "{text:?}: {answer:?}");
            // What it shows is the catalog's text and none of the query's.
            let edges = answer
                .at("/search/edges")
                .as_array()
                .expect("a list")
                .clone();
            for edge in edges {
                let pieces = edge["snippet"].as_array().expect("a list").clone();
                let shown: String = pieces.iter().filter_map(|p| p["text"].as_str()).collect();
                let node = &edge["node"];
                let whole = node["text"].as_str().or(node["title"].as_str());
                assert_eq!(Some(shown.as_str()), whole, "{text:?}");
            }
        }
    }
    // The other side of the bound.
    let answer = answer(&house, &"\"*(".repeat(400), "").await;
    assert_eq!(answer.code(), Some("BAD_LENGTH"));
}

/// Whether the words of a document are those that are asked for, by definition.
fn answers(document: &search_doc::Model, terms: &[Term], mode: Mode) -> bool {
    let holds = |term: &Term| document.words.split(' ').any(|w| term.meets(w).is_some());
    match mode {
        Mode::All => terms.iter().all(holds),
        Mode::Any => terms.iter().any(holds),
    }
}

async fn finds_what_the_words_decide(house: House) {
    let platform = house.with_samples().await;
    let strange = another(1, "Éclairs, 東京 & straße-Menders", "v.1")
        .replace("Derailleur gears", "Überprüfung d'œuvres κόσμος")
        .replace("Chain wear", "a\u{301}\u{301}b x\u{1F600}y ｆｕｌｌ");
    house.api.import(&platform, &strange).await;
    let all = search_doc::Entity::find().order_by_asc(search_doc::Column::Id);
    let all = all.all(house.db()).await.expect("the database works");
    let own = prop::sample::select(vec![
        "eclair",
        "東",
        "東京",
        "strasse",
        "uberp",
        "oeuvr",
        "doeuvres",
        "κόσμος",
        "κοσ",
        "ab",
        "x",
        "y",
        "fu",
        "ful",
        "ｆｕｌ",
        "menders",
        "wheel",
        "ove",
        "checks",
        "tyre",
        "in",
        "bak",
        "read",
    ]);
    let texts = prop_oneof![
        3 => prop::collection::vec(own, 1..4).prop_map(|words| words.join(" ")),
        1 => texts(),
    ];
    let (mut found_some, mut asked) = (0, 0);
    for text in cases(300, texts) {
        let terms = Query::parse(&text).terms;
        if terms.is_empty() {
            continue;
        }
        for mode in [Mode::All, Mode::Any] {
            let expected = all
                .iter()
                .filter(|d| answers(d, &terms, mode))
                .map(|d| d.id);
            let expected: Vec<_> = expected.collect();
            let found = find(house.db(), &terms, mode, &Filter::default()).await;
            let found = found.expect("no text is an error");
            assert!(!found.capped);
            let found = found.ids;
            assert_eq!(found, expected, "{text:?} {mode:?}");
            found_some += usize::from(!found.is_empty());
            asked += 1;
        }
        for term in &terms {
            let expected = all
                .iter()
                .any(|d| answers(d, std::slice::from_ref(term), Mode::All));
            let held = holds(house.db(), term).await.expect("no text is an error");
            assert_eq!(held, expected, "{term:?}");
        }
    }
    assert!(
        found_some * 3 > asked,
        "{found_some} of {asked}: hardly anything was found"
    );
}
