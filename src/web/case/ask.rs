//! A request to a CASE endpoint, and the answer to it.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use uuid::Uuid;

use super::status::Refusal;
use crate::kernel::digest::sha256_hex;
use crate::kernel::json::Object;
use crate::web::conditional::Document;
use crate::web::negotiate::among;
use crate::web::request_id::RequestId;
use crate::web::site::Site;

/// How long an answer may be kept: what is published does not change, but what took its place is
/// told with it.
const CACHE: &str = "public, max-age=300";

const JSON: &str = "application/json";

/// A reader's request.
pub(super) struct Ask {
    pub(super) site: Arc<Site>,
    headers: HeaderMap,
    /// The parameters of the query, decoded, in their order.
    pub(super) query: Vec<(String, String)>,
    /// The last part of the path.
    name: Option<String>,
    request: Option<RequestId>,
}

impl FromRequestParts<Arc<Site>> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        site: &Arc<Site>,
    ) -> Result<Self, Self::Rejection> {
        let path = RawPathParams::from_request_parts(parts, site).await.ok();
        let name = path.and_then(|path| Some((&path).into_iter().next()?.1.to_owned()));
        let query = parts.uri.query().unwrap_or_default().as_bytes();
        let query = url::form_urlencoded::parse(query);
        Ok(Self {
            site: Arc::clone(site),
            headers: parts.headers.clone(),
            query: query.into_owned().collect(),
            name,
            request: parts.extensions.get().cloned(),
        })
    }
}

impl Ask {
    /// The public address of the service.
    pub(super) fn base(&self) -> &str {
        &self.site.app.config.public_url
    }

    /// The identifier that the path ends in: a UUID as the specification writes it.
    pub(super) fn id(&self) -> Result<Uuid, Refusal> {
        let name = self.name.as_deref().filter(|name| name.len() == 36);
        let id = name.and_then(|name| Uuid::try_parse(name).ok());
        id.ok_or(Refusal::NoUuid)
    }

    /// Answers with an object, unless the reader holds it already.
    pub(super) fn object(&self, object: &Object) -> Result<Response, Refusal> {
        if among(&self.headers, &[JSON]).is_none() {
            return Err(Refusal::NotAcceptable);
        }
        let text = object.to_text();
        let document = Document {
            content_type: JSON,
            cache: CACHE,
            tag: &sha256_hex(text.as_bytes()),
            modified: None,
        };
        if document.is_held(&self.headers) {
            return Ok(document.not_modified());
        }
        Ok(document.full(text))
    }

    /// The answer, or why there is none.
    pub(super) fn answer(&self, result: Result<Response, Refusal>) -> Response {
        result.unwrap_or_else(|refusal| refusal.answer(self.request.as_ref()))
    }
}
