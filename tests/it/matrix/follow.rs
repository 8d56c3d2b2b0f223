//! Subscriptions, put to whoever it is over a socket.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use attestry::app::App;
use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use crate::{
    events::until,
    support::{
        Answer, House,
        calls::Call,
        socket::{Said, Socket, serve},
    },
};

/// A server of sockets.
pub(crate) struct Follow {
    app: Arc<App>,
    address: SocketAddr,
}

impl Follow {
    /// Starts one.
    pub(crate) async fn start(house: &House) -> Self {
        Self {
            app: Arc::clone(&house.app),
            address: serve(&house.app).await,
        }
    }

    /// What a subscription first comes to: the errors that it ends in, its first result, or, where
    /// it listens for what never happens here, nothing at all.
    pub(crate) async fn ask(&self, token: Option<&str>, call: &Call) -> Answer {
        let answer = |body: Value| Answer {
            status: StatusCode::OK,
            body,
        };
        let token = token.map(|token| format!("Bearer {token}"));
        let headers: Vec<_> = token
            .iter()
            .map(|token| (header::AUTHORIZATION, token.as_str()))
            .collect();
        let mut socket = match Socket::open(self.address, &headers).await {
            Ok(socket) => socket,
            Err(refused) => {
                let code = &refused.body["error"]["code"];
                return answer(json!({"errors": [{"extensions": {"code": code}}]}));
            }
        };
        socket.send(json!({"type": "connection_init"})).await;
        socket.hear().await.message();
        let variables = call.variables.clone();
        socket.subscribe("1", &call.document, variables).await;
        let told = loop {
            let pause = Duration::from_millis(2);
            if let Ok(said) = tokio::time::timeout(pause, socket.hear()).await {
                break said;
            }
            if self.app.hub.listeners() > 0 {
                break Said::Message(json!({"type": "next", "payload": {"data": null}}));
            }
        };
        drop(socket);
        until("nobody listens", || self.app.hub.listeners() == 0).await;
        let message = told.message();
        match message["type"].as_str() {
            Some("next") => answer(message["payload"].clone()),
            Some("error") => answer(json!({"errors": message["payload"]})),
            _ => panic!("what is that: {message}"),
        }
    }
}
