//! Whether the process lives, and whether it can serve.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use futures_util::future::BoxFuture;
use serde_json::json;

use super::json_response;

/// Asks whether everything that serving needs is there; the error says what is not, for
/// the log.
pub type Check = Arc<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

const PATIENCE: Duration = Duration::from_secs(5);

/// `/health/live`, always 200 while the process runs, and `/health/ready`, 200 when
/// `check` passes within five seconds, else 503. Both answer `{"status": …}`.
pub fn router(check: Check) -> Router {
    Router::new()
        .route("/health/live", get(async || answer(StatusCode::OK, "live")))
        .route("/health/ready", get(ready))
        .with_state(check)
}

async fn ready(State(check): State<Check>) -> Response {
    let reason = match tokio::time::timeout(PATIENCE, check()).await {
        Ok(Ok(())) => return answer(StatusCode::OK, "ready"),
        Ok(Err(reason)) => reason,
        Err(_) => format!("the check took longer than {} s", PATIENCE.as_secs()),
    };
    tracing::warn!(reason, "not ready to serve");
    answer(StatusCode::SERVICE_UNAVAILABLE, "unavailable")
}

fn answer(status: StatusCode, word: &str) -> Response {
    json_response(status, &json!({"status": word}))
}
