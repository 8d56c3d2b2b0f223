//! What a client is told.

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::request::Rejection;
use crate::credential::CREDENTIALS_CONTEXT;
use crate::credential::mechanism::Mechanism;
use crate::credential::ops::raw::Secured;
use crate::credential::verify::Problem;
use crate::kernel::errors::{Error, Problem as Wrong};
use crate::web::json_response;
use crate::web::middleware::error_response;
use crate::web::request_id::RequestId;

/// The proof cannot be made (Data Integrity 1.0, section 4.7).
const PROOF_GENERATION_ERROR: Problem = Problem {
    uri: "https://w3id.org/security#PROOF_GENERATION_ERROR",
    name: "PROOF_GENERATION_ERROR",
};

/// What stands in the way of a request that is not wrong in itself. No specification names these.
const CONFLICTS: [&str; 7] = [
    "EXPIRED",
    "IDEMPOTENCY_KEY_REUSED",
    "KEY_COMPROMISED",
    "NO_SIGNING_KEY",
    "PUBLIC_URL_CHANGED",
    "UNDER_APPEAL",
    "WITHDRAWN",
];

/// 201, with the secured credential: as it is, or in its envelope.
pub(super) fn issued(issued: &Secured) -> Response {
    // An embedded proof's document goes out as it was secured, to the letter.
    let document = match issued.mechanism {
        Mechanism::EddsaRdfc2022 | Mechanism::EddsaJcs2022 => issued.text.clone(),
        Mechanism::VcJwt => enveloped("application/vc+jwt", &issued.text).to_string(),
        Mechanism::JwtOpenBadges => enveloped("application/jwt", &issued.text).to_string(),
    };
    let body = format!("{{\"verifiableCredential\":{document}}}");
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CACHE_CONTROL, "no-store"),
    ];
    (StatusCode::CREATED, headers, body).into_response()
}

/// A JWT as a credential (VC Data Model 2.0, section 4.13.1).
fn enveloped(media_type: &str, jwt: &str) -> Value {
    json!({
        "@context": CREDENTIALS_CONTEXT,
        "id": format!("data:{media_type},{jwt}"),
        "type": "EnvelopedVerifiableCredential",
    })
}

/// The request cannot be understood.
pub(super) fn rejected(rejection: &Rejection) -> Response {
    let problem = told(rejection.problem, &rejection.detail);
    problems(StatusCode::BAD_REQUEST, vec![problem])
}

/// Nothing was issued.
pub(super) fn failed(error: &Error, id: &RequestId) -> Response {
    let refuse = |status, code: &str| error_response(status, code, &error.to_string(), Some(id));
    match error {
        Error::Unauthenticated(_) => {
            let response = refuse(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED");
            let bearer = HeaderValue::from_static("Bearer");
            ([(WWW_AUTHENTICATE, bearer)], response).into_response()
        }
        Error::Forbidden(_) => refuse(StatusCode::FORBIDDEN, "FORBIDDEN"),
        Error::NotFound(_) => refuse(StatusCode::NOT_FOUND, "NOT_FOUND"),
        Error::Invalid(wrong) => problems(status(wrong), wrong.iter().map(problem).collect()),
        Error::Internal(_) => {
            let request_id = id.as_str();
            tracing::error!(request_id, %error, "a credential could not be issued");
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            error_response(status, "INTERNAL", "Internal error", Some(id))
        }
    }
}

fn status(wrong: &[Wrong]) -> StatusCode {
    if wrong.iter().any(|w| CONFLICTS.contains(&w.code)) {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::BAD_REQUEST
    }
}

fn problem(wrong: &Wrong) -> Value {
    let kind = match wrong.code {
        "PROOF_GENERATION_ERROR" => PROOF_GENERATION_ERROR,
        name if CONFLICTS.contains(&name) => Problem {
            uri: "about:blank",
            name,
        },
        _ => Problem::MALFORMED_VALUE_ERROR,
    };
    // The field's name in the GraphQL API; here it is a header.
    let place = match wrong.field.as_str() {
        "input.idempotencyKey" => "Idempotency-Key",
        field => field,
    };
    told(kind, &format!("{place}: {}", wrong.message))
}

/// A problem as RFC 9457 tells it.
fn told(kind: Problem, detail: &str) -> Value {
    json!({"type": kind.uri, "title": kind.name, "detail": detail})
}

fn problems(status: StatusCode, problems: Vec<Value>) -> Response {
    json_response(status, &json!({"problemDetails": problems}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_is_not_called_malformed_where_something_else_stands_in_the_way() {
        for (code, expected, title) in [
            ("NO_SIGNING_KEY", 422, "NO_SIGNING_KEY"),
            ("KEY_COMPROMISED", 422, "KEY_COMPROMISED"),
            ("IDEMPOTENCY_KEY_REUSED", 422, "IDEMPOTENCY_KEY_REUSED"),
            ("PROOF_GENERATION_ERROR", 400, "PROOF_GENERATION_ERROR"),
            ("BAD_LENGTH", 400, "MALFORMED_VALUE_ERROR"),
        ] {
            let wrong = Wrong::new("input", code, "do otherwise");
            assert_eq!(problem(&wrong)["title"], title);
            assert_eq!(problem(&wrong)["detail"], "input: do otherwise");
            assert_eq!(status(&[wrong]).as_u16(), expected, "{code}");
        }
        let wrong = Wrong::new("input.idempotencyKey", "BAD_LENGTH", "give less");
        assert_eq!(problem(&wrong)["detail"], "Idempotency-Key: give less");
    }
}
