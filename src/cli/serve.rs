//! `attestry serve`.

use std::{process::ExitCode, sync::Arc, time::Duration};

use tokio::net::TcpListener;

use super::{
    Stop,
    open::{close, open},
    upkeep,
};
use crate::{
    app::App, config::Config, credential::ops::installation, identity::ops::keys, web::router,
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
    let url = &app.config.public_url;
    println!(
        "Serving {url} (GraphQL at /graphql, playground at /playground, a page that verifies at /verify)."
    );
    serve(app, listener).await?;
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
pub(crate) async fn serve(app: Arc<App>, listener: TcpListener) -> Result<(), Stop> {
    let upkeep = upkeep::start(&app);
    let (tell, told) = tokio::sync::oneshot::channel::<()>();
    let stopping = async move {
        stop_signal().await;
        tracing::info!("stopping: letting requests in flight finish");
        if tell.send(()).is_err() {
            tracing::debug!("the server had ended already");
        }
    };
    let served = axum::serve(listener, router::router(&app))
        .with_graceful_shutdown(stopping)
        .into_future();
    let overdue = async {
        // An error means that the server ended by itself, without a signal.
        if told.await.is_ok() {
            tokio::time::sleep(DRAIN).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        // By value: what it holds of the application is gone when it ends.
        result = served => result.map_err(Stop::usage)?,
        () = overdue => tracing::warn!("some requests did not finish in {} s", DRAIN.as_secs()),
    }
    // Changes whose client is gone are not the server's to wait for.
    let changes = Arc::clone(&app.changes);
    if tokio::time::timeout(DRAIN, changes.write()).await.is_err() {
        tracing::warn!("some changes did not finish in {} s", DRAIN.as_secs());
    }
    upkeep.stop().await;
    close(app).await
}

async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
