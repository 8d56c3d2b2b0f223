//! Filters, orders and selections.

use proptest::prelude::*;

use super::*;

fn document(title: &str, version: Option<&str>) -> Object {
    let mut object = Object::new();
    object.insert("identifier", "i");
    object.insert("title", title);
    object.insert_some("version", version);
    object.insert("subject", vec![Json::from("Math"), Json::from("Art")]);
    object
}

#[test]
fn a_filter_takes_what_it_says() {
    let one = document("Care of wheels", Some("2"));
    for (filter, takes) in [
        ("title='Care of wheels'", true),
        ("title = 'care of wheels'", false),
        ("title~'CARE'", true),
        ("title!='x' AND version>='2'", true),
        ("title='x' OR version<'3'", true),
        ("title='x' OR version<'2' AND title~'care'", false),
        ("version>'2'", false),
        ("version<='2'", true),
        ("subject='Art'", true),
        ("subject!='Art'", false),
        ("notes='x'", false),
        ("notes!='x'", true),
        ("title='it''s AND'", false),
    ] {
        assert_eq!(
            Filter::parse(filter).unwrap().takes(&one),
            takes,
            "{filter}"
        );
    }
}

#[test]
fn what_is_no_filter_is_refused() {
    for filter in [
        "",
        " ",
        "title",
        "title=",
        "title=x",
        "title='x",
        "='x'",
        "title='x' AND",
        "title='x' XOR title='y'",
        "title='x'title='y'",
        "shoe='x'",
        "title=='x'",
        "é='x'",
    ] {
        assert!(Filter::parse(filter).is_err(), "{filter}");
    }
    let many = vec!["title='x'"; 33].join(" AND ");
    assert!(Filter::parse(&many).is_err());
    assert!(Filter::parse(&format!("title='{}'", "x".repeat(2_000))).is_err());
}

#[test]
fn a_sort_puts_those_without_last_and_keeps_the_order_of_equals() {
    let mut all = vec![
        document("a", None),
        document("b", Some("1")),
        document("c", Some("2")),
        document("d", Some("1")),
    ];
    let titles = |all: &[Object]| {
        all.iter()
            .map(|one| text_of(one, "title").unwrap())
            .collect::<String>()
    };
    let sort = Sort::parse(Some("version"), None).unwrap().unwrap();
    sort.apply(&mut all);
    assert_eq!(titles(&all), "bdca");
    let sort = Sort::parse(Some("version"), Some("desc")).unwrap().unwrap();
    sort.apply(&mut all);
    assert_eq!(titles(&all), "cbda");
    assert!(Sort::parse(Some("shoe"), None).is_err());
    assert!(Sort::parse(Some("title"), Some("up")).is_err());
}

#[test]
fn fields_keep_what_must_be_there() {
    let fields = Fields::parse(["version, notes", ""]).unwrap().unwrap();
    let told = fields.of(document("t", Some("2")));
    let names: Vec<_> = told.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["identifier", "title", "version"]);
    assert_eq!(Fields::parse([]).unwrap(), None);
    assert!(Fields::parse(["title,shoe"]).is_err());
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_of_filters_fail(text in "[a-z '=<>~!é]{0,40}|.{0,60}") {
        if let Ok(filter) = Filter::parse(&text) {
            let term = filter.0.first().and_then(|all| all.first());
            prop_assert!(term.is_some_and(|term| is_member(&term.member)));
            prop_assert_eq!(filter.takes(&document("t", None)), filter.takes(&document("t", None)));
        }
    }
}
