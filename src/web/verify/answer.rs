//! What a reader is told.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::request::Rejection;
use crate::credential::verify::{Check, CheckOutcome, Inspected, Outcome, Report};
use crate::web::json_response;

/// The report, with the credential where the reader asked for it.
pub(super) fn judged(report: &Report, credential: Option<&Inspected>) -> Response {
    let verified = report.outcome == Outcome::Valid;
    let status = if verified {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let problems = report.checks.iter().filter_map(problem);
    let mut body = json!({
        "verified": verified,
        "outcome": report.outcome,
        "checks": report.checks,
        "summary": report.summary,
        "parts": report.parts,
        "problemDetails": problems.collect::<Vec<_>>(),
    });
    if let (Some(inspected), Value::Object(body)) = (credential, &mut body) {
        let credential = Value::from(inspected.document().clone());
        body.insert("credential".to_owned(), credential);
    }
    json_response(status, &body)
}

/// A check that stands in the way, as RFC 9457 tells a problem. What only informs never does.
fn problem(check: &Check) -> Option<Value> {
    let stands_in_the_way = matches!(check.outcome, CheckOutcome::Fail | CheckOutcome::Unknown);
    if !stands_in_the_way || check.name.is_advisory() {
        return None;
    }
    let (uri, title) = check
        .error
        .map_or(("about:blank", check.name.as_str()), |e| (e.uri, e.name));
    Some(json!({"type": uri, "title": title, "detail": check.reason}))
}

/// Nothing was judged, because the request, or the record in it, cannot be parsed.
pub(super) fn rejected(rejection: &Rejection) -> Response {
    let problem = rejection.problem;
    let body = json!({
        "verified": false,
        "outcome": Outcome::Invalid,
        "checks": [],
        "problemDetails": [
            {"type": problem.uri, "title": problem.name, "detail": rejection.detail},
        ],
    });
    json_response(StatusCode::BAD_REQUEST, &body)
}
