//! Documents that grow.

use std::fmt::Write as _;

use async_graphql::Variables;

use super::{judge, refused_by, unlimited};
use crate::graphql::guard::{Limits, Measure, Refusal, admit};

/// Each fragment spreads the next twice: 2^levels fields when expanded.
fn exponential(levels: usize) -> String {
    let mut source = String::from("{ ...f0 }");
    for level in 0..levels {
        let next = level + 1;
        write!(
            source,
            " fragment f{level} on Query {{ ...f{next} ...f{next} }}"
        )
        .expect("writing to a String cannot fail");
    }
    write!(source, " fragment f{levels} on Query {{ title }}")
        .expect("writing to a String cannot fail");
    source
}

#[test]
fn exponential_fragments_are_refused() {
    for levels in [10, 30, 49] {
        assert!(
            matches!(
                refused_by(&exponential(levels)),
                Measure::Fields | Measure::Spreads
            ),
            "{levels} levels"
        );
    }
    assert_eq!(refused_by(&exponential(50)), Measure::Fragments);
}

#[test]
fn each_part_is_counted_once() {
    for levels in [10, 30, 49, 200] {
        let variables = Variables::default();
        let admitted =
            admit(&exponential(levels), &variables, None, &unlimited()).expect("nothing limits it");
        // One operation with one spread, two spreads a level, one field: and a definition each.
        assert_eq!(admitted.counted, (1 + levels + 1) + (1 + 2 * levels + 1));
        let fields = 1_usize.checked_shl(levels as u32).unwrap_or(usize::MAX);
        assert_eq!(admitted.figures.fields, fields, "saturates, never wraps");
    }
}

#[test]
fn spreads_that_end_in_no_field_are_counted_too() {
    let mut source = exponential(30);
    source = source.replace("{ title }", "{ ...nowhere }");
    assert!(
        matches!(judge(&source), Err(Refusal::UnknownFragment { fragment, .. }) if fragment == "nowhere")
    );
}

#[test]
fn unused_exponential_fragments_are_refused() {
    let source = exponential(30).replace("{ ...f0 }", "{ title }");
    assert!(matches!(
        refused_by(&source),
        Measure::Fields | Measure::Spreads
    ));
}

#[test]
fn circles_are_refused() {
    for source in [
        "{ ...a } fragment a on Query { ...a }",
        "{ ...a } fragment a on Query { ...b } fragment b on Query { x { ... { ...a } } }",
        "{ x } fragment a on Query { ...b ...c } fragment b on Query { ...a } fragment c on Query { x }",
    ] {
        let refusal = judge(source).expect_err(source);
        assert!(
            matches!(refusal, Refusal::FragmentCycle { .. }),
            "{refusal}"
        );
        assert_eq!(refusal.code(), "GRAPHQL_VALIDATION_FAILED");
    }
}

#[test]
fn depth_is_limited_before_and_after_parsing() {
    let nested = |depth: usize| format!("{}{}", "{a".repeat(depth), "}".repeat(depth));
    assert!(judge(&nested(16)).is_ok());
    assert_eq!(refused_by(&nested(17)), Measure::Depth);
    assert_eq!(refused_by(&nested(64)), Measure::Depth);
    assert_eq!(refused_by(&nested(65)), Measure::Brackets);
    assert_eq!(refused_by(&"{a".repeat(10_000)), Measure::Brackets);
    assert_eq!(
        refused_by(&format!("{{ a(b: {}", "[".repeat(100))),
        Measure::Brackets
    );
    let refusal = judge(&nested(17)).expect_err("too deep");
    assert_eq!(refusal.code(), "DOCUMENT_TOO_DEEP");
    assert_eq!(
        refusal.to_string(),
        "The fields are nested to depth 17, and the limit is 16. \
         Ask for the inner objects in a second request, by their ids."
    );
}

#[test]
fn fragments_do_not_hide_depth() {
    let mut source = String::from("{ ...f0 }");
    for level in 0..17 {
        let next = if level == 16 {
            "x".to_owned()
        } else {
            format!("...f{}", level + 1)
        };
        write!(source, " fragment f{level} on Query {{ a {{ {next} }} }}")
            .expect("writing to a String cannot fail");
    }
    assert_eq!(refused_by(&source), Measure::Depth);
}

#[test]
fn the_bracket_ceiling_holds_whatever_is_configured() {
    let limits = Limits {
        brackets: usize::MAX,
        ..unlimited()
    };
    let source = format!("{}{}", "{a".repeat(128), "}".repeat(128));
    // The parser refuses at a depth of its own: what matters is that neither overflows.
    let variables = Variables::default();
    assert!(matches!(
        admit(&source, &variables, None, &limits),
        Err(Refusal::Parse { .. })
    ));
    assert!(matches!(
        admit(&"{a".repeat(129), &variables, None, &limits),
        Err(Refusal::Limit {
            measure: Measure::Brackets,
            limit: 128,
            actual: 129
        })
    ));
}

#[test]
fn bombs_of_each_kind_are_refused() {
    let list = |part: &str, count: usize| {
        let parts: Vec<String> = (0..count)
            .map(|n| part.replace('#', &n.to_string()))
            .collect();
        format!("{{ {} }}", parts.join(" "))
    };
    assert_eq!(refused_by(&list("a#: title", 31)), Measure::Aliases);
    assert!(judge(&list("a#: title", 30)).is_ok());
    assert_eq!(refused_by(&list("__typename", 401)), Measure::Fields);
    assert_eq!(refused_by(&list("__typename", 10_000)), Measure::Bytes);
    assert_eq!(refused_by(&list("a", 5_000)), Measure::Tokens);
    assert!(judge(&list("__typename", 400)).is_ok());
    assert_eq!(
        refused_by(&format!("{{ title {} }}", "@skip(if: false) ".repeat(31))),
        Measure::Directives
    );
    assert_eq!(
        refused_by("query A { a } query B { b }"),
        Measure::Operations
    );
    assert_eq!(
        refused_by(&format!("{{ a }} #{}", "x".repeat(33_000))),
        Measure::Bytes
    );
    assert_eq!(refused_by(&list("... { a }", 401)), Measure::Fields);
}

#[test]
fn aliases_and_directives_are_counted_with_fragments_expanded() {
    let spreads = "...f ".repeat(16);
    let source = format!("{{ {spreads} }} fragment f on Query {{ a: title b: title }}");
    assert_eq!(refused_by(&source), Measure::Aliases);
    let source = format!("{{ {spreads} }} fragment f on Query {{ title @x @y }}");
    assert_eq!(refused_by(&source), Measure::Directives);
}
