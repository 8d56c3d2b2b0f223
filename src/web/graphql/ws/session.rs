//! One connection, from its first message to its last.
//!
//! A single task reads, runs the operations and writes, so nothing is buffered between them: while
//! a client does not take what it is sent, nothing further is asked of its operations, and after a
//! while it is cut off.

use std::{collections::HashMap, sync::Arc, time::Duration};

use axum::extract::ws::{Message, WebSocket};
use futures_util::{
    StreamExt,
    stream::{AbortHandle, BoxStream, SelectAll, abortable},
};
use serde_json::Value;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};

use super::{
    Bounds, Sockets,
    message::{Close, FromClient, FromServer},
    operation::{self, Step},
    visitor::Visitor,
};
use crate::web::request_id::RequestId;

/// How long a client may take to receive a message before it is cut off.
const WRITE: Duration = Duration::from_secs(10);

/// How a connection ended.
enum End {
    /// The server closes it.
    Close(Close),
    /// The client closed it, is gone, or takes nothing any more.
    Gone,
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

/// What a connection knows.
pub(super) struct Session {
    sockets: Arc<Sockets>,
    id: RequestId,
    visitor: Visitor,
    is_acknowledged: bool,
    operations: SelectAll<BoxStream<'static, (String, Step)>>,
    running: HashMap<String, AbortHandle>,
}

impl Session {
    /// A connection of `visitor`, who has said nothing yet.
    pub(super) fn new(sockets: Arc<Sockets>, visitor: Visitor, id: RequestId) -> Self {
        Self {
            sockets,
            id,
            visitor,
            is_acknowledged: false,
            operations: SelectAll::new(),
            running: HashMap::new(),
        }
    }

    /// Talks until either side ends it.
    pub(super) async fn run(mut self, mut socket: WebSocket) {
        if let End::Close(close) = self.talk(&mut socket).await {
            let last = timeout(WRITE, socket.send(close.clone().write())).await;
            let sent = matches!(last, Ok(Ok(())));
            tracing::debug!(
                request_id = self.id.as_str(),
                ?close,
                sent,
                "a socket closed"
            );
        }
    }

    async fn talk(&mut self, socket: &mut WebSocket) -> End {
        let Bounds { init, ping, .. } = self.sockets.bounds;
        let stopping = self.sockets.app.stopping();
        tokio::pin!(stopping);
        let init = tokio::time::sleep(init);
        tokio::pin!(init);
        let mut pings = interval_at(Instant::now() + ping, ping);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut is_alive = true;
        loop {
            let done = tokio::select! {
                () = &mut stopping => Err(Close::GoingAway.into()),
                () = &mut init, if !self.is_acknowledged => Err(Close::InitTimeout.into()),
                said = socket.recv() => {
                    is_alive = true;
                    self.hear(socket, said).await
                }
                Some((id, step)) = self.operations.next() => self.tell(socket, id, step).await,
                _ = pings.tick() => {
                    let was_alive = std::mem::replace(&mut is_alive, false);
                    if was_alive { send(socket, Message::Ping(Vec::new().into())).await }
                    else { Err(End::Gone) }
                }
            };
            if let Err(end) = done {
                return end;
            }
        }
    }

    async fn hear(
        &mut self,
        socket: &mut WebSocket,
        said: Option<Result<Message, axum::Error>>,
    ) -> Result<(), End> {
        match said {
            None | Some(Err(_) | Ok(Message::Close(_))) => Err(End::Gone),
            // The library below answers pings.
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
            Some(Ok(Message::Binary(_))) => Err(Close::Invalid.into()),
            Some(Ok(Message::Text(text))) => self.answer(socket, FromClient::read(&text)?).await,
        }
    }

    async fn answer(&mut self, socket: &mut WebSocket, message: FromClient) -> Result<(), End> {
        match message {
            FromClient::ConnectionInit { payload } => {
                if std::mem::replace(&mut self.is_acknowledged, true) {
                    return Err(Close::InitTwice.into());
                }
                self.visitor.introduce(&self.sockets.app, payload).await?;
                send(socket, FromServer::Ack.write()).await
            }
            FromClient::Ping { payload } => send(socket, FromServer::Pong(payload).write()).await,
            FromClient::Pong {} => Ok(()),
            FromClient::Subscribe { .. } if !self.is_acknowledged => {
                Err(Close::Unauthorized.into())
            }
            FromClient::Subscribe { id, payload } => self.subscribe(socket, id, payload).await,
            FromClient::Complete { id } => {
                // It may have ended meanwhile: the protocol lets both say so at once.
                if let Some(operation) = self.running.remove(&id) {
                    operation.abort();
                }
                Ok(())
            }
        }
    }

    async fn subscribe(
        &mut self,
        socket: &mut WebSocket,
        id: String,
        payload: Value,
    ) -> Result<(), End> {
        if self.running.contains_key(&id) {
            return Err(Close::Subscriber(id).into());
        }
        if self.running.len() >= self.sockets.bounds.operations {
            let refusal = operation::too_many(self.sockets.bounds.operations);
            return send(socket, FromServer::Error(id, refusal).write()).await;
        }
        let steps = operation::run(&self.sockets, &self.visitor, &self.id, payload)?;
        let (steps, handle) = abortable(steps);
        self.running.insert(id.clone(), handle);
        let named = steps.map(move |step| (id.clone(), step));
        self.operations.push(named.boxed());
        Ok(())
    }

    async fn tell(&mut self, socket: &mut WebSocket, id: String, step: Step) -> Result<(), End> {
        let message = match step {
            Step::Next(result) => FromServer::Next(id, result),
            Step::Error(errors) => {
                self.running.remove(&id);
                FromServer::Error(id, errors)
            }
            Step::Complete => {
                self.running.remove(&id);
                FromServer::Complete(id)
            }
            Step::Close(close) => return Err(close.into()),
        };
        send(socket, message.write()).await
    }
}

async fn send(socket: &mut WebSocket, message: Message) -> Result<(), End> {
    match timeout(WRITE, socket.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(End::Gone),
    }
}
