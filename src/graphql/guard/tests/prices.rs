//! What lists cost.

use serde_json::json;

use super::cost;
use crate::graphql::guard::{Limits, ListSizes};

#[test]
fn lists_are_priced() {
    let limits = Limits {
        list_sizes: ListSizes::default()
            .set("occupations", 20)
            .set("statements", 40),
        ..Limits::default()
    };
    let none = || json!({});
    assert_eq!(cost("{ a { b } }", none(), &limits), Ok(2));
    assert_eq!(cost("{ occupations { title } }", none(), &limits), Ok(21));
    assert_eq!(
        cost("{ occupations(first: 5) { title } }", none(), &limits),
        Ok(6)
    );
    assert_eq!(
        cost("{ occupations(first: 0) { title } }", none(), &limits),
        Ok(2)
    );
    assert_eq!(
        cost("{ occupations(first: null) { title } }", none(), &limits),
        Ok(21)
    );
    assert_eq!(
        cost(
            "{ occupations(first: 5, last: 7) { title } }",
            none(),
            &limits
        ),
        Ok(8)
    );
    for huge in [
        "1000000",
        "99999999999999999999999",
        "-1",
        "1.5",
        "\"x\"",
        "{a: 1}",
    ] {
        let source = format!("{{ occupations(first: {huge}) {{ title }} }}");
        assert_eq!(
            cost(&source, none(), &limits),
            Ok(101),
            "{huge} is priced as a full page"
        );
    }
    let source = "query($n: Int = 3) { occupations(first: $n) { title } }";
    assert_eq!(cost(source, json!({"n": 9}), &limits), Ok(10));
    assert_eq!(cost(source, none(), &limits), Ok(4));
    assert_eq!(cost(source, json!({"n": null}), &limits), Ok(21));
    assert_eq!(cost(source, json!({"n": {}}), &limits), Ok(101));
    // Fifty occupations with forty statements and a few fields each: an honest page.
    let page = "{ occupations(first: 50) { edges { node { soc title
                  statements { id text url level { label } } } } } }";
    assert_eq!(cost(page, none(), &limits), Ok(1 + 50 * (4 + 1 + 40 * 5)));
    let nested =
        "{ occupations(first: 100) { related(first: 100) { related(first: 100) { soc } } } }";
    let refusal = cost(nested, none(), &limits).expect_err("a million");
    assert_eq!(refusal.code(), "COST_LIMIT");
    assert!(refusal.to_string().contains("1010101"), "{refusal}");
    assert!(refusal.to_string().contains("20000"), "{refusal}");
}

#[test]
fn lists_of_ids_are_priced_by_their_length() {
    let limits = Limits::default();
    let source = "{ nodes(ids: [\"a\", \"b\", \"c\"]) { id } }";
    assert_eq!(cost(source, json!({}), &limits), Ok(4));
    let source = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    assert_eq!(cost(source, json!({"ids": ["a", "b"]}), &limits), Ok(3));
    assert_eq!(
        cost(source, json!({"ids": vec!["a"; 1000]}), &limits),
        Ok(101)
    );
}

#[test]
fn fragments_are_priced_where_they_are_spread() {
    let source = "{ a(first: 10) { ...f } b(first: 2) { ...f } } fragment f on X { y z }";
    assert_eq!(
        cost(source, json!({}), &Limits::default()),
        Ok(1 + 20 + 1 + 4)
    );
}

#[test]
fn sizes_come_from_a_schema() {
    let sdl =
        "type Query { occupations(first: Int): OccupationConnection! tags: [String!]! one: Query }
               type OccupationConnection { edges: [Edge!]! nodes: [Query!]! total: Int! }
               type Edge { node: Query! cursor: String! }
               interface Many { tags: [Int] }";
    let sizes = ListSizes::from_sdl(sdl, 7, 20)
        .expect("it is a schema")
        .set("tags", 9);
    assert_eq!(sizes.get("occupations"), Some(20));
    assert_eq!(sizes.get("tags"), Some(9));
    for single in ["one", "edges", "nodes", "node", "total"] {
        assert_eq!(sizes.get(single), None, "{single}");
    }
    assert!(ListSizes::from_sdl("type {", 1, 1).is_err());
}
