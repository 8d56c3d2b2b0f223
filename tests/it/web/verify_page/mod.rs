//! `/verify`, the page for people who were shown a record.

mod form;
mod report;

use axum::body::Body;
use axum::http::Request;

use super::setup::{Answer, House};

const URL: &str = "https://skills.example";
const BOUNDARY: &str = "a-line-between";

/// A part of the form: its field, the name of its file where it is one, and its bytes.
type Part<'p> = (&'p str, Option<&'p str>, &'p [u8]);

fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, file, bytes) in parts {
        let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"{file}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

async fn post(house: &House, content_type: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post("/verify").header("content-type", content_type);
    let answer = house
        .ask(request.body(body.into()).expect("a request"))
        .await;
    plain_page(&answer);
    assert_eq!(answer.header("cache-control"), "no-store");
    answer
}

/// Sends the form as a browser does.
async fn send(house: &House, parts: &[Part<'_>]) -> Answer {
    let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
    post(house, &content_type, multipart(parts)).await
}

async fn paste(house: &House, record: &str) -> Answer {
    // What was left empty comes along.
    send(
        house,
        &[
            ("text", None, record.as_bytes()),
            ("file", Some(""), b""),
            ("issuer", Some(""), b""),
        ],
    )
    .await
}

/// A page that no browser runs anything of, keeps, or lends to another.
fn plain_page(answer: &Answer) {
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    let policy = answer.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'")
            && policy.contains("form-action 'self'")
            && policy.contains("frame-ancestors 'none'")
            && !policy.contains("script-src")
            && !policy.contains("unsafe"),
        "{policy}"
    );
    assert_eq!(answer.header("set-cookie"), "");
    assert_eq!(answer.header("access-control-allow-origin"), "");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    let page = answer.text();
    assert_eq!(page.matches("<h1>").count(), 1, "{page}");
    for active in ["<script", "javascript:", " style=", "<iframe", " on"] {
        // An attribute would stand within a tag; words of the text do not.
        let in_a_tag = |tag: &str| {
            tag.split('>')
                .next()
                .is_some_and(|tag| tag.contains(active))
        };
        let found = page.split('<').any(in_a_tag) || page.contains("<script");
        assert!(!found, "{active} in {page}");
    }
}
