//! Answers to requests that reached the schema.

use std::collections::BTreeMap;

use async_graphql::parser::Pos;
use async_graphql::{ErrorExtensionValues, ServerError, Value};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use serde::Serialize;
use serde_json::json;

use super::failure::respond;
use super::media::Media;
use crate::web::request_id::RequestId;

/// The code of a masked error.
pub(super) const INTERNAL: &str = "INTERNAL";
/// What a client reads in the place of a masked error's message.
pub(super) const MASK: &str = "Internal error";
/// The response header with the operation's cost, by the document guard.
const COST: HeaderName = HeaderName::from_static("graphql-cost");

/// The schema's response, made fit to be sent.
#[derive(Debug)]
pub(super) struct Answer {
    body: Body,
    headers: HeaderMap,
}

#[derive(Debug, Serialize)]
struct Body {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ServerError>,
    /// `None`: validation refused the request, and it was not executed.
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: BTreeMap<String, Value>,
}

impl Answer {
    /// Gives every error a code and masks what must not be told.
    ///
    /// `argument_positions` are those of the document's argument values.
    pub(super) fn new(
        response: async_graphql::Response,
        argument_positions: &[Pos],
        cost: u64,
        id: &RequestId,
    ) -> Self {
        let mut errors = response.errors;
        // Validation gives errors without a path and no data; a resolver's have a path.
        let was_executed = errors.is_empty()
            || response.data != Value::Null
            || errors.iter().any(|error| !error.path.is_empty());
        for error in errors.iter_mut().filter(|error| !is_coded(error)) {
            if error.source.is_some() {
                mask(error, id);
            } else if !was_executed {
                set_code(error, "GRAPHQL_VALIDATION_FAILED");
            } else if is_of_input(error, argument_positions) {
                set_code(error, "BAD_USER_INPUT");
                error.locations.retain(|at| at.line > 0);
            } else {
                mask(error, id);
            }
        }
        let mut headers = response.http_headers;
        headers.insert(COST, HeaderValue::from(cost));
        let body = Body {
            errors,
            data: was_executed.then_some(response.data),
            extensions: response.extensions,
        };
        Self { body, headers }
    }

    /// Whether one of its errors has this code.
    pub(super) fn has_code(&self, code: &str) -> bool {
        let code = Value::from(code);
        self.body.errors.iter().any(|error| {
            let extensions = error.extensions.as_ref();
            extensions.and_then(|extensions| extensions.get("code")) == Some(&code)
        })
    }

    /// The result of what was executed, as an `ExecutionResult`, or the errors of what was not.
    pub(super) fn into_payload(self) -> Result<serde_json::Value, serde_json::Value> {
        let was_executed = self.body.data.is_some();
        let payload = if was_executed {
            serde_json::to_value(&self.body)
        } else {
            serde_json::to_value(&self.body.errors)
        };
        let payload = payload.map_err(|error| {
            tracing::error!(%error, "a GraphQL response cannot be written as JSON");
            json!([{"message": MASK, "extensions": {"code": INTERNAL}}])
        })?;
        if was_executed {
            Ok(payload)
        } else {
            Err(payload)
        }
    }

    pub(super) fn respond(self, media: Media) -> Response {
        let status = match (&self.body.data, media) {
            (None, Media::GraphqlResponse) => StatusCode::BAD_REQUEST,
            _ => StatusCode::OK,
        };
        let mut response = respond(status, media, &self.body);
        response.headers_mut().extend(self.headers);
        response
    }
}

fn is_coded(error: &ServerError) -> bool {
    let extensions = error.extensions.as_ref();
    let code = extensions.and_then(|extensions| extensions.get("code"));
    matches!(code, Some(Value::String(_) | Value::Enum(_)))
}

/// A resolver's error is located at its field; one of coercion at the argument's value, or
/// at line 0 where the value was left out.
fn is_of_input(error: &ServerError, argument_positions: &[Pos]) -> bool {
    let is_input = |at: &Pos| at.line == 0 || argument_positions.contains(at);
    !error.locations.is_empty() && error.locations.iter().all(is_input)
}

fn set_code(error: &mut ServerError, code: &str) {
    error
        .extensions
        .get_or_insert_with(ErrorExtensionValues::default)
        .set("code", code);
}

fn mask(error: &mut ServerError, id: &RequestId) {
    let path: Vec<String> = error.path.iter().map(|part| format!("{part:?}")).collect();
    tracing::error!(
        request_id = id.as_str(),
        path = path.join("."),
        error = error.message,
        "an unforeseen error in a resolver"
    );
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", INTERNAL);
    extensions.set("requestId", id.as_str());
    error.message = MASK.to_owned();
    error.source = None;
    error.extensions = Some(extensions);
}
