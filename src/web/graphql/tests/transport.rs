//! Methods, media types, sizes and forms of requests.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use serde_json::json;
use tower::ServiceExt;

use super::{GRAPHQL, Got, call, get, impatient, post, post_as, request};

#[tokio::test]
async fn a_get_never_mutates() {
    let got = get("mutation { add(n: 1) }").await;
    assert_eq!(
        (got.status, got.code(), got.header("allow")),
        (405, "METHOD_NOT_ALLOWED", "POST")
    );
    assert_eq!(
        post("mutation { add(n: 1) }").await.body,
        json!({"data": {"add": 2}})
    );
}

#[tokio::test]
async fn only_json_is_taken_so_that_no_other_site_can_post() {
    let body = json!({"query": "mutation { add(n: 1) }"}).to_string();
    for headers in [
        &[][..],
        &[("content-type", "text/plain")],
        &[("content-type", "text/plain; application/json")],
        &[("content-type", "application/x-www-form-urlencoded")],
        &[("content-type", "multipart/form-data; boundary=x")],
        &[("content-type", "application/graphql")],
        &[("content-type", "application/json; charset=latin1")],
    ] {
        let got = call(request("POST", "/graphql", headers, body.clone())).await;
        assert_eq!(
            (got.status, got.code()),
            (415, "UNSUPPORTED_MEDIA_TYPE"),
            "{headers:?}"
        );
    }
    for method in ["PUT", "DELETE", "OPTIONS", "PATCH"] {
        let headers = [
            ("content-type", "application/json"),
            ("origin", "https://evil.example"),
        ];
        let got = call(request(method, "/graphql", &headers, body.clone())).await;
        assert_eq!(
            (got.status, got.header("allow")),
            (405, "GET, POST"),
            "{method}"
        );
        assert!(got.header("access-control-allow-origin").is_empty());
    }
}

#[tokio::test]
async fn unwanted_types_are_406() {
    let got = post_as("text/html", json!({"query": "{ title }"})).await;
    assert_eq!((got.status, got.code()), (406, "NOT_ACCEPTABLE"));
}

#[tokio::test]
async fn malformed_requests_are_400_whatever_is_accepted() {
    for body in [
        "",
        "{",
        "null",
        "1",
        "[]",
        "{}",
        r#"[{"query":"{ title }"}]"#,
        r#"{"query":1}"#,
        r#"{"query":null}"#,
        r#"{"query":"{ title }","variables":[]}"#,
        r#"{"query":"{ title }","variables":"{}"}"#,
        r#"{"query":"{ title }","operationName":1}"#,
        r#"{"query":"{ title }","extensions":[]}"#,
        "\u{feff}{}",
    ] {
        for accept in [GRAPHQL, "application/json"] {
            let headers = [("content-type", "application/json"), ("accept", accept)];
            let got = call(request("POST", "/graphql", &headers, body)).await;
            assert_eq!((got.status, got.code()), (400, "BAD_REQUEST"), "{body}");
        }
    }
    let headers = [("content-type", "application/json")];
    let got = call(request(
        "POST",
        "/graphql",
        &headers,
        &b"{\"query\":\"\xff\"}"[..],
    ))
    .await;
    assert_eq!(got.status, 400);
    let batch = post_as(GRAPHQL, json!([{"query": "{ title }"}])).await;
    assert!(
        batch.body["errors"][0]["message"]
            .as_str()
            .is_some_and(|m| m.contains("Batches"))
    );
    for uri in [
        "/graphql",
        "/graphql?query=%7Btitle%7D&query=x",
        "/graphql?query=%7Btitle%7D&variables=x",
    ] {
        assert_eq!(
            call(request("GET", uri, &[], Body::empty())).await.status,
            400,
            "{uri}"
        );
    }
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_given_up() {
    let never = futures_util::stream::pending::<Result<Bytes, Infallible>>();
    let headers = [("content-type", "application/json")];
    let endless = request("POST", "/graphql", &headers, Body::from_stream(never));
    let got = Got::of(impatient().oneshot(endless).await.expect("infallible")).await;
    assert_eq!((got.status, got.code()), (408, "TIMEOUT"));
}

#[tokio::test]
async fn large_bodies_are_413() {
    let headers = [
        ("content-type", "application/json"),
        ("content-length", "1048577"),
    ];
    let got = call(request("POST", "/graphql", &headers, Body::empty())).await;
    assert_eq!((got.status, got.code()), (413, "BODY_TOO_LARGE"));
    let chunk = || Ok::<_, Infallible>(Bytes::from(vec![b' '; 700_000]));
    let chunks = futures_util::stream::iter([chunk(), chunk()]);
    let got = call(request(
        "POST",
        "/graphql",
        &headers[..1],
        Body::from_stream(chunks),
    ))
    .await;
    assert_eq!((got.status, got.code()), (413, "BODY_TOO_LARGE"));
    let headers = [
        ("content-type", "application/json"),
        ("content-length", "99999999"),
    ];
    let got = call(request("POST", "/graphql", &headers, Body::empty())).await;
    assert_eq!(
        (got.status, &got.body["error"]["code"]),
        (413, &json!("BODY_TOO_LARGE"))
    );
}

#[tokio::test]
async fn request_ids_are_made_where_none_or_a_bad_one_is_sent() {
    for (sent, echoed) in [
        (
            "4bf92f3577b34da6a3ce929d0e0e4736",
            "4bf92f3577b34da6a3ce929d0e0e4736",
        ),
        ("ada", "made-up"),
        ("bad id", "made-up"),
        ("\"x\"", "made-up"),
    ] {
        let got = call(request(
            "GET",
            "/graphql",
            &[("x-request-id", sent)],
            Body::empty(),
        ))
        .await;
        assert_eq!(got.header("x-request-id"), echoed);
    }
}
