//! The public documents: statements, framework versions, occupations, issuers, status
//! lists, and the page at the front door. Anyone may read them, from any web page.

mod ask;
mod framework;
mod front;
mod issuer;
mod occupation;
mod statement;
mod status;
#[cfg(test)]
mod tests;
mod told;
mod value;
mod version;

use std::sync::Arc;

use axum::Router;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue};
use axum::response::Response;
use axum::routing::get;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::app::App;
use crate::web::page;
use crate::web::site::Site;
use ask::{Ask, Refusal};

/// The routes of the public documents, and the answer to every other path.
pub fn router(app: &Arc<App>) -> Router {
    let any_origin = SetResponseHeaderLayer::if_not_present(
        ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    Router::new()
        .route("/statements/{id}", get(statement::serve))
        .route("/frameworks/{name}", get(framework::serve))
        .route("/occupations/{soc}", get(occupation::serve))
        .route("/issuers/{slug}/did.json", get(issuer::did_document))
        .route("/issuers/{slug}/jwks.json", get(issuer::jwks))
        .route("/status/{id}", get(status::serve))
        .route("/", get(front::serve))
        .route_layer(any_origin)
        .route(page::STYLE_PATH, get(async || page::style()))
        .fallback(nothing_here)
        .with_state(Arc::new(Site::new(app)))
}

async fn nothing_here(ask: Ask) -> Response {
    ask.answer(Err(Refusal::NotFound("page")))
}
