//! What a reader asks for, and what they are told when they cannot have it.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use uuid::Uuid;

use super::{Site, page};
use crate::kernel::{errors::Error, ids};
use crate::web::html::Html;
use crate::web::middleware::error_response;
use crate::web::negotiate::{Form, negotiate};
use crate::web::request_id::RequestId;

/// How long what people and programs read of the catalog may be kept: it does not change,
/// but its looks may.
const CACHE: &str = "public, max-age=300";

/// Why a reader gets no document.
pub(super) enum Refusal {
    /// There is nothing of this kind.
    NotFound(&'static str),
    /// It comes in no form that they take, only in these.
    NotAcceptable(&'static str),
    /// A fault of ours.
    Failed(Error),
}

const JSON_OR_PAGE: Refusal = Refusal::NotAcceptable("application/json or text/html");

impl From<Error> for Refusal {
    fn from(e: Error) -> Self {
        Self::Failed(e)
    }
}

/// A reader's request for the document that the path names.
pub(super) struct Ask {
    pub(super) site: Arc<Site>,
    pub(super) headers: HeaderMap,
    /// The one parameter of the path; empty where it is no text.
    pub(super) name: String,
    id: Option<RequestId>,
}

impl FromRequestParts<Arc<Site>> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        site: &Arc<Site>,
    ) -> Result<Self, Self::Rejection> {
        let name = Path::<String>::from_request_parts(parts, site).await;
        Ok(Self {
            site: Arc::clone(site),
            headers: parts.headers.clone(),
            name: name.map_or_else(|_| String::new(), |Path(name)| name),
            id: parts.extensions.get().cloned(),
        })
    }
}

impl Ask {
    /// The id that the path names, as canonical URLs write it.
    pub(super) fn uuid(&self) -> Option<Uuid> {
        ids::canonical(&self.name)
    }

    /// The document in the form that the reader likes best.
    pub(super) fn show(
        &self,
        path: &str,
        title: &str,
        json: impl FnOnce() -> Value,
        body: impl FnOnce(&mut Html),
    ) -> Result<Response, Refusal> {
        let headers = [(VARY, "accept"), (CACHE_CONTROL, CACHE)];
        let document = match negotiate(&self.headers).ok_or(JSON_OR_PAGE)? {
            Form::Json => {
                ([(CONTENT_TYPE, "application/json")], json().to_string()).into_response()
            }
            Form::Html => page::respond(&self.site, Some(path), title, body),
        };
        Ok((headers, document).into_response())
    }

    /// The answer, a refusal in the form that the reader likes best.
    pub(super) fn answer(&self, result: Result<Response, Refusal>) -> Response {
        let refusal = match result {
            Ok(response) => return response,
            Err(refusal) => refusal,
        };
        let (status, code, message) = match refusal {
            Refusal::NotFound(what) => (
                StatusCode::NOT_FOUND,
                "NOT_FOUND",
                format!("There is no {what} at this address. Check it."),
            ),
            Refusal::NotAcceptable(forms) => (
                StatusCode::NOT_ACCEPTABLE,
                "NOT_ACCEPTABLE",
                format!("This comes as {forms}. Ask for one of them in Accept."),
            ),
            Refusal::Failed(error) => {
                let request_id = self.id.as_ref().map(RequestId::as_str);
                tracing::error!(request_id, %error, "a document could not be served");
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "INTERNAL",
                    "Internal error".to_owned(),
                )
            }
        };
        let response = if negotiate(&self.headers) == Some(Form::Html) {
            let title = status.canonical_reason().unwrap_or(code);
            let page = page::respond(&self.site, None, title, |html| {
                html.line("h1", title);
                html.line("p", &message);
            });
            (status, page).into_response()
        } else {
            error_response(status, code, &message, self.id.as_ref())
        };
        ([(VARY, "accept")], response).into_response()
    }
}
