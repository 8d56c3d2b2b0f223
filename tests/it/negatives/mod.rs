//! What must be refused, each with its error name, and beside it the good neighbours that must
//! not be: over plain HTTP, at the endpoint that verifiers of the VC API use.

mod aliases;
mod documents;
mod forge;
mod jwts;
mod presentations;
mod proofs;
mod status;
mod values;

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::web::setup::House;

/// One request, and what must come of it.
struct Case {
    name: &'static str,
    path: &'static str,
    /// The request's body.
    body: String,
    expected: Expected,
}

#[derive(Clone, Copy)]
enum Expected {
    /// 400, with this error name.
    Malformed(&'static str),
    /// 422 and INVALID, with this error name among others.
    Invalid(&'static str),
    /// 422 and INDETERMINATE, with this error name among others.
    Indeterminate(&'static str),
    /// 200 and VALID.
    Valid,
}

use Expected::{Indeterminate, Invalid, Malformed, Valid};

const SECURITY: &str = "CRYPTOGRAPHIC_SECURITY_ERROR";
const VALUE: &str = "MALFORMED_VALUE_ERROR";
const PARSING: &str = "PARSING_ERROR";
const PROOF: &str = "PROOF_VERIFICATION_ERROR";
const TRANSFORMATION: &str = "PROOF_TRANSFORMATION_ERROR";
const RANGE: &str = "RANGE_ERROR";
const RETRIEVAL: &str = "STATUS_RETRIEVAL_ERROR";
const STATUS: &str = "STATUS_VERIFICATION_ERROR";

/// A record alone.
fn case(name: &'static str, record: impl Into<Value>, expected: Expected) -> Case {
    case_with(name, record, json!({}), expected)
}

/// A record, and what the reader brings along.
fn case_with(
    name: &'static str,
    record: impl Into<Value>,
    options: Value,
    expected: Expected,
) -> Case {
    let body = json!({"verifiableCredential": record.into(), "options": options});
    Case {
        name,
        path: "/credentials/verify",
        body: body.to_string(),
        expected,
    }
}

async fn run(cases: Vec<Case>) {
    let house = House::empty("https://skills.example").await;
    let mut wrong = Vec::new();
    let count = cases.len();
    for case in cases {
        let request = Request::post(case.path)
            .header("content-type", "application/json")
            .body(Body::from(case.body))
            .expect("a request");
        let answer = house.ask(request).await;
        let body = answer.json();
        let (status, outcome, title) = match case.expected {
            Malformed(title) => (400, "INVALID", Some(title)),
            Invalid(title) => (422, "INVALID", Some(title)),
            Indeterminate(title) => (422, "INDETERMINATE", Some(title)),
            Valid => (200, "VALID", None),
        };
        let titles: Vec<&str> = body["problemDetails"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|problem| problem["title"].as_str())
            .collect();
        let named = title.is_none_or(|title| titles.contains(&title));
        if answer.status != status || body["outcome"] != outcome || !named {
            let name = case.name;
            wrong.push(format!(
                "{name}: wanted {status} {outcome} {title:?}, got {} {body:#}",
                answer.status
            ));
        }
        // Whatever is named is told in the documentation.
        for title in titles {
            let told = ERRORS.contains(&format!("`{title}`"));
            assert!(told, "docs/errors.md does not tell {title} ({})", case.name);
        }
    }
    let bad = wrong.len();
    assert!(wrong.is_empty(), "{bad} of {count}:\n{}", wrong.join("\n"));
}

const ERRORS: &str = include_str!("../../../docs/errors.md");
