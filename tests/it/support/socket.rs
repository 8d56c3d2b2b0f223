//! A client that speaks `graphql-transport-ws`, and a server for it to speak with.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use attestry::{app::App, web::router::router};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpListener, net::TcpStream};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

use super::Answer;

/// How long a message may be on its way before the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// Serves all routes of `app` on an address of its own, for as long as the test lasts.
pub(crate) async fn serve(app: &Arc<App>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let routes = router(app);
    tokio::spawn(async move { axum::serve(listener, routes).await.expect("it serves") });
    address
}

/// What the server said.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Said {
    /// A message of the protocol.
    Message(Value),
    /// It closed the connection, with this code.
    Closed(u16),
    /// The connection ended without a word.
    Gone,
}

impl Said {
    /// The message, which it must be.
    pub(crate) fn message(self) -> Value {
        match self {
            Self::Message(message) => message,
            other => panic!("no message: {other:?}"),
        }
    }
}

/// An open connection.
pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Opens one with these headers besides the usual. The status and body, where it is refused.
    pub(crate) async fn open(
        address: SocketAddr,
        headers: &[(HeaderName, &str)],
    ) -> Result<Self, Answer> {
        let url = format!("ws://{address}/graphql/ws");
        let mut request = url.into_client_request().expect("it is a URL");
        let protocol = HeaderValue::from_static("graphql-transport-ws");
        let given = request.headers_mut();
        given.insert(header::SEC_WEBSOCKET_PROTOCOL, protocol);
        for (name, value) in headers {
            given.insert(name, HeaderValue::from_str(value).expect("it is plain"));
        }
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => Err(Answer {
                status: StatusCode::from_u16(response.status().as_u16()).expect("a status"),
                body: serde_json::from_slice(response.body().as_deref().unwrap_or_default())
                    .expect("it answers JSON"),
            }),
            Err(other) => panic!("no connection: {other}"),
        }
    }

    /// Opens one, with a key, and has it acknowledged.
    pub(crate) async fn connect(address: SocketAddr, token: Option<&str>) -> Self {
        let token = token.map(|token| format!("Bearer {token}"));
        let headers: Vec<_> = token
            .iter()
            .map(|token| (header::AUTHORIZATION, token.as_str()))
            .collect();
        let socket = Self::open(address, &headers).await;
        let mut socket = socket.unwrap_or_else(|answer| panic!("refused: {answer:?}"));
        socket.send(json!({"type": "connection_init"})).await;
        let ack = socket.hear().await;
        assert_eq!(ack, Said::Message(json!({"type": "connection_ack"})));
        socket
    }

    /// Sends a message.
    pub(crate) async fn send(&mut self, message: Value) {
        self.send_raw(Message::Text(message.to_string().into()))
            .await;
    }

    /// Sends anything.
    pub(crate) async fn send_raw(&mut self, message: Message) {
        self.0.send(message).await.expect("the connection holds");
    }

    /// Starts an operation.
    pub(crate) async fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({"query": query, "variables": variables});
        self.send(json!({"type": "subscribe", "id": id, "payload": payload}))
            .await;
    }

    /// Waits for what the server says next; pings of the layer below are answered there.
    pub(crate) async fn hear(&mut self) -> Said {
        loop {
            let heard = tokio::time::timeout(PATIENCE, self.0.next()).await;
            match heard.expect("the server says something") {
                Some(Ok(Message::Text(text))) => {
                    let message = serde_json::from_str(&text).expect("it says JSON");
                    return Said::Message(message);
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(Some(frame)))) => return Said::Closed(frame.code.into()),
                Some(Ok(Message::Close(None)) | Err(_)) | None => return Said::Gone,
                Some(Ok(other)) => panic!("what is that: {other:?}"),
            }
        }
    }

    /// Whether nothing was said until now: the answer to a ping comes first.
    pub(crate) async fn hears_nothing(&mut self) -> bool {
        self.send(json!({"type": "ping", "payload": {"quiet": true}}))
            .await;
        self.hear().await == Said::Message(json!({"type": "pong", "payload": {"quiet": true}}))
    }
}
