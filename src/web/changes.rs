//! Changes of state that go on to their end even when the client hangs up meanwhile.

use std::sync::Arc;

use crate::app::App;

/// Runs a change to its end. `None` when the service stops before it could begin.
///
/// # Panics
/// Where the change does: whoever catches panics of requests catches it here.
pub(super) async fn to_the_end<T: Send + 'static>(
    app: &Arc<App>,
    change: impl Future<Output = T> + Send + 'static,
) -> Option<T> {
    let held = Arc::clone(&app.changes).read_owned().await;
    let running = tokio::spawn(async move {
        let outcome = change.await;
        drop(held);
        outcome
    });
    match running.await {
        Ok(outcome) => Some(outcome),
        Err(e) if e.is_panic() => std::panic::resume_unwind(e.into_panic()),
        Err(_) => None,
    }
}
