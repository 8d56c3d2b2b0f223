//! The messages of the protocol, read and written. They are bytes and values only: what a
//! message leads to is the [session](super::session)'s to say.

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes};
use serde::Deserialize;
use serde_json::{Value, json};

/// What a client says.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum FromClient {
    /// The first message.
    ConnectionInit {
        /// What the client says of itself, its key among that.
        #[serde(default)]
        payload: Option<Value>,
    },
    /// Asks whether anyone is there.
    Ping {
        /// To be answered with the same.
        #[serde(default)]
        payload: Option<Value>,
    },
    /// Answers a ping, or tells by itself that the client is there.
    Pong {},
    /// Starts an operation.
    Subscribe {
        /// What the client calls the operation.
        id: String,
        /// A GraphQL request.
        payload: Value,
    },
    /// Ends an operation.
    Complete {
        /// What the client calls it.
        id: String,
    },
}

impl FromClient {
    /// Reads a text message.
    pub(super) fn read(text: &str) -> Result<Self, Close> {
        serde_json::from_str(text).map_err(|_| Close::Invalid)
    }
}

/// What the server says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum FromServer {
    /// The connection may be used.
    Ack,
    /// Answers a ping.
    Pong(Option<Value>),
    /// A result of an operation: an `ExecutionResult`.
    Next(String, Value),
    /// An operation ended in these errors, and gives no further results.
    Error(String, Value),
    /// An operation came to its end.
    Complete(String),
}

impl FromServer {
    /// The message as it is sent.
    pub(super) fn write(self) -> Message {
        let message = match self {
            Self::Ack => json!({"type": "connection_ack"}),
            Self::Pong(None) => json!({"type": "pong"}),
            Self::Pong(Some(payload)) => json!({"type": "pong", "payload": payload}),
            Self::Next(id, payload) => json!({"type": "next", "id": id, "payload": payload}),
            Self::Error(id, payload) => json!({"type": "error", "id": id, "payload": payload}),
            Self::Complete(id) => json!({"type": "complete", "id": id}),
        };
        Message::Text(message.to_string().into())
    }
}

/// Why the server closes a connection, with the protocol's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Close {
    /// The service stops.
    GoingAway,
    /// What came is no message of the protocol.
    Invalid,
    /// An operation before the connection was acknowledged.
    Unauthorized,
    /// The key does not work, or works no more.
    Forbidden(String),
    /// No `connection_init` in time.
    InitTimeout,
    /// An operation of that name runs already.
    Subscriber(String),
    /// A second `connection_init`.
    InitTwice,
    /// What nobody foresaw; it is logged.
    Internal,
}

/// The most bytes that a reason may have (RFC 6455 §5.5: 125, of which the code takes two).
const REASON: usize = 123;

impl Close {
    /// The close frame.
    pub(super) fn write(self) -> Message {
        let (code, reason) = match self {
            Self::GoingAway => (1001, "The service is stopping: connect again".to_owned()),
            Self::Internal => (1011, "Internal error".to_owned()),
            Self::Invalid => (
                4400,
                "Invalid message: send those of graphql-transport-ws, as text".to_owned(),
            ),
            Self::Unauthorized => (4401, "Unauthorized: send connection_init first".to_owned()),
            Self::Forbidden(why) => (4403, format!("Forbidden: {why}")),
            Self::InitTimeout => (4408, "Connection initialisation timeout".to_owned()),
            Self::Subscriber(id) => (4409, format!("Subscriber for {id} already exists")),
            Self::InitTwice => (4429, "Too many initialisation requests".to_owned()),
        };
        Message::Close(Some(CloseFrame {
            code,
            reason: clip(&reason),
        }))
    }
}

/// The beginning of a reason, as much of it as fits.
fn clip(reason: &str) -> Utf8Bytes {
    let end = (0..=REASON.min(reason.len()))
        .rev()
        .find(|at| reason.is_char_boundary(*at));
    let (fits, _) = reason
        .split_at_checked(end.unwrap_or(0))
        .unwrap_or(("", ""));
    fits.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_the_protocol_are_read() {
        let read = |text| FromClient::read(text).unwrap();
        assert_eq!(
            read(r#"{"type":"connection_init"}"#),
            FromClient::ConnectionInit { payload: None }
        );
        assert_eq!(
            read(r#"{"type":"connection_init","payload":{"authorization":"x"}}"#),
            FromClient::ConnectionInit {
                payload: Some(json!({"authorization": "x"}))
            }
        );
        assert_eq!(
            read(r#"{"type":"ping"}"#),
            FromClient::Ping { payload: None }
        );
        assert_eq!(read(r#"{"type":"pong","payload":{}}"#), FromClient::Pong {});
        assert_eq!(
            read(r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }"}}"#),
            FromClient::Subscribe {
                id: "1".to_owned(),
                payload: json!({"query": "{ a }"})
            }
        );
        assert_eq!(
            read(r#"{"id":"1","type":"complete"}"#),
            FromClient::Complete { id: "1".to_owned() }
        );
    }

    #[test]
    fn everything_else_is_refused() {
        for noise in [
            "",
            "x",
            "[]",
            "{}",
            r#"{"type":"start","id":"1","payload":{}}"#,
            r#"{"type":"connection_terminate"}"#,
            r#"{"type":"subscribe","id":1,"payload":{}}"#,
            r#"{"type":"subscribe","payload":{}}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"complete"}"#,
        ] {
            assert_eq!(FromClient::read(noise), Err(Close::Invalid), "{noise}");
        }
    }

    #[test]
    fn what_is_sent_is_of_the_protocol() {
        let text = |message: FromServer| match message.write() {
            Message::Text(text) => text.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(text(FromServer::Ack), r#"{"type":"connection_ack"}"#);
        assert_eq!(text(FromServer::Pong(None)), r#"{"type":"pong"}"#);
        let next = text(FromServer::Next("é".to_owned(), json!({"data": null})));
        let next: Value = serde_json::from_str(&next).unwrap();
        assert_eq!(
            next,
            json!({"type": "next", "id": "é", "payload": {"data": null}})
        );
    }

    #[test]
    fn a_reason_fits_its_frame_whatever_it_quotes() {
        for id in [
            "a".repeat(500),
            "é".repeat(500),
            "😀".repeat(500),
            String::new(),
        ] {
            let Message::Close(Some(frame)) = Close::Subscriber(id).write() else {
                panic!("no close frame");
            };
            assert_eq!(frame.code, 4409);
            assert!(frame.reason.len() <= REASON, "{}", frame.reason.len());
        }
    }
}
