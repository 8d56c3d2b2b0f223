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

async fn answer(router: Router, request: Bytes) -> Bytes {
    let request = Request::post("/graphql")
        .header("content-type", "application/json")
        .body(Body::from(request))
        .expect("a request");
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

/// A server of an installation.
pub(crate) struct Server<'a> {
    router: Router,
    runtime: &'a Runtime,
}

impl<'a> Server<'a> {
    pub(crate) fn new(app: &Arc<App>, runtime: &'a Runtime) -> Self {
        let router = router(app);
        Self { router, runtime }
    }

    /// The answer to a request.
    pub(crate) fn ask(&self, request: &Value) -> Bytes {
        let request = request.to_string().into();
        self.runtime.block_on(answer(self.router.clone(), request))
    }

    /// What each of many such requests costs.
    pub(crate) fn under_load(&self, bencher: &mut Bencher<'_, CpuTime>, request: &Value) {
        let request = Bytes::from(request.to_string());
        let ask = || answer(self.router.clone(), request.clone());
        under_load(bencher, self.runtime, ask);
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
