//! The HTTP face of the house.

mod bearer;
mod body;
pub mod bulk;
pub mod case;
mod changes;
mod conditional;
pub mod documents;
pub mod evidence;
pub mod graphql;
pub mod health;
mod html;
pub mod issue;
pub mod learner;
mod media_type;
pub mod middleware;
mod negotiate;
mod page;
pub mod playground;
pub mod request_id;
pub mod router;
mod site;
#[cfg(test)]
mod tests;
pub mod verify;

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
