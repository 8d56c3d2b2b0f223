//! Reading a request's body: no more than so many bytes, in no more than so much time.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::StatusCode;

use super::graphql::Settings;

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
