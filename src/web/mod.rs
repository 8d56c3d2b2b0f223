//! The HTTP face of the house.

pub mod graphql;
pub mod health;
pub mod middleware;
pub mod playground;
pub mod request_id;
pub mod router;
#[cfg(test)]
mod tests;

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

/// A response with a JSON body.
fn json_response(status: StatusCode, body: &serde_json::Value) -> Response {
    (
        status,
        [(CONTENT_TYPE, "application/json")],
        body.to_string(),
    )
        .into_response()
}
