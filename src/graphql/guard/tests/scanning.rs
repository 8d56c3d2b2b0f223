//! Text before and at the parser.

use async_graphql::{Value, Variables};
use proptest::prelude::*;
use serde_json::json;

use super::{judge, refused_by};
use crate::graphql::guard::{Limits, Measure, Refusal, admit};

#[test]
fn nothing_hides_in_strings_or_comments() {
    let deep = "[".repeat(70);
    for honest in [
        format!("{{ a(b: \"{deep}\") }}"),
        format!("{{ a(b: \"\"\"{deep} \\\"\"\" {deep}\"\"\") }}"),
        format!("{{ a(b: \"\\\"{deep}\") }} # {deep}"),
        "{ a(b: \"\") c(d: \"\"\"\"\"\") }".to_owned(),
    ] {
        judge(&honest).unwrap_or_else(|refusal| panic!("{honest}: {refusal}"));
    }
    for sly in [
        format!("{{ a(b: [\"\"\"a\" {deep}"),
        format!("{{ a(b: \"x\n\" {deep}"),
        format!("{{ a(b: \"x\\\n\" {deep}"),
        format!("{{ a(b: \"\\\" {deep}"),
    ] {
        let refusal = judge(&sly).expect_err(&sly);
        assert_eq!(refusal.code(), "GRAPHQL_PARSE_FAILED", "{sly}");
    }
    let Err(Refusal::Parse { positions, .. }) = judge("{\n a(b: \"x\n") else {
        panic!("the string does not end");
    };
    assert_eq!((positions[0].line, positions[0].column), (2, 7));
    assert_eq!(
        refused_by(&format!("{{ a(b: \"#\" c: {deep}")),
        Measure::Brackets
    );
    assert_eq!(
        refused_by(&format!("{{ a #\"\n(b: {deep}")),
        Measure::Brackets
    );
}

#[test]
fn parse_errors_say_where_and_what() {
    let refusal = judge("{\n  a(}").expect_err("it does not parse");
    assert_eq!(refusal.code(), "GRAPHQL_PARSE_FAILED");
    assert_eq!(
        refusal.to_string(),
        "The document cannot be parsed at line 2, column 5: expected name."
    );
    assert_eq!(refusal.positions()[0].line, 2);
    assert!(matches!(judge(""), Err(Refusal::Parse { .. })));
    assert!(matches!(
        judge("fragment f on Query { a }"),
        Err(Refusal::Parse { .. })
    ));
}

proptest! {
    #[test]
    fn any_text_is_judged(source in "\\PC{0,200}") {
        drop(judge(&source));
    }

    #[test]
    fn text_of_graphql_pieces_is_judged(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "{", "}", "(", ")", "[", "]", "...", "\"", "\"\"\"", "\\", "#", "\n", "a", "on",
                "fragment", "query", "mutation", "$a", ":", "!", "@skip", "1", "-1.5e3", "first", "é",
            ]),
            0..60,
        )
    ) {
        let source = pieces.join(" ");
        if let Ok(admitted) = judge(&source) {
            prop_assert!(admitted.counted <= source.len());
            prop_assert!(admitted.figures.cost >= 1);
        }
    }

    #[test]
    fn a_page_never_costs_more_than_the_largest(n in any::<i64>()) {
        let variables = Variables::from_value(Value::from_json(json!({"n": n})).expect("it is JSON"));
        let source = "query($n: Int) { a(first: $n) { b } }";
        let admitted = admit(source, &variables, None, &Limits::default()).expect("cheap");
        prop_assert!((2..=101).contains(&admitted.figures.cost));
    }
}

#[test]
fn the_character_that_databases_do_not_keep_is_refused() {
    let nothing = Variables::default();
    for sly in [
        "{ a(b: \"\\u0000\") }",
        "{ a(b: \"\\\\\\u0000\") }",
        "{ a(b: \"x\0\") }",
        "{ a(b: \"\"\"x\0\"\"\") }",
    ] {
        let refusal = admit(sly, &nothing, None, &Limits::default()).expect_err(sly);
        assert_eq!(refusal.code(), "BAD_USER_INPUT", "{sly}");
        assert_eq!(refusal.positions()[0].column, 8, "{sly}");
    }
    for honest in [
        "{ a(b: \"\\\\u0000\") }",
        "{ a(b: \"\\u0001 0000\") }",
        "{ a(b: \"\"\"\\u0000\"\"\") }",
    ] {
        judge(honest).unwrap_or_else(|refusal| panic!("{honest}: {refusal}"));
    }
    for value in [json!("\0"), json!({"a": [{"b": "x\0y"}]}), json!({"\0": 1})] {
        let variables = Variables::from_json(json!({"v": value}));
        let refusal = admit("{ a }", &variables, None, &Limits::default());
        let message = refusal.expect_err("it holds the character").to_string();
        assert!(message.contains("\"$v\" holds"), "{message}");
    }
}
