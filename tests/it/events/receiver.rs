//! A server that takes webhook messages, and answers as a test wants.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU16, AtomicUsize, Ordering},
    },
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use tokio::net::TcpListener;

/// A message as it came.
#[derive(Debug, Clone)]
pub(super) struct Received {
    /// Its headers.
    pub(super) headers: BTreeMap<String, String>,
    /// Its body.
    pub(super) body: String,
}

/// The server.
pub(super) struct Receiver {
    /// Where it listens.
    pub(super) url: String,
    inner: Arc<Inner>,
}

struct Inner {
    status: AtomicU16,
    hangs: AtomicBool,
    open: AtomicUsize,
    received: Mutex<Vec<Received>>,
}

impl Receiver {
    /// Starts one that answers with `status`.
    pub(super) async fn start(status: u16) -> Self {
        let inner = Arc::new(Inner {
            status: AtomicU16::new(status),
            hangs: AtomicBool::new(false),
            open: AtomicUsize::new(0),
            received: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port is free");
        let address: SocketAddr = listener.local_addr().expect("it is bound");
        let routes = Router::new()
            .route("/hook", post(take))
            .with_state(Arc::clone(&inner));
        tokio::spawn(async move { axum::serve(listener, routes).await.expect("it serves") });
        Self {
            url: format!("http://{address}/hook"),
            inner,
        }
    }

    /// Answers with `status` from now on.
    pub(super) fn answer(&self, status: u16) {
        self.inner.status.store(status, Ordering::SeqCst);
    }

    /// Lets whoever asks from now on wait, or answers again.
    pub(super) fn hang(&self, hangs: bool) {
        self.inner.hangs.store(hangs, Ordering::SeqCst);
    }

    /// How many wait for an answer.
    pub(super) fn open(&self) -> usize {
        self.inner.open.load(Ordering::SeqCst)
    }

    /// What came until now.
    pub(super) fn received(&self) -> Vec<Received> {
        self.inner.received.lock().expect("no panic").clone()
    }
}

/// A request that waits for its answer, until that is given or nobody waits any more.
struct Open(Arc<Inner>);

impl Open {
    fn new(inner: &Arc<Inner>) -> Self {
        inner.open.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(inner))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

async fn take(State(inner): State<Arc<Inner>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let text =
        |value: &axum::http::HeaderValue| value.to_str().expect("headers are plain").to_owned();
    let headers = headers
        .iter()
        .map(|(name, value)| (name.to_string(), text(value)));
    let received = Received {
        headers: headers.collect(),
        body: String::from_utf8(body.to_vec()).expect("it is UTF-8"),
    };
    inner.received.lock().expect("no panic").push(received);
    let _open = Open::new(&inner);
    if inner.hangs.load(Ordering::SeqCst) {
        std::future::pending::<()>().await;
    }
    StatusCode::from_u16(inner.status.load(Ordering::SeqCst)).expect("a status")
}
