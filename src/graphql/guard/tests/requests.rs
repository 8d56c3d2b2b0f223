//! Operations, variables, positions, configuration.

use async_graphql::Variables;
use async_graphql::parser::types::OperationType;
use serde_json::json;

use super::{cost, judge};
use crate::graphql::guard::{Limits, Refusal, admit};

#[test]
fn the_operation_is_chosen_by_name() {
    let limits = Limits {
        operations: 2,
        ..Limits::default()
    };
    let source = "query A { a } mutation B { b c }";
    let run = |name| admit(source, &Variables::default(), name, &limits);
    assert_eq!(
        run(Some("A")).expect("A is there").operation,
        OperationType::Query
    );
    let b = run(Some("B")).expect("B is there");
    assert_eq!(
        (b.operation, b.figures.fields),
        (OperationType::Mutation, 2)
    );
    assert_eq!(run(None).expect_err("two"), Refusal::OperationNameRequired);
    let unknown = run(Some("C")).expect_err("no C");
    assert_eq!(unknown.code(), "OPERATION_RESOLUTION_FAILED");
}

#[test]
fn required_variables_must_be_sent() {
    let run = |source: &str, value| cost(source, value, &Limits::default()).map_err(|r| r.code());
    let required = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(run(required, json!({})), Err("BAD_USER_INPUT"));
    assert_eq!(run(required, json!({"id": null})), Err("BAD_USER_INPUT"));
    assert_eq!(run(required, json!({"id": "x"})), Ok(2));
    let defaulted = "query($id: ID! = \"x\") { node(id: $id) { id } }";
    assert_eq!(run(defaulted, json!({})), Ok(2));
    assert_eq!(run(defaulted, json!({"id": null})), Err("BAD_USER_INPUT"));
    assert_eq!(
        run("query($id: ID) { node(id: $id) { id } }", json!({})),
        Ok(2)
    );
}

#[test]
fn argument_positions_are_kept() {
    let admitted = judge("{ a(b: 1) @x(if: true) ...f } fragment f on Query { c(d: {e: 2}) }")
        .expect("it is harmless");
    let mut columns: Vec<usize> = admitted
        .argument_positions
        .iter()
        .map(|p| p.column)
        .collect();
    columns.sort_unstable();
    assert_eq!(columns, [8, 18, 58]);
}

#[test]
fn limits_are_read_from_configuration() {
    let limits: Limits =
        serde_json::from_value(json!({"depth": 9, "list_sizes": {"statements": 40}}))
            .expect("both are limits");
    assert_eq!((limits.depth, limits.tokens), (9, 4_000));
    assert_eq!(limits.list_sizes.get("statements"), Some(40));
    assert!(serde_json::from_value::<Limits>(json!({"deepth": 9})).is_err());
}
