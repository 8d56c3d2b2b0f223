//! `/issuers/{slug}/did.json` and `/issuers/{slug}/jwks.json`: an issuer's public keys.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::ask::{Ask, Refusal};
use crate::credential::ops::issuer::{self, IssuerDocuments};
use crate::kernel::checks::is_slug;

/// Short: a key that was stolen must soon be known as such.
const CACHE: &str = "public, max-age=60";

/// The DID document (DID 1.0, section 6.2; did:web, section 3.2).
pub(super) async fn did_document(ask: Ask) -> Response {
    let found = find(&ask).await;
    ask.answer(found.map(|d| respond("application/did+json", &d.did_document)))
}

/// The keys as a JWK Set (RFC 7517, section 8.5.2).
pub(super) async fn jwks(ask: Ask) -> Response {
    let found = find(&ask).await;
    ask.answer(found.map(|d| respond("application/jwk-set+json", &d.jwks)))
}

async fn find(ask: &Ask) -> Result<IssuerDocuments, Refusal> {
    let missing = || Refusal::NotFound("issuer");
    if !is_slug(&ask.name) {
        return Err(missing());
    }
    let found = issuer::documents(&ask.site.app, &ask.name).await?;
    found.ok_or_else(missing)
}

fn respond(content_type: &'static str, document: &serde_json::Value) -> Response {
    let headers = [(CONTENT_TYPE, content_type), (CACHE_CONTROL, CACHE)];
    (headers, document.to_string()).into_response()
}
