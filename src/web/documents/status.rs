//! `/status/{id}`: a status list, signed, as it stands now.

use axum::response::Response;

use super::ask::{Ask, Refusal};
use crate::credential::ops::lists;
use crate::kernel::digest;
use crate::web::conditional::Document;

/// The list as a compact JWT (Bitstring Status List 1.0; VC-JOSE-COSE, section 3.1.1).
pub(super) async fn serve(ask: Ask) -> Response {
    ask.answer(find(&ask).await)
}

async fn find(ask: &Ask) -> Result<Response, Refusal> {
    let missing = || Refusal::NotFound("status list");
    let id = ask.uuid().ok_or_else(missing)?;
    let list = lists::signed_list(&ask.site.app, id).await?;
    let list = list.ok_or_else(missing)?;
    let document = Document {
        content_type: "application/vc+jwt",
        cache: &format!("public, max-age={}", lists::LIFETIME_SECONDS),
        tag: &digest::sha256_hex(list.jwt.as_bytes()),
    };
    if document.is_held(&ask.headers) {
        return Ok(document.not_modified());
    }
    Ok(document.full(list.jwt.clone()))
}
