//! `/playground`: GraphiQL over `/graphql`, with a plain form beside it.
//!
//! GraphiQL's files come from the npm packages named in `FILES`, at exact versions and
//! with integrity hashes, over a public network for such packages; or from a folder on
//! this machine, where `npm install graphiql@4.1.2 react@18.3.1 react-dom@18.3.1` was run
//! (all three are MIT-licensed). The browser checks the hashes in both cases. Where
//! neither loads, the page says so, and its form still runs a query.

use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;

const PAGE: &str = include_str!("assets/playground.html");
const SCRIPT: &str = include_str!("assets/playground.js");
const STYLE: &str = include_str!("assets/playground.css");

const CDN: &str = "https://cdn.jsdelivr.net/npm";
const HTML: &str = "text/html; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";

/// One file of an npm package.
struct File {
    package: &'static str,
    version: &'static str,
    /// Where it lies in the package.
    path: &'static str,
    /// The name it has below `/playground/assets/`.
    name: &'static str,
    content_type: &'static str,
    /// Its hash, as Subresource Integrity writes it.
    integrity: &'static str,
}

/// GraphiQL's files, in the order in which they must be loaded.
const FILES: [File; 4] = [
    File {
        package: "graphiql",
        version: "4.1.2",
        path: "graphiql.min.css",
        name: "graphiql.min.css",
        content_type: CSS,
        integrity: "sha384-1el1QShFBnnXTx9x/Cprg82hZWKt0ry29OAYIXt05swbi0KcZDFoj0CWguMpopJr",
    },
    File {
        package: "react",
        version: "18.3.1",
        path: "umd/react.production.min.js",
        name: "react.production.min.js",
        content_type: JAVASCRIPT,
        integrity: "sha384-DGyLxAyjq0f9SPpVevD6IgztCFlnMF6oW/XQGmfe+IsZ8TqEiDrcHkMLKI6fiB/Z",
    },
    File {
        package: "react-dom",
        version: "18.3.1",
        path: "umd/react-dom.production.min.js",
        name: "react-dom.production.min.js",
        content_type: JAVASCRIPT,
        integrity: "sha384-gTGxhz21lVGYNMcdJOyq01Edg0jhn/c22nsx0kyqP0TxaV5WVdsSH1fSDUf5YJj1",
    },
    File {
        package: "graphiql",
        version: "4.1.2",
        path: "graphiql.min.js",
        name: "graphiql.min.js",
        content_type: JAVASCRIPT,
        integrity: "sha384-9XdHu7ajgGJziD4J1zNBKQ842Q/+zZfDv+ib1eMhZWBH6hPAs806x+Jbcf0yNO6B",
    },
];

impl File {
    fn url(&self, is_local: bool) -> String {
        if is_local {
            format!("playground/assets/{}", self.name)
        } else {
            format!("{CDN}/{}@{}/{}", self.package, self.version, self.path)
        }
    }

    /// Where the file lies under `folder`, the one that npm installed into or its
    /// `node_modules`.
    fn candidates(&self, folder: &FilePath) -> [PathBuf; 2] {
        let in_modules = FilePath::new(self.package).join(self.path);
        [
            folder.join("node_modules").join(&in_modules),
            folder.join(in_modules),
        ]
    }
}

/// What the routes need: the page and its policy, written once, and the folder.
struct Playground {
    page: String,
    policy: String,
    assets: Option<PathBuf>,
}

/// The route `/playground` and those of its files.
///
/// `assets` is the folder that npm installed GraphiQL's packages into (or its
/// `node_modules`); without one the files come over the network.
pub fn router(assets: Option<PathBuf>) -> Router {
    let is_local = assets.is_some();
    let files: Vec<_> = FILES
        .iter()
        .map(|file| json!({"url": file.url(is_local), "integrity": file.integrity}))
        .collect();
    let playground = Playground {
        page: PAGE.replace("{{files}}", &json!(files).to_string()),
        policy: policy(is_local),
        assets,
    };
    Router::new()
        .route("/playground", get(page))
        .route(
            "/playground/page.js",
            get(async || text(JAVASCRIPT, SCRIPT)),
        )
        .route("/playground/page.css", get(async || text(CSS, STYLE)))
        .route("/playground/assets/{name}", get(asset))
        .with_state(Arc::new(playground))
}

/// No inline script or style, and nothing but the page's own files and those named.
/// GraphiQL carries its fonts within its style sheet.
fn policy(is_local: bool) -> String {
    let from = |content_type: &str| {
        let files = FILES
            .iter()
            .filter(|file| file.content_type == content_type && !is_local);
        files
            .map(|file| format!(" {}", file.url(false)))
            .collect::<String>()
    };
    format!(
        "default-src 'none'; script-src 'self'{}; style-src 'self'{}; \
         font-src data:; img-src 'self' data:; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        from(JAVASCRIPT),
        from(CSS),
    )
}

async fn page(State(playground): State<Arc<Playground>>) -> Response {
    let policy = (CONTENT_SECURITY_POLICY, playground.policy.clone());
    ([policy], text(HTML, playground.page.clone())).into_response()
}

/// Serves a file of the fixed list; no other name leads anywhere.
async fn asset(State(playground): State<Arc<Playground>>, Path(name): Path<String>) -> Response {
    let file = FILES.iter().find(|file| file.name == name);
    let (Some(file), Some(folder)) = (file, &playground.assets) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    for path in file.candidates(folder) {
        if let Ok(bytes) = tokio::fs::read(&path).await {
            return (headers(file.content_type), bytes).into_response();
        }
    }
    tracing::warn!(
        package = file.package,
        version = file.version,
        folder = %folder.display(),
        "a file of the playground is missing: install its package there"
    );
    StatusCode::NOT_FOUND.into_response()
}

fn text(content_type: &'static str, body: impl IntoResponse) -> impl IntoResponse {
    (headers(content_type), body)
}

fn headers(content_type: &'static str) -> [(HeaderName, &'static str); 2] {
    [(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-cache")]
}
