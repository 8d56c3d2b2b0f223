//! `/graphql/ws`: GraphQL over a WebSocket, by the protocol `graphql-transport-ws`.
//!
//! After the protocol's description in the library graphql-ws, with its close codes. It is spoken
//! here rather than by the GraphQL library, which has other codes and starts an operation before it
//! can be judged: every operation passes the document guard as over HTTP, and every event is
//! authorised anew. The older protocol, whose name is `graphql-ws`, is not spoken.
//!
//! - Subscriptions and queries are taken; mutations go over HTTP, where a client that hangs up
//!   cannot leave them half-told.
//! - The key comes with the upgrade, as `Authorization`, or in the payload of `connection_init`, as
//!   `{"authorization": "Bearer …"}`. One that does not work is answered with 401 in the first
//!   case and 4403 in the second; one that ends meanwhile closes the connection with 4403.
//! - A page of another site cannot connect: a browser names the page's origin, which must be that of
//!   the public URL. There are no cookies, so this only spares users surprises.
//! - Connections, operations, message sizes and waiting times are bounded.

mod message;
mod operation;
mod session;
mod visitor;

use std::{sync::Arc, time::Duration};

use axum::{
    Extension, Router,
    extract::{State, WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::any,
};
use serde::Deserialize;
use url::Url;

use crate::{
    app::App,
    graphql::{guard::Limits, schema::Attestry},
    kernel::errors::Error,
    web::{bearer, middleware::error_response, request_id::RequestId},
};
use session::Session;
use visitor::Visitor;

/// The protocol's name.
const PROTOCOL: &str = "graphql-transport-ws";

/// What the connections of a process may amount to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Connections at once.
    pub connections: usize,
    /// Operations of one connection at once.
    pub operations: usize,
    /// The most bytes of a message.
    pub message_bytes: usize,
    /// How many seconds may pass until `connection_init`.
    pub init_seconds: u64,
    /// How many seconds lie between two pings; who answers none is cut off at the second.
    pub ping_seconds: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connections: 1_000,
            operations: 20,
            message_bytes: 64 * 1024,
            init_seconds: 10,
            ping_seconds: 30,
        }
    }
}

/// What every connection needs.
pub(super) struct Sockets {
    app: Arc<App>,
    schema: Attestry,
    limits: Arc<Limits>,
    /// How many seconds a query may take.
    patience_seconds: u64,
    bounds: Bounds,
    origin: String,
}

struct Bounds {
    operations: usize,
    message_bytes: usize,
    init: Duration,
    ping: Duration,
}

/// The route `/graphql/ws`, over a schema made for subscriptions.
pub(in crate::web) fn router(app: &Arc<App>, schema: Attestry, limits: &Arc<Limits>) -> Router {
    let settings = &app.config.http.sockets;
    let origin = Url::parse(&app.config.public_url)
        .map_or_else(|_| String::new(), |url| url.origin().ascii_serialization());
    let sockets = Sockets {
        app: Arc::clone(app),
        schema,
        limits: Arc::clone(limits),
        patience_seconds: app.config.http.timeout_seconds,
        bounds: Bounds {
            operations: settings.operations,
            message_bytes: settings.message_bytes,
            init: Duration::from_secs(settings.init_seconds),
            // A pause of none would be no clock at all.
            ping: Duration::from_secs(settings.ping_seconds.max(1)),
        },
        origin,
    };
    Router::new()
        .route("/graphql/ws", any(open))
        .with_state(Arc::new(sockets))
}

async fn open(
    State(sockets): State<Arc<Sockets>>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let refuse = |status, code, why: &str| error_response(status, code, why, Some(&id));
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade.protocols([PROTOCOL]),
        Err(_) => {
            let why = "This path speaks WebSocket. Open one with the protocol graphql-transport-ws, or send queries to /graphql.";
            let mut response = refuse(StatusCode::UPGRADE_REQUIRED, "UPGRADE_REQUIRED", why);
            let websocket = header::HeaderValue::from_static("websocket");
            response.headers_mut().insert(header::UPGRADE, websocket);
            return response;
        }
    };
    if upgrade.selected_protocol().is_none() {
        let why =
            "Only the protocol graphql-transport-ws is spoken. Name it in Sec-WebSocket-Protocol.";
        return refuse(StatusCode::BAD_REQUEST, "UNKNOWN_PROTOCOL", why);
    }
    if !sockets.is_of_the_house(&headers) {
        let why = format!(
            "Pages of other sites cannot connect. Open the page under {}.",
            sockets.origin
        );
        return refuse(StatusCode::FORBIDDEN, "FOREIGN_ORIGIN", &why);
    }
    let token = bearer::token(&headers);
    let visitor = match token {
        Ok(token) => Visitor::new(token),
        Err(e) => return refuse(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", &e.to_string()),
    };
    match visitor.check(&sockets.app).await {
        Ok(()) => {}
        Err(Error::Unauthenticated(why)) => {
            return refuse(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", &why);
        }
        Err(e) => {
            tracing::error!(error = %e, "authentication failed");
            return refuse(
                StatusCode::INTERNAL_SERVER_ERROR,
                "INTERNAL",
                "Internal error",
            );
        }
    }
    let Ok(slot) = Arc::clone(&sockets.app.sockets).try_acquire_owned() else {
        let why = "Too many connections are open. Try again later.";
        return refuse(StatusCode::SERVICE_UNAVAILABLE, "TOO_MANY_SOCKETS", why);
    };
    upgrade
        .max_message_size(sockets.bounds.message_bytes)
        .max_frame_size(sockets.bounds.message_bytes)
        // What a client does not take is not kept for it: the next write waits instead.
        .write_buffer_size(0)
        .on_upgrade(async move |socket| {
            Session::new(sockets, visitor, id).run(socket).await;
            drop(slot);
        })
        .into_response()
}

impl Sockets {
    /// Whether the upgrade comes from a page under the public URL, or from no page at all.
    fn is_of_the_house(&self, headers: &HeaderMap) -> bool {
        let origin = headers.get(header::ORIGIN);
        origin.is_none_or(|origin| origin.as_bytes() == self.origin.as_bytes())
    }
}
