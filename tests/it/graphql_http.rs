//! The GraphQL endpoint over a real connection.

use std::net::SocketAddr;
use std::sync::Arc;

use async_graphql::{EmptySubscription, Object, Schema};
use attestry::graphql::guard::Limits;
use attestry::web::graphql::{Call, Endpoint, Settings, router};
use attestry::web::middleware::{bound, wrap};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::{peers, web::setup::House};

struct Query;

#[Object]
impl Query {
    async fn title(&self) -> &str {
        "Beekeeper"
    }
    async fn panics(&self, of: Option<i32>) -> i32 {
        of.expect("the secret is 42")
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn add(&self, n: i32) -> i32 {
        n + 1
    }
}

async fn serve() -> SocketAddr {
    let schema = Schema::new(Query, Mutation, EmptySubscription);
    let endpoint = Endpoint {
        executor: Arc::new(move |call: Call| {
            let schema = schema.clone();
            Box::pin(async move { Ok(schema.execute(call.request).await) })
        }),
        limits: Arc::new(Limits::default()),
        settings: Settings::default(),
    };
    let app = bound(router(endpoint), 8 * 1024 * 1024);
    let app = wrap(app, Arc::new(|| "made-up".to_owned()));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_of_graphql_http_finds_nothing() {
    let Some(folder) = peers::folder("the_audit_of_graphql_http_finds_nothing") else {
        return;
    };
    let house = House::empty("https://skills.example").await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!(
        "http://{}/graphql",
        listener.local_addr().expect("it is bound")
    );
    let app = attestry::web::router::router(&house.app);
    tokio::spawn(async move { axum::serve(listener, app).await });
    let run = move || peers::node(&folder, "graphql_audit.mjs", &[&url]);
    let (is_good, printed) = tokio::task::spawn_blocking(run).await.expect("it ends");
    assert!(is_good, "{printed}");
    assert!(
        printed.contains(" 0 notices, 0 warnings, 0 errors"),
        "{printed}"
    );
}

#[tokio::test]
async fn a_panic_keeps_the_connection() {
    let mut stream = TcpStream::connect(serve().await).await.expect("it listens");
    for (query, status) in [("{ panics }", "500"), ("{ title }", "200")] {
        let body = serde_json::json!({"query": query}).to_string();
        let request = format!(
            "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream
            .write_all(request.as_bytes())
            .await
            .expect("it is open");
        let mut answer = String::new();
        let mut chunk = [0_u8; 4096];
        while !answer.ends_with('}') {
            let read = stream.read(&mut chunk).await.expect("it is open");
            assert!(read > 0, "the connection was closed after {answer:?}");
            answer.push_str(&String::from_utf8_lossy(&chunk[..read]));
        }
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
    }
}
