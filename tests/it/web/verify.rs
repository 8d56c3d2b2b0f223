//! `POST /credentials/verify`.

use attestry::credential::ops::change::{StatusAction, change_status};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use super::setup::{Answer, House, issue, of};

const URL: &str = "https://skills.example";

fn judged(answer: &Answer, status: u16, outcome: &str) -> Value {
    let body = answer.json();
    assert_eq!(answer.status, status, "{body}");
    assert_eq!(body["outcome"], outcome, "{body}");
    assert_eq!(body["verified"], outcome == "VALID", "{body}");
    let problems = body["problemDetails"].as_array().expect("problems");
    assert_eq!(problems.is_empty(), outcome == "VALID", "{body}");
    for problem in problems {
        for member in ["type", "title", "detail"] {
            assert!(problem[member].is_string(), "{problem}");
        }
    }
    body
}

fn check<'b>(body: &'b Value, name: &str) -> &'b Value {
    let checks = body["checks"].as_array().expect("checks");
    let found = checks.iter().find(|check| check["name"] == name);
    &found.unwrap_or_else(|| panic!("no {name} in {body}"))["outcome"]
}

#[tokio::test]
async fn a_genuine_record_is_valid_in_every_shape_that_it_comes_in() {
    let (house, imported) = House::with_sample(URL).await;
    let issued = issue(&house, "riverside", imported.version).await;
    let enveloped = json!({
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": format!("data:application/vc+jwt,{}", issued.jwt),
        "type": "EnvelopedVerifiableCredential",
    });
    for record in [Value::from(issued.jwt.as_str()), enveloped] {
        let body = judged(&house.verify(&of(record)).await, 200, "VALID");
        assert_eq!(check(&body, "SIGNATURE"), "PASS");
        assert_eq!(check(&body, "STATUS"), "PASS");
        assert_eq!(check(&body, "STATEMENT"), "PASS");
        assert_eq!(check(&body, "TRUST"), "NOT_APPLICABLE");
        assert_eq!(body["summary"]["issuerName"], "Riverside College");
        assert_eq!(body.get("credential"), None);
    }
    let mut request = of(issued.jwt.as_str());
    request["options"] = json!({"returnCredential": true, "trustList": {"issuers": []}});
    let body = judged(&house.verify(&request).await, 200, "VALID");
    assert_eq!(body["credential"]["id"], body["summary"]["credentialId"]);
    // Who is trusted is the reader's own affair.
    assert_ne!(check(&body, "TRUST"), "PASS");
}

#[tokio::test]
async fn what_was_altered_unsigned_or_revoked_is_invalid() {
    let (house, imported) = House::with_sample(URL).await;
    let issued = issue(&house, "riverside", imported.version).await;
    let (signed, signature) = issued.jwt.rsplit_once('.').expect("three parts");
    let backwards: String = signature.chars().rev().collect();
    let altered = format!("{signed}.{backwards}");
    let body = judged(&house.verify(&of(altered)).await, 422, "INVALID");
    assert_eq!(check(&body, "SIGNATURE"), "FAIL");

    let body = judged(
        &house.verify(&of(issued.credential())).await,
        422,
        "INVALID",
    );
    assert_eq!(check(&body, "SIGNATURE"), "FAIL");

    let op = issued.op(&house);
    let revoked = change_status(&op, issued.id, StatusAction::Revoke, "issued in error").await;
    revoked.expect("revoked");
    let body = judged(
        &house.verify(&of(issued.jwt.as_str())).await,
        422,
        "INVALID",
    );
    assert_eq!(check(&body, "STATUS"), "FAIL");
}

#[tokio::test]
async fn a_record_from_elsewhere_is_not_known_to_be_valid() {
    let (elsewhere, imported) = House::with_sample("https://other.example").await;
    let issued = issue(&elsewhere, "riverside", imported.version).await;
    // Neither where nobody goes by its issuer's name nor where somebody else does.
    let (house, imported) = House::with_sample(URL).await;
    issue(&house, "riverside", imported.version).await;
    let body = judged(
        &house.verify(&of(issued.jwt.as_str())).await,
        422,
        "INDETERMINATE",
    );
    assert_eq!(check(&body, "SIGNATURE"), "UNKNOWN");
    assert_eq!(check(&body, "STATUS"), "UNKNOWN");
}

#[tokio::test]
async fn what_cannot_be_parsed_is_a_bad_request() {
    let house = House::empty(URL).await;
    let send = |body: &'static str| {
        let request = Request::post("/credentials/verify");
        let request = request.header("content-type", "application/json; charset=utf-8");
        house.ask(request.body(Body::from(body)).expect("a request"))
    };
    for (body, title) in [
        ("", "PARSING_ERROR"),
        ("{", "PARSING_ERROR"),
        (
            r#"{"verifiableCredential":"","verifiableCredential":""}"#,
            "PARSING_ERROR",
        ),
        (
            r#"{"verifiableCredential":"no credential"}"#,
            "PARSING_ERROR",
        ),
        (
            r#"{"verifiableCredential":{"type":"Invoice"}}"#,
            "PARSING_ERROR",
        ),
        ("{}", "MALFORMED_VALUE_ERROR"),
        (
            r#"{"verifiableCredential":"","x":1}"#,
            "UNKNOWN_OPTION_PROVIDED",
        ),
    ] {
        let body = judged(&send(body).await, 400, "INVALID");
        assert_eq!(body["problemDetails"][0]["title"], title, "{body}");
    }
}

#[tokio::test]
async fn only_json_of_a_bounded_size_is_read() {
    let house = House::empty(URL).await;
    for content_type in [None, Some("text/plain"), Some("application/vc+jwt")] {
        let mut request = Request::post("/credentials/verify");
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        let answer = house
            .ask(request.body(Body::from("{}")).expect("a request"))
            .await;
        assert_eq!(answer.status, 415, "{content_type:?}");
        assert_eq!(answer.json()["error"]["code"], "UNSUPPORTED_MEDIA_TYPE");
    }
    // No length is announced: it is counted as it comes.
    let chunks = (0..1_000).map(|_| Ok::<_, std::io::Error>(vec![b' '; 65_536]));
    let body = Body::from_stream(futures_util::stream::iter(chunks));
    let request = Request::post("/credentials/verify").header("content-type", "application/json");
    let answer = house.ask(request.body(body).expect("a request")).await;
    assert_eq!(answer.status, 413);
    assert_eq!(answer.json()["error"]["code"], "BODY_TOO_LARGE");
}
