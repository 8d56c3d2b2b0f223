//! `/status/{id}`: a status list, signed, as it stands now.

use axum::http::header::VARY;
use axum::response::{IntoResponse, Response};

use super::ask::{Ask, Refusal};
use crate::credential::ops::lists;
use crate::kernel::digest;
use crate::web::conditional::Document;
use crate::web::negotiate::among;

/// The form without an embedded proof (VC-JOSE-COSE, section 3.1.1).
const JWT: &str = "application/vc+jwt";
/// The forms: JSON with an embedded proof by each of its names, which all mean the same bytes
/// (VC Data Model 2.0, section 6.2), and the JWT.
const FORMS: [&str; 4] = [
    "application/vc",
    "application/ld+json",
    "application/json",
    JWT,
];

/// The list credential in the form that the reader likes best (Bitstring Status List 1.0).
pub(super) async fn serve(ask: Ask) -> Response {
    ask.answer(find(&ask).await)
}

async fn find(ask: &Ask) -> Result<Response, Refusal> {
    let missing = || Refusal::NotFound("status list");
    let id = ask.uuid().ok_or_else(missing)?;
    let list = lists::signed_list(&ask.site.app, id).await?;
    let list = list.ok_or_else(missing)?;
    let form = among(&ask.headers, &FORMS)
        .ok_or_else(|| Refusal::NotAcceptable("application/vc, application/vc+jwt".to_owned()))?;
    let text = if form == JWT {
        &list.jwt
    } else {
        &list.document
    };
    let document = Document {
        content_type: form,
        cache: &format!("public, max-age={}", lists::LIFETIME_SECONDS),
        tag: &digest::sha256_hex(text.as_bytes()),
        modified: lists::last_modified(&list, ask.site.app.clock.now()),
    };
    let response = if document.is_held(&ask.headers) {
        document.not_modified()
    } else {
        document.full(text.clone())
    };
    Ok(([(VARY, "accept")], response).into_response())
}
