//! What a browser without script does: opens addresses, and sends forms.

use attestry::{app::App, web::router::router};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request},
};
use std::sync::Arc;
use tower::ServiceExt;
use url::form_urlencoded;

/// A browser, at an installation in this process.
pub(crate) struct Browser(Router);

/// A page that it was shown.
pub(crate) struct Page {
    /// The HTTP status.
    pub(crate) status: u16,
    headers: HeaderMap,
    /// The body.
    pub(crate) text: String,
}

impl Page {
    /// A header; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |v| v.to_str().expect("a header of ours is ASCII"))
    }

    /// Checks what every page about a person has.
    pub(crate) fn assert_private(&self) {
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(self.header("referrer-policy"), "no-referrer");
        let policy = self.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{policy}");
        assert!(policy.contains("form-action 'self'"), "{policy}");
        assert!(!policy.contains("script-src"), "{policy}");
        assert!(self.header("set-cookie").is_empty());
        assert!(!self.text.contains("<script"));
    }
}

/// The body of a form.
pub(crate) fn encoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

impl Browser {
    /// A browser at `app`.
    pub(crate) fn at(app: &Arc<App>) -> Self {
        Self(router(app))
    }

    /// Opens an address.
    pub(crate) async fn open(&self, path: &str) -> Page {
        self.send(Request::get(path), String::new()).await
    }

    /// Opens an address with a bearer token, as a program does.
    pub(crate) async fn fetch(&self, path: &str, token: &str) -> Page {
        let request = Request::get(path).header("authorization", format!("Bearer {token}"));
        self.send(request, String::new()).await
    }

    /// Sends a form.
    pub(crate) async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request =
            Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        self.send(request, encoded(fields)).await
    }

    async fn send(&self, request: axum::http::request::Builder, body: String) -> Page {
        let request = request.body(Body::from(body)).expect("it is well-formed");
        let Ok(response) = self.0.clone().oneshot(request).await;
        let (head, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("it is in memory");
        Page {
            status: head.status.as_u16(),
            headers: head.headers,
            text: String::from_utf8(bytes.to_vec()).expect("bodies are UTF-8"),
        }
    }
}
