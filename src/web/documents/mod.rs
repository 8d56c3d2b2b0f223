//! The public documents: statements, framework versions, occupations, issuers, status
//! lists, and the page at the front door. Anyone may read them, from any web page.

mod ask;
mod framework;
mod front;
mod issuer;
mod occupation;
mod page;
mod statement;
mod status;
mod version;

use std::sync::Arc;

use axum::Router;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue};
use axum::response::Response;
use axum::routing::get;
use tower_http::set_header::SetResponseHeaderLayer;
use url::Url;

use crate::app::App;
use ask::{Ask, Refusal};

/// Where the style sheet of every page is.
const STYLE_PATH: &str = "/pages.css";

/// The installation as its documents show it.
struct Site {
    app: Arc<App>,
    /// The path of the public URL, without a slash at the end: what links begin with, so
    /// that they lead on under whichever host name the reader came by.
    root: String,
}

impl Site {
    fn new(app: &Arc<App>) -> Self {
        let url = Url::parse(&app.config.public_url);
        let root = url.map_or_else(|_| String::new(), |url| url.path().to_owned());
        Self {
            app: Arc::clone(app),
            root: root.trim_end_matches('/').to_owned(),
        }
    }

    /// The canonical URL of a path.
    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.app.config.public_url)
    }

    /// The same for a link within a page.
    fn link(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }
}

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
        .route(STYLE_PATH, get(async || page::style()))
        .fallback(nothing_here)
        .with_state(Arc::new(Site::new(app)))
}

async fn nothing_here(ask: Ask) -> Response {
    ask.answer(Err(Refusal::NotFound("page")))
}
