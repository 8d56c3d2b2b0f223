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
        Error::Invalid(wrong) => {
            let is_reused = wrong.iter().any(|w| w.code == "IDEMPOTENCY_KEY_REUSED");
            let status = if is_reused {
                StatusCode::UNPROCESSABLE_ENTITY
            } else {
                StatusCode::BAD_REQUEST
            };
            problems(status, wrong.iter().map(problem).collect())
        }
        Error::Internal(_) => {
            let request_id = id.as_str();
            tracing::error!(request_id, %error, "a credential could not be issued");
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            error_response(status, "INTERNAL", "Internal error", Some(id))
        }
    }
}

fn problem(wrong: &Wrong) -> Value {
    let kind = match wrong.code {
        "PROOF_GENERATION_ERROR" => PROOF_GENERATION_ERROR,
        "IDEMPOTENCY_KEY_REUSED" => Problem {
            uri: "about:blank",
            name: "IDEMPOTENCY_KEY_REUSED",
        },
        _ => Problem::MALFORMED_VALUE_ERROR,
    };
    told(kind, &format!("{}: {}", wrong.field, wrong.message))
}

/// A problem as RFC 9457 tells it.
fn told(kind: Problem, detail: &str) -> Value {
    json!({"type": kind.uri, "title": kind.name, "detail": detail})
}

fn problems(status: StatusCode, problems: Vec<Value>) -> Response {
    json_response(status, &json!({"problemDetails": problems}))
}
