//! `attestry serve`.

use std::{process::ExitCode, sync::Arc, time::Duration};

use tokio::{net::TcpListener, task::JoinHandle};

use super::{
    Stop,
    open::{close, open},
    upkeep,
};
use crate::{
    app::App, bulk::ops::jobs, config::Config, credential::ops::installation,
    events::ops::courier::Courier, identity::ops::keys, web::router,
};

/// How long requests in flight may take after the signal to stop.
const DRAIN: Duration = Duration::from_secs(30);

/// Migrates, prints the bootstrap token where there never was a key, and
/// serves until it is told to stop.
pub(crate) async fn run(config: Config) -> Result<ExitCode, Stop> {
    // Taken first: a port in use must not cost the one bootstrap token.
    let (listener, config) = listen(config).await?;
    let app = open(config).await?;
    installation::check_public_url(&app)
        .await
        .map_err(Stop::usage)?;
    let abandoned = jobs::fail_abandoned(&app.operator()).await;
    let abandoned = abandoned.map_err(Stop::usage)?;
    if abandoned > 0 {
        tracing::warn!(
            abandoned,
            "imports were interrupted, and nothing of them was kept"
        );
    }
    if let Some(token) = keys::bootstrap(&app.operator())
        .await
        .map_err(Stop::usage)?
    {
        println!(
            "Bootstrap token, shown this once, good for 30 days:\n{}",
            token.as_str()
        );
        println!(
            "Create a provider with it, then a member and their key; keep a platform key of your own besides."
        );
    }
    warn_of_missing_wall(&app).await?;
    let stop = stop_signal()?;
    let url = &app.config.public_url;
    println!(
        "Serving {url} (GraphQL at /graphql, playground at /playground, a page that verifies at /verify)."
    );
    serve(app, listener, stop).await?;
    Ok(ExitCode::SUCCESS)
}

/// Tells whoever runs the service when its database role passes the walls between tenants.
async fn warn_of_missing_wall(app: &App) -> Result<(), Stop> {
    if app.db.is_walled().await.map_err(Stop::usage)? == Some(false) {
        tracing::warn!(
            "row-level security does not bind the database role that this service connects as, a superuser or one with BYPASSRLS: connect as a role of its own, as docs/operations.md says under PostgreSQL"
        );
    }
    Ok(())
}

/// Takes the address to listen on, and tells the settings which it is.
pub(crate) async fn listen(config: Config) -> Result<(TcpListener, Config), Stop> {
    let address = config.listen;
    let refuse = |e| Stop::usage(format!("cannot listen on {address}: {e}"));
    let listener = TcpListener::bind(address).await.map_err(refuse)?;
    let bound = listener.local_addr().map_err(refuse)?;
    Ok((listener, config.listening_on(bound)))
}

/// Serves until SIGTERM or Ctrl-C, then lets what is in flight finish.
pub(crate) async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Stop> {
    let upkeep = upkeep::start(&app);
    let courier = courier(&app);
    let stopping = {
        let app = Arc::clone(&app);
        async move {
            stop.await;
            tracing::info!("stopping: letting requests in flight finish");
            app.stop();
        }
    };
    let served = axum::serve(listener, router::router(&app))
        .with_graceful_shutdown(stopping)
        .into_future();
    let stopped = app.stopping();
    let overdue = async {
        stopped.await;
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        // By value: what it holds of the application is gone when it ends.
        result = served => result.map_err(Stop::usage)?,
        () = overdue => tracing::warn!("some requests did not finish in {} s", DRAIN.as_secs()),
    }
    // The server may have ended by itself, without a signal.
    app.stop();
    let places = u32::try_from(app.config.http.sockets.connections).unwrap_or(u32::MAX);
    let sockets = Arc::clone(&app.sockets);
    within("sockets", sockets.acquire_many(places)).await;
    if let Some(courier) = courier
        && let Some(Err(error)) = within("deliveries", courier).await
    {
        tracing::error!(%error, "telling webhooks ended early");
    }
    // Changes whose client is gone are not the server's to wait for.
    let changes = Arc::clone(&app.changes);
    within("changes", changes.write()).await;
    within("upkeep", upkeep.stop()).await;
    close(app).await
}

/// Waits until `work` is finished, but not for ever.
async fn within<T>(what: &str, work: impl Future<Output = T>) -> Option<T> {
    let finished = tokio::time::timeout(DRAIN, work).await;
    if finished.is_err() {
        tracing::warn!("some {what} did not finish in {} s", DRAIN.as_secs());
    }
    finished.ok()
}

/// Tells webhooks what happens, until the service stops.
fn courier(app: &Arc<App>) -> Option<JoinHandle<()>> {
    match Courier::new(app) {
        Ok(courier) => Some(tokio::spawn(courier.run())),
        Err(error) => {
            tracing::error!(%error, "no webhook is told anything until this is mended");
            None
        }
    }
}

/// Ends when the process is told to stop; heard from the moment that this is called, not only
/// once somebody waits for it.
pub(crate) fn stop_signal() -> Result<impl Future<Output = ()>, Stop> {
    #[cfg(unix)]
    let mut terminate = {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate()).map_err(Stop::usage)?
    };
    #[cfg(unix)]
    let terminated = async move {
        terminate.recv().await;
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    Ok(async move {
        let interrupted = async {
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = interrupted => {}
            () = terminated => {}
        }
    })
}
