//! What a reader is told who gets nothing: `imsx_StatusInfo` (CASE 1.1 REST binding, section 3.7).

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::catalog::case::query::Unfit;
use crate::kernel::errors::Error;
use crate::web::json_response;
use crate::web::request_id::RequestId;

/// Why a reader gets nothing.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The path names nothing by a UUID.
    NoUuid,
    /// There is nothing of this class with the identifier.
    Unknown(&'static str),
    /// A parameter cannot be followed.
    Unfit(Unfit),
    /// They take no JSON.
    NotAcceptable,
    /// A fault of ours.
    Failed(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Refusal::Failed(error)
    }
}

impl From<Unfit> for Refusal {
    fn from(unfit: Unfit) -> Self {
        Refusal::Unfit(unfit)
    }
}

impl Refusal {
    /// The answer to a request with this id.
    pub(super) fn answer(self, request: Option<&RequestId>) -> Response {
        let (status, minor, field, description) = match self {
            Refusal::NoUuid => (
                StatusCode::BAD_REQUEST,
                "invalid_uuid",
                "sourcedId",
                "The path ends in no UUID. Give the identifier of an object.".to_owned(),
            ),
            Refusal::Unknown(what) => (
                StatusCode::NOT_FOUND,
                "unknownobject",
                "sourcedId",
                format!("There is no {what}. Check the identifier and the class."),
            ),
            Refusal::Unfit(Unfit::Selection(message)) => (
                StatusCode::BAD_REQUEST,
                "invalid_selection_field",
                "parameters",
                message,
            ),
            Refusal::Unfit(Unfit::Sort(message)) => (
                StatusCode::BAD_REQUEST,
                "invalid_sort_field",
                "sort",
                message,
            ),
            Refusal::NotAcceptable => (
                StatusCode::NOT_ACCEPTABLE,
                "invalid_selection_field",
                "Accept",
                "This comes as application/json only. Ask for that in Accept.".to_owned(),
            ),
            Refusal::Failed(error) => {
                let request_id = request.map(RequestId::as_str);
                tracing::error!(request_id, %error, "a CASE object could not be served");
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "internal_server_error",
                    "service",
                    "Internal error".to_owned(),
                )
            }
        };
        let body = json!({
            "imsx_codeMajor": "failure",
            "imsx_severity": "error",
            "imsx_description": description,
            "imsx_codeMinor": {"imsx_codeMinorField": [{
                "imsx_codeMinorFieldName": field,
                "imsx_codeMinorFieldValue": minor,
            }]},
        });
        json_response(status, &body).into_response()
    }
}
