//! What a reader asks for, and what they are told when they cannot have it.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::header::{CONTENT_SECURITY_POLICY, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use uuid::Uuid;

use super::Site;
use crate::kernel::json::Object;
use crate::kernel::{digest, errors::Error, ids};
use crate::web::conditional::Document;
use crate::web::html::Html;
use crate::web::middleware::error_response;
use crate::web::negotiate::{Form, negotiate};
use crate::web::page::{self, Canonical};
use crate::web::request_id::RequestId;

/// How long what can change may be kept: what is told besides a version that never does, or how it
/// looks.
const SHORT: &str = "public, max-age=300";
/// How long what never changes may be kept.
pub(super) const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// What programs and people can both read.
pub(super) const PLAIN: [Form; 2] = [Form::Json, Form::Html];
/// The same, and the forms that the field exchanges.
pub(super) const EXCHANGED: [Form; 4] = [Form::Json, Form::Html, Form::JsonLd, Form::Case];

/// Why a reader gets no document.
pub(super) enum Refusal {
    /// There is nothing of this kind.
    NotFound(&'static str),
    /// It comes in no form that they take, only in these.
    NotAcceptable(String),
    /// A fault of ours.
    Failed(Error),
}

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

    /// The one of these forms that the reader likes best.
    pub(super) fn form(&self, forms: &[Form]) -> Result<Form, Refusal> {
        negotiate(&self.headers, forms).ok_or_else(|| {
            let types: Vec<_> = forms.iter().map(|form| form.media_type()).collect();
            Refusal::NotAcceptable(types.join(", "))
        })
    }

    /// A document as JSON.
    pub(super) fn json(&self, document: &Value) -> Response {
        self.negotiated(Form::Json.media_type(), SHORT, document.to_string())
    }

    /// A document as linked data, which says only what is frozen where it stays the same for ever.
    pub(super) fn linked(&self, document: &Object, for_ever: bool) -> Response {
        let cache = if for_ever { FOR_EVER } else { SHORT };
        self.negotiated(Form::JsonLd.media_type(), cache, document.to_text())
    }

    /// A document as CASE, which also tells what took the place of what.
    pub(super) fn case(&self, document: &Object) -> Response {
        self.negotiated(Form::Case.media_type(), SHORT, document.to_text())
    }

    /// A document as a page.
    pub(super) fn page(
        &self,
        of: &Canonical<'_>,
        title: &str,
        body: impl FnOnce(&mut Html),
    ) -> Response {
        let text = page::text(&self.site, of, title, body);
        let response = self.negotiated("text/html; charset=utf-8", SHORT, text);
        ([(CONTENT_SECURITY_POLICY, page::POLICY)], response).into_response()
    }

    /// A text that the reader may hold already. Its tag is made of its bytes, so that no form is
    /// taken for another.
    fn negotiated(&self, content_type: &'static str, cache: &str, text: String) -> Response {
        let document = Document {
            content_type,
            cache,
            tag: &digest::sha256_hex(text.as_bytes()),
            modified: None,
        };
        let response = if document.is_held(&self.headers) {
            document.not_modified()
        } else {
            document.full(text)
        };
        ([(VARY, "accept")], response).into_response()
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
                format!("This comes as one of {forms}. Ask for one of them in Accept."),
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
        let response = if negotiate(&self.headers, &PLAIN) == Some(Form::Html) {
            let title = status.canonical_reason().unwrap_or(code);
            let page = page::respond(&self.site, title, |html| {
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
