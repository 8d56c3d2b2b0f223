//! The endpoint over a small schema, through the house's layers.

mod outcome;
mod transport;

use std::sync::Arc;

use async_graphql::{
    EmptySubscription, Error, ErrorExtensions, InputValueError, InputValueResult, Object, Scalar,
    ScalarType, Schema, Value,
};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use serde_json::{Value as Json, json};
use tower::ServiceExt;

use super::{Call, Endpoint, Failure, Settings, router};
use crate::graphql::guard::Limits;
use crate::web::middleware::{bound, wrap};

struct Query;

struct Even(i32);

#[Scalar]
impl ScalarType for Even {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::Number(number) => match number.as_i64().and_then(|n| i32::try_from(n).ok()) {
                Some(n) if n % 2 == 0 => Ok(Self(n)),
                _ => Err(InputValueError::custom("an even number is needed")),
            },
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::from(self.0)
    }
}

#[Object]
impl Query {
    async fn title(&self) -> &str {
        "Beekeeper"
    }
    async fn half(&self, of: Even) -> i32 {
        of.0 / 2
    }
    async fn echo(&self, text: String, times: Option<i32>) -> String {
        text.repeat(times.and_then(|n| usize::try_from(n).ok()).unwrap_or(1))
    }
    async fn occupations(&self, first: Option<i32>) -> Vec<Query> {
        (0..first.unwrap_or(2)).map(|_| Query).collect()
    }
    async fn leaks(&self) -> Result<i32, Error> {
        Err(Error::new("SELECT secret FROM /var/lib/db"))
    }
    async fn maybe_leaks(&self) -> Option<Result<i32, Error>> {
        let cause = std::io::Error::other("no such file /etc/keys");
        Some(Err(Error::new_with_source(cause)))
    }
    async fn missing(&self) -> Result<i32, Error> {
        Err(Error::new("It is not there. Ask for another.")
            .extend_with(|_, e| e.set("code", "NOT_FOUND")))
    }
    async fn panics(&self, of: Option<i32>) -> i32 {
        of.expect("the secret is 42")
    }
    async fn slow(&self) -> i32 {
        tokio::time::sleep(std::time::Duration::from_secs(60)).await;
        1
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn add(&self, n: i32) -> i32 {
        n + 1
    }
}

fn app_with(settings: Settings) -> Router {
    let schema = Schema::new(Query, Mutation, EmptySubscription);
    let endpoint = Endpoint {
        executor: Arc::new(move |call: Call| {
            let schema = schema.clone();
            Box::pin(async move {
                if call.headers.contains_key("x-refuse") {
                    let message = "The token is unknown. Ask for a new one.";
                    return Err(Failure::with_status(
                        StatusCode::UNAUTHORIZED,
                        "UNAUTHENTICATED",
                        message,
                    ));
                }
                Ok(schema.execute(call.request).await)
            })
        }),
        limits: Arc::new(Limits::default()),
        settings,
    };
    let routes = bound(router(endpoint), 4 * 1024 * 1024);
    wrap(routes, Arc::new(|| "made-up".to_owned()))
}

fn app() -> Router {
    app_with(Settings::default())
}

const GRAPHQL: &str = "application/graphql-response+json";

struct Got {
    status: u16,
    head: axum::http::response::Parts,
    body: Json,
}

impl Got {
    async fn of(response: Response) -> Self {
        let (head, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX)
            .await
            .expect("a body of ours ends");
        let body = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| panic!("{} is no JSON", String::from_utf8_lossy(&bytes)));
        Self {
            status: head.status.as_u16(),
            head,
            body,
        }
    }

    fn header(&self, name: &str) -> &str {
        self.head
            .headers
            .get(name)
            .map_or("", |value| value.to_str().expect("ASCII"))
    }

    fn code(&self) -> &str {
        self.body["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or("no code")
    }
}

async fn call(request: Request<Body>) -> Got {
    Got::of(app().oneshot(request).await.expect("infallible")).await
}

fn request(
    method: &str,
    uri: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Request<Body> {
    let mut builder = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body.into()).expect("the parts fit")
}

async fn post_as(accept: &str, body: Json) -> Got {
    let headers = [("content-type", "application/json"), ("accept", accept)];
    call(request("POST", "/graphql", &headers, body.to_string())).await
}

async fn post(query: &str) -> Got {
    post_as(GRAPHQL, json!({"query": query})).await
}

async fn get(query: &str) -> Got {
    let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
    let uri = format!("/graphql?query={query}");
    call(request("GET", &uri, &[("accept", GRAPHQL)], Body::empty())).await
}

/// No patience at all: whatever is not ready at once is given up.
fn impatient() -> Router {
    app_with(Settings {
        timeout_seconds: 0,
        ..Settings::default()
    })
}
