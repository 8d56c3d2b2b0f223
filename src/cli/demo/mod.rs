//! `attestry demo`: the whole path on a throw-away database, told step by step.

mod client;
mod people;
mod requests;
mod story;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use clap::Args;

use super::{Stop, open::open, serve};
use crate::config::{Config, ServeArgs};
use client::Client;

/// Flags of `demo`.
#[derive(Debug, Clone, Args)]
pub(super) struct DemoArgs {
    /// Address to listen on afterwards [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// End after the last step instead of serving
    #[arg(long)]
    once: bool,
    /// Directory where `npm install` put the playground's packages, for places without internet
    #[arg(long, value_name = "DIR")]
    playground_assets: Option<PathBuf>,
}

impl DemoArgs {
    /// The same as `serve` would take them.
    pub(super) fn serve(&self) -> ServeArgs {
        ServeArgs {
            listen: self.listen,
            public_url: None,
            playground_assets: self.playground_assets.clone(),
            ..ServeArgs::default()
        }
    }
}

/// Tells the story, then serves what it made until it is told to stop.
pub(super) async fn run(config: Config, args: &DemoArgs) -> Result<ExitCode, Stop> {
    let directory = tempfile::Builder::new()
        .prefix("attestry-demo-")
        .tempdir()
        .map_err(Stop::usage)?;
    let config = config.throw_away(directory.path());
    // Taken first: nobody should watch the story only to learn that the port is in use.
    let (listener, config) = if args.once {
        (None, config)
    } else {
        let (listener, config) = serve::listen(config).await?;
        (Some(listener), config)
    };
    let app = open(config).await?;
    let client = Client::new(&app);
    let told = story::tell(&client, directory.path()).await?;
    if let Some(listener) = listener {
        requests::print(&app.config.public_url, directory.path(), &told);
        drop(client);
        serve::serve(app, listener, serve::stop_signal()?).await?;
    } else {
        println!("\nEvery step did what it should. Without --once, the playground is served now.");
    }
    directory.close().map_err(Stop::usage)?;
    Ok(ExitCode::SUCCESS)
}
