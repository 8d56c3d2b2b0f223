//! GraphQL requests through the whole HTTP stack of a server in this process.
//!
//! What is measured is a request among many, as a busy server has them. One that comes alone costs
//! up to twice as much: the threads that pass it on to each other have to be woken for it.

use std::sync::Arc;

use attestry::{app::App, web::router::router};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::Request,
};
use criterion::{Bencher, measurement::Measurement};
use futures_util::{StreamExt, stream};
use serde_json::Value;
use tokio::runtime::Runtime;
use tower::ServiceExt;

use crate::cpu::CpuTime;

/// Requests or calls in flight at any time.
const IN_FLIGHT: usize = 32;

async fn answer(router: Router, token: Option<String>, request: Bytes) -> Bytes {
    let mut post = Request::post("/graphql").header("content-type", "application/json");
    if let Some(token) = token {
        post = post.header("authorization", format!("Bearer {token}"));
    }
    let request = post.body(Body::from(request)).expect("a request");
    let response = router.oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), 200);
    let body = to_bytes(response.into_body(), usize::MAX).await;
    let body = body.expect("a body");
    assert!(
        body.starts_with(b"{\"data\":{"),
        "{}",
        String::from_utf8_lossy(&body)
    );
    body
}

/// A server of an installation, and who asks it.
pub(crate) struct Server<'a> {
    router: Router,
    runtime: &'a Runtime,
    token: Option<String>,
}

impl<'a> Server<'a> {
    /// One that is asked by somebody with this bearer token, or else by anybody.
    pub(crate) fn new(app: &Arc<App>, runtime: &'a Runtime, token: Option<&str>) -> Self {
        let router = router(app);
        let token = token.map(str::to_owned);
        Self {
            router,
            runtime,
            token,
        }
    }

    fn answer(&self, request: Bytes) -> impl Future<Output = Bytes> + use<> {
        answer(self.router.clone(), self.token.clone(), request)
    }

    /// The answer to a request.
    pub(crate) fn ask(&self, request: &Value) -> Bytes {
        self.runtime
            .block_on(self.answer(request.to_string().into()))
    }

    /// What each of many such requests costs.
    pub(crate) fn under_load(&self, bencher: &mut Bencher<'_, CpuTime>, request: &Value) {
        let request = Bytes::from(request.to_string());
        under_load(bencher, self.runtime, || self.answer(request.clone()));
    }
}

/// What each of many such calls costs.
pub(crate) fn under_load<F>(
    bencher: &mut Bencher<'_, CpuTime>,
    runtime: &Runtime,
    call: impl Fn() -> F,
) where
    F: Future<Output: Send> + Send + 'static,
{
    bencher.iter_custom(|count| {
        let done = stream::iter(0..count)
            .map(|_| tokio::spawn(call()))
            .buffer_unordered(IN_FLIGHT)
            .for_each(async |done| drop(done.expect("it ends")));
        let start = CpuTime.start();
        runtime.block_on(done);
        CpuTime.end(start)
    });
}
