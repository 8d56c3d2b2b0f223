//! Reading a request's body: no more than so many bytes, in no more than so much time.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::StatusCode;
use axum::response::Response;

use super::graphql::{Settings, require_json};
use super::middleware::error_response;
use super::request_id::RequestId;

/// Why a body could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unreadable {
    /// It is longer than this many bytes.
    #[error("The body is longer than {0} bytes. Send less.")]
    TooLarge(usize),
    /// It took longer than this many seconds.
    #[error("The body took longer than {0} s. Send it again.")]
    TooSlow(u64),
    /// It broke off.
    #[error("The body cannot be read to its end. Send it again.")]
    Broken,
}

impl Unreadable {
    /// The status that tells it.
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow(_) => StatusCode::REQUEST_TIMEOUT,
            Self::Broken => StatusCode::BAD_REQUEST,
        }
    }

    /// Its code in an answer for programs.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::TooLarge(_) => "BODY_TOO_LARGE",
            Self::TooSlow(_) => "TIMEOUT",
            Self::Broken => "BAD_REQUEST",
        }
    }
}

/// Reads a body to its end, within the limits of the settings.
pub(super) async fn read(body: Body, settings: &Settings) -> Result<Bytes, Unreadable> {
    let limit = settings.max_body_bytes;
    let seconds = settings.timeout_seconds;
    let mut request = Request::new(body);
    DefaultBodyLimit::max(limit).apply(&mut request);
    let read = Bytes::from_request(request, &());
    match tokio::time::timeout(Duration::from_secs(seconds), read).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(refusal)) if refusal.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            Err(Unreadable::TooLarge(limit))
        }
        Ok(Err(_)) => Err(Unreadable::Broken),
        Err(_) => Err(Unreadable::TooSlow(seconds)),
    }
}

/// Reads a body that must be `application/json`, as [`read`] does. `example` shows what to send;
/// whatever is in the way is told in an answer.
pub(super) async fn read_json(
    request: Request,
    settings: &Settings,
    id: &RequestId,
    example: &str,
) -> Result<Bytes, Response> {
    if require_json(request.headers()).is_err() {
        return Err(error_response(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            &format!("Send application/json: {example}."),
            Some(id),
        ));
    }
    let read = read(request.into_body(), settings).await;
    read.map_err(|error| error_response(error.status(), error.code(), &error.to_string(), Some(id)))
}
