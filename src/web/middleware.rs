//! What every route has: an id, an access log, security headers, a body limit, and an
//! answer even where a handler panics.

use std::any::Any;
use std::panic::AssertUnwindSafe;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CONTENT_LENGTH, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use futures_util::FutureExt;
use serde_json::json;
use tokio::time::Instant;
use tower_http::limit::RequestBodyLimitLayer;

use super::json_response;
use super::request_id::{NewId, RequestId, attach};

/// Puts the house's layers round every route of `router`, its fallback included.
/// `new_id` makes request ids.
pub fn wrap(router: Router, new_id: NewId) -> Router {
    router
        .layer(from_fn(catch_panic))
        .layer(from_fn(security_headers))
        .layer(from_fn(access_log))
        .layer(from_fn_with_state(new_id, attach))
}

/// Bounds the body of every route of `router`, also where a route sets a smaller limit of
/// its own. Where more is announced, the answer does not wait for it.
pub fn bound(router: Router, max_body_bytes: usize) -> Router {
    router
        .layer(RequestBodyLimitLayer::new(max_body_bytes))
        .layer(from_fn_with_state(max_body_bytes, refuse_large_body))
}

/// The body of an error of any route but GraphQL's:
/// `{"error":{"code","message","requestId"}}`.
#[must_use]
pub fn error_response(
    status: StatusCode,
    code: &str,
    message: &str,
    id: Option<&RequestId>,
) -> Response {
    let id = id.map(RequestId::as_str);
    let error = json!({"error": {"code": code, "message": message, "requestId": id}});
    json_response(status, &error)
}

/// The answer to a method that a path does not take; `Allow` is added to it.
pub(super) async fn wrong_method(request: Request) -> Response {
    error_response(
        StatusCode::METHOD_NOT_ALLOWED,
        "METHOD_NOT_ALLOWED",
        "This path does not take that method. Use one of those in the header Allow.",
        request.extensions().get(),
    )
}

/// The words of a caught panic.
pub(super) fn panic_words(payload: &(dyn Any + Send)) -> &str {
    let fixed = payload.downcast_ref::<&str>().copied();
    let formatted = || payload.downcast_ref::<String>().map(String::as_str);
    fixed.or_else(formatted).unwrap_or("no message")
}

async fn refuse_large_body(State(limit): State<usize>, request: Request, next: Next) -> Response {
    let length = request.headers().get(CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    match length {
        Some(length) if length > limit => error_response(
            StatusCode::PAYLOAD_TOO_LARGE,
            "BODY_TOO_LARGE",
            &format!("The body has {length} bytes, and the limit is {limit}. Send less at once."),
            request.extensions().get(),
        ),
        _ => next.run(request).await,
    }
}

async fn catch_panic(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().cloned();
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(payload) => {
            let request_id = id.as_ref().map(RequestId::as_str);
            let panic = panic_words(&*payload);
            tracing::error!(request_id, panic, "a handler panicked");
            error_response(
                StatusCode::INTERNAL_SERVER_ERROR,
                "INTERNAL",
                "Internal error",
                id.as_ref(),
            )
        }
    }
}

async fn security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    set_default(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    set_default(headers, REFERRER_POLICY, "no-referrer");
    // A page that needs more has a policy of its own.
    let nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    set_default(headers, CONTENT_SECURITY_POLICY, nothing);
    response
}

fn set_default(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers
        .entry(name)
        .or_insert(HeaderValue::from_static(value));
}

async fn access_log(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let id = request.extensions().get::<RequestId>().cloned();
    // The route, not the path: paths name people and carry queries.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    tracing::info!(
        method = method.as_str(),
        route = route.as_ref().map_or("none", MatchedPath::as_str),
        status = response.status().as_u16(),
        ms = began.elapsed().as_secs_f64() * 1000.0,
        request_id = id.as_ref().map(RequestId::as_str),
        "request"
    );
    response
}
