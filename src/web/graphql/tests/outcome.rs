//! What becomes of a GraphQL request.

use axum::body::Body;
use serde_json::json;
use tower::ServiceExt;

use super::{GRAPHQL, Got, app, call, get, impatient, post, post_as, request};

#[tokio::test]
async fn a_query_runs() {
    for accept in [GRAPHQL, "application/json"] {
        let got = post_as(accept, json!({"query": "{ title }"})).await;
        assert_eq!(
            (got.status, &got.body),
            (200, &json!({"data": {"title": "Beekeeper"}}))
        );
        assert_eq!(
            got.header("content-type"),
            format!("{accept}; charset=utf-8")
        );
        assert_eq!(got.header("graphql-cost"), "1");
        assert_eq!(got.header("cache-control"), "no-store");
        assert_eq!(got.header("x-content-type-options"), "nosniff");
        assert!(got.header("access-control-allow-origin").is_empty());
    }
    assert_eq!(
        get("{ title }").await.body,
        json!({"data": {"title": "Beekeeper"}})
    );
}

#[tokio::test]
async fn parameters_are_used() {
    let query = "query A($t: String!, $n: Int = 2) { echo(text: $t, times: $n) }";
    let got = post_as(
        GRAPHQL,
        json!({
            "query": query, "variables": {"t": "ab"}, "operationName": "A", "extensions": {"x": 1},
        }),
    )
    .await;
    assert_eq!(got.body, json!({"data": {"echo": "abab"}}));
    let uri = "/graphql?query=query(%24t:String!)%7Becho(text:%24t)%7D&variables=%7B%22t%22:%22z%22%7D&operationName=&extensions=";
    let got = call(request("GET", uri, &[], Body::empty())).await;
    assert_eq!(
        (got.status, got.body),
        (200, json!({"data": {"echo": "z"}}))
    );
}

#[tokio::test]
async fn what_fails_before_execution_is_400_or_200_and_has_no_data() {
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ echo }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ echo(text: 1) }", "GRAPHQL_VALIDATION_FAILED"),
        ("query($t: String!) { echo(text: $t) }", "BAD_USER_INPUT"),
        (
            "{ ...f } fragment f on Query { ...f }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "{ occupations(first: 100) { occupations(first: 1000) { occupations(first: 9) { title } } } }",
            "COST_LIMIT",
        ),
        ("query A { title } query B { title }", "TOO_MANY_OPERATIONS"),
        ("subscription { title }", "SUBSCRIPTION_OVER_HTTP"),
    ] {
        for (accept, status) in [(GRAPHQL, 400), ("application/json", 200)] {
            let got = post_as(accept, json!({"query": query})).await;
            assert_eq!(
                (got.status, got.code()),
                (status, code),
                "{query}: {}",
                got.body
            );
            assert!(got.body.get("data").is_none(), "{query}");
        }
    }
    let variables =
        json!({"query": "query($t: String!) { echo(text: $t) }", "variables": {"t": 7}});
    let got = post_as(GRAPHQL, variables).await;
    assert_eq!((got.status, got.code()), (400, "GRAPHQL_VALIDATION_FAILED"));
    let name = json!({"query": "query A { title }", "operationName": "B"});
    assert_eq!(
        post_as(GRAPHQL, name).await.code(),
        "OPERATION_RESOLUTION_FAILED"
    );
}

#[tokio::test]
async fn input_that_a_scalar_refuses_is_the_clients_error() {
    for body in [
        json!({"query": "{ half(of: 3) }"}),
        json!({"query": "query($n: Even!) { half(of: $n) }", "variables": {"n": 3}}),
        json!({"query": "query($n: Even!) { ...f } fragment f on Query { half(of: $n) }", "variables": {"n": 3}}),
    ] {
        let got = post_as(GRAPHQL, body).await;
        assert_eq!(got.code(), "BAD_USER_INPUT", "{}", got.body);
        let error = &got.body["errors"][0];
        assert_eq!(error["path"], json!(["half"]));
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.contains("an even number is needed"), "{message}");
    }
    assert_eq!(post("{ half(of: 4) }").await.body["data"]["half"], 2);
}

#[tokio::test]
async fn unforeseen_errors_are_masked() {
    for (query, data) in [
        ("{ leaks }", json!(null)),
        (
            "{ title maybeLeaks }",
            json!({"title": "Beekeeper", "maybeLeaks": null}),
        ),
    ] {
        let got = post(query).await;
        assert_eq!(
            (got.status, &got.body["data"]),
            (200, &data),
            "{}",
            got.body
        );
        let error = &got.body["errors"][0];
        assert_eq!(error["message"], "Internal error");
        assert_eq!(
            error["extensions"],
            json!({"code": "INTERNAL", "requestId": "made-up"})
        );
        let text = got.body.to_string();
        assert!(!text.contains("SELECT") && !text.contains("/etc"), "{text}");
    }
    let got = post("{ missing }").await;
    assert_eq!((got.status, got.code()), (200, "NOT_FOUND"));
    assert_eq!(
        got.body["errors"][0]["message"],
        "It is not there. Ask for another."
    );
}

/// A request id that a client may give.
const MINE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

#[tokio::test]
async fn a_panic_is_masked_and_the_next_request_runs() {
    let app = app();
    for (query, status) in [("{ panics }", 500), ("{ title }", 200)] {
        let headers = [("content-type", "application/json"), ("x-request-id", MINE)];
        let request = request(
            "POST",
            "/graphql",
            &headers,
            json!({"query": query}).to_string(),
        );
        let got = Got::of(app.clone().oneshot(request).await.expect("infallible")).await;
        assert_eq!((got.status, got.header("x-request-id")), (status, MINE));
        if status == 500 {
            assert_eq!(got.body["errors"][0]["extensions"]["requestId"], MINE);
            assert!(!got.body.to_string().contains("42"));
        }
    }
}

#[tokio::test]
async fn a_slow_operation_is_stopped() {
    let headers = [("content-type", "application/json")];
    let slow = request(
        "POST",
        "/graphql",
        &headers,
        json!({"query": "{ slow }"}).to_string(),
    );
    let got = Got::of(impatient().oneshot(slow).await.expect("infallible")).await;
    assert_eq!((got.status, got.code()), (504, "TIMEOUT"));
    assert!(got.body.get("data").is_none());
}

#[tokio::test]
async fn the_executor_may_refuse() {
    let headers = [("content-type", "application/json"), ("x-refuse", "1")];
    let body = json!({"query": "{ title }"}).to_string();
    let got = call(request("POST", "/graphql", &headers, body)).await;
    assert_eq!((got.status, got.code()), (401, "UNAUTHENTICATED"));
}
