//! `/graphql`: GraphQL over HTTP.
//!
//! After the GraphQL-over-HTTP specification (draft of the GraphQL foundation), as
//! graphql-http's server audit reads it:
//! - POST takes `application/json` alone, so that no page of another site can send one
//!   without the browser asking first, and there are no CORS headers to say yes. GET runs
//!   queries and never mutates. Those two together are the guard against request forgery.
//! - A request that is no GraphQL request gets a 4xx. One that fails before execution
//!   (parsing, the document guard, validation, variables) gets 400 under
//!   `application/graphql-response+json` and 200 under `application/json`, without `data`.
//!   One that was executed gets 200, with `data`.
//! - Every error has `extensions.code`. What nobody foresaw is masked, and logged under
//!   the request id that the client is told.

mod answer;
mod failure;
mod media;
mod params;
#[cfg(test)]
mod tests;
pub mod ws;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::parser::types::OperationType;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use axum::routing::any;
use axum::{Extension, Router};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde::Deserialize;

use crate::graphql::guard::{self, Admitted, Limits};
use crate::web::body::{self, Unreadable};
use crate::web::middleware::panic_words;
use crate::web::request_id::RequestId;

use answer::Answer;
pub use failure::Failure;
use media::Media;
pub(super) use media::require_json;
use params::Params;

/// One admitted request, for the executor.
#[derive(Debug)]
pub struct Call {
    /// The request, its document parsed; context values may be added with
    /// [`async_graphql::Request::data`].
    pub request: async_graphql::Request,
    /// The headers it came with, for authentication.
    pub headers: HeaderMap,
    /// Its id.
    pub request_id: RequestId,
    /// What kind of operation it runs: a query or a mutation.
    pub operation: OperationType,
    /// What it costs, by the document guard.
    pub cost: u64,
}

/// Runs a request against the schema. A [`Failure`] answers it without running it, for
/// example with 401.
pub type Executor =
    Arc<dyn Fn(Call) -> BoxFuture<'static, Result<async_graphql::Response, Failure>> + Send + Sync>;

/// The bounds of a request that the document guard does not know.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The most bytes of a POST body; not more than the limit of all routes.
    pub max_body_bytes: usize,
    /// The most bytes of a table that is imported.
    pub max_bulk_bytes: u64,
    /// The most seconds that reading the body, and then executing, may each take.
    pub timeout_seconds: u64,
    /// The bounds of WebSockets.
    pub sockets: ws::Settings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_body_bytes: 1024 * 1024,
            max_bulk_bytes: 64 << 20,
            timeout_seconds: 30,
            sockets: ws::Settings::default(),
        }
    }
}

/// The endpoint: what executes, and within which bounds.
#[derive(Clone)]
pub struct Endpoint {
    /// Runs admitted requests.
    pub executor: Executor,
    /// The bounds of documents.
    pub limits: Arc<Limits>,
    /// The bounds of requests.
    pub settings: Settings,
}

/// The route `/graphql`. It needs the layers of [`crate::web::middleware::wrap`], which
/// give each request its id.
pub fn router(endpoint: Endpoint) -> Router {
    Router::new()
        .route("/graphql", any(serve))
        .with_state(Arc::new(endpoint))
}

async fn serve(
    State(endpoint): State<Arc<Endpoint>>,
    Extension(id): Extension<RequestId>,
    request: Request,
) -> Response {
    let media = match Media::negotiate(request.headers()) {
        Ok(media) => media,
        Err(failure) => return failure.respond(Media::Json),
    };
    match endpoint.run(request, &id).await {
        Ok(answer) => answer.respond(media),
        Err(failure) => failure.respond(media),
    }
}

impl Endpoint {
    async fn run(&self, request: Request, id: &RequestId) -> Result<Answer, Failure> {
        let (head, body) = request.into_parts();
        let params = match head.method {
            Method::GET => Params::from_uri(&head.uri)?,
            Method::POST => {
                media::require_json(&head.headers)?;
                Params::from_json(&self.read(body, &head.headers).await?)?
            }
            _ => {
                return Err(Failure::method(
                    "GET, POST",
                    "Send a POST, or a GET for a query.",
                ));
            }
        };
        let name = params.operation_name.as_deref();
        let admitted = guard::admit(&params.query, &params.variables, name, &self.limits)?;
        match (&head.method, admitted.operation) {
            (_, OperationType::Subscription) => {
                return Err(Failure::request(
                    "SUBSCRIPTION_OVER_HTTP",
                    "Subscriptions need a WebSocket. Send queries and mutations here.",
                ));
            }
            (&Method::GET, OperationType::Mutation) => {
                return Err(Failure::method(
                    "POST",
                    "A GET never mutates. Send the mutation by POST.",
                ));
            }
            _ => {}
        }
        self.execute(params, admitted, head.headers, id).await
    }

    async fn read(&self, body: Body, headers: &HeaderMap) -> Result<Bytes, Failure> {
        let limit = self.settings.max_body_bytes;
        if media::content_length(headers).is_some_and(|announced| announced > limit) {
            return Err(Failure::body_too_large(limit));
        }
        let read = body::read(body, &self.settings).await;
        read.map_err(|error| match error {
            Unreadable::TooLarge(limit) => Failure::body_too_large(limit),
            Unreadable::TooSlow(seconds) => Failure::slow_body(seconds),
            Unreadable::Broken => Failure::malformed(error.to_string()),
        })
    }

    async fn execute(
        &self,
        params: Params,
        admitted: Admitted,
        headers: HeaderMap,
        id: &RequestId,
    ) -> Result<Answer, Failure> {
        let mut request = async_graphql::Request::new(params.query).variables(params.variables);
        request.operation_name = params.operation_name;
        request.extensions = params.extensions;
        request.set_parsed_query(admitted.document);
        let cost = admitted.figures.cost;
        let call = Call {
            request,
            headers,
            request_id: id.clone(),
            operation: admitted.operation,
            cost,
        };
        let patience = Duration::from_secs(self.settings.timeout_seconds);
        // A panic may leave only what this one request owns in disorder, and that is dropped.
        let run = AssertUnwindSafe(async { (self.executor)(call).await }).catch_unwind();
        match tokio::time::timeout(patience, run).await {
            Ok(Ok(response)) => {
                let response = response?;
                Ok(Answer::new(
                    response,
                    &admitted.argument_positions,
                    cost,
                    id,
                ))
            }
            Ok(Err(payload)) => {
                let panic = panic_words(&*payload);
                tracing::error!(request_id = id.as_str(), panic, "a resolver panicked");
                Err(Failure::internal(id))
            }
            Err(_) => {
                tracing::warn!(request_id = id.as_str(), cost, "a request took too long");
                Err(Failure::timeout(self.settings.timeout_seconds))
            }
        }
    }
}
