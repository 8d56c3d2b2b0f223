//! Answers to requests that are not executed.

use async_graphql::parser::Pos;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderName, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::media::Media;
use crate::graphql::guard::Refusal;
use crate::web::request_id::RequestId;

/// Why a request is not executed, or not to its end: one error, and a status.
#[derive(Debug)]
pub struct Failure {
    /// `None`: 400, but 200 under `application/json`.
    status: Option<StatusCode>,
    headers: Vec<(HeaderName, HeaderValue)>,
    message: String,
    locations: Vec<Pos>,
    extensions: Map<String, Value>,
}

impl Failure {
    /// A well-formed request with a GraphQL error in it: 400 under
    /// `application/graphql-response+json`, 200 under `application/json`.
    #[must_use]
    pub fn request(code: &str, message: impl Into<String>) -> Self {
        let code = (String::from("code"), Value::from(code));
        Self {
            status: None,
            headers: Vec::new(),
            message: message.into(),
            locations: Vec::new(),
            extensions: Map::from_iter([code]),
        }
    }

    /// A failure of the exchange, with a status that does not depend on the media type.
    #[must_use]
    pub fn with_status(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self {
            status: Some(status),
            ..Self::request(code, message)
        }
    }

    /// Adds a header to the response, for example `WWW-Authenticate`.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// What nobody foresaw: 500, masked, with the id under which it is logged.
    #[must_use]
    pub fn internal(id: &RequestId) -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        let mut failure = Self::with_status(status, super::answer::INTERNAL, super::answer::MASK);
        let id = Value::from(id.as_str());
        failure.extensions.insert("requestId".into(), id);
        failure
    }

    pub(super) fn malformed(message: impl Into<String>) -> Self {
        Self::with_status(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    pub(super) fn method(allow: &'static str, message: &str) -> Self {
        Self::with_status(
            StatusCode::METHOD_NOT_ALLOWED,
            "METHOD_NOT_ALLOWED",
            message,
        )
        .header(ALLOW, HeaderValue::from_static(allow))
    }

    pub(super) fn not_acceptable() -> Self {
        Self::with_status(
            StatusCode::NOT_ACCEPTABLE,
            "NOT_ACCEPTABLE",
            "None of the types in \"Accept\" can be sent. \
             Accept application/graphql-response+json or application/json.",
        )
    }

    pub(super) fn unsupported_media_type() -> Self {
        Self::with_status(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            "The body's type is not taken. \
             Send JSON in UTF-8 with the header \"Content-Type: application/json\".",
        )
    }

    pub(super) fn body_too_large(limit: usize) -> Self {
        Self::with_status(
            StatusCode::PAYLOAD_TOO_LARGE,
            "BODY_TOO_LARGE",
            format!("The body is larger than {limit} bytes. Send its data in several requests."),
        )
    }

    pub(super) fn slow_body(seconds: u64) -> Self {
        Self::with_status(
            StatusCode::REQUEST_TIMEOUT,
            "TIMEOUT",
            format!("The body did not arrive within {seconds} s. Send it again."),
        )
    }

    pub(super) fn timeout(seconds: u64) -> Self {
        Self::with_status(
            StatusCode::GATEWAY_TIMEOUT,
            "TIMEOUT",
            format!(
                "There was no answer within {seconds} s. A query was stopped: ask for less at once. A mutation may still be done: look before you send it again."
            ),
        )
    }

    /// The list of errors, which is one.
    pub(super) fn errors(&self) -> Value {
        json!([ErrorBody {
            message: &self.message,
            locations: &self.locations,
            extensions: &self.extensions,
        }])
    }

    pub(super) fn respond(self, media: Media) -> Response {
        let status = self.status.unwrap_or(match media {
            Media::Json => StatusCode::OK,
            Media::GraphqlResponse => StatusCode::BAD_REQUEST,
        });
        let error = ErrorBody {
            message: &self.message,
            locations: &self.locations,
            extensions: &self.extensions,
        };
        let mut response = respond(status, media, &Errors { errors: [error] });
        response.headers_mut().extend(self.headers);
        response
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self {
            locations: refusal.positions(),
            ..Self::request(refusal.code(), refusal.to_string())
        }
    }
}

#[derive(Serialize)]
struct Errors<'f> {
    errors: [ErrorBody<'f>; 1],
}

#[derive(Serialize)]
struct ErrorBody<'f> {
    message: &'f str,
    #[serde(skip_serializing_if = "<[Pos]>::is_empty")]
    locations: &'f [Pos],
    extensions: &'f Map<String, Value>,
}

/// A response with a JSON body.
pub(super) fn respond(status: StatusCode, media: Media, body: &impl Serialize) -> Response {
    let headers = [
        (CONTENT_TYPE, media.content_type()),
        (CACHE_CONTROL, "no-store"),
        (VARY, "accept"),
    ];
    match serde_json::to_vec(body) {
        Ok(body) => (status, headers, body).into_response(),
        Err(error) => {
            tracing::error!(%error, "a GraphQL response cannot be written as JSON");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
