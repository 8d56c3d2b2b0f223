//! The command line: what each command takes, and how it ends.
//!
//! Exit codes are part of the contract: 0 done, 1 refused or invalid, 2 usage
//! or input/output, 3 indeterminate (`verify` only).

mod demo;
mod logging;
mod open;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{
    config::{CommonArgs, Config, ServeArgs},
    credential::crypto,
    graphql::schema,
};

/// A skills-framework catalog and learner-record issuer behind one GraphQL API.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    common: CommonArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API, the playground and the public documents
    Serve(ServeArgs),
    /// Show the whole path on a throw-away database, then serve its playground
    Demo(demo::DemoArgs),
    /// Print the GraphQL schema
    Schema,
}

/// Why a command ended early, and with which exit code.
#[derive(Debug)]
pub(crate) struct Stop {
    code: u8,
    message: String,
}

impl Stop {
    /// The input was read, and is refused.
    pub(crate) fn refused(message: impl std::fmt::Display) -> Self {
        Self {
            code: 1,
            message: message.to_string(),
        }
    }

    /// A setting, a file or the machine is in the way.
    pub(crate) fn usage(message: impl std::fmt::Display) -> Self {
        Self {
            code: 2,
            message: message.to_string(),
        }
    }
}

/// Runs a command to its end.
pub fn run(cli: Cli) -> ExitCode {
    match start(cli) {
        Ok(code) => code,
        Err(stop) => {
            eprintln!("attestry: {}", stop.message);
            ExitCode::from(stop.code)
        }
    }
}

fn start(cli: Cli) -> Result<ExitCode, Stop> {
    let serve = match &cli.command {
        Command::Serve(args) => args.clone(),
        Command::Demo(args) => args.serve(),
        Command::Schema => ServeArgs::default(),
    };
    let config = Config::load(&cli.common, &serve).map_err(Stop::usage)?;
    let serves = matches!(cli.command, Command::Serve(_));
    logging::start(&config, if serves { "info" } else { "warn" }).map_err(Stop::usage)?;
    crypto::install().map_err(Stop::usage)?;
    let runtime = tokio::runtime::Runtime::new().map_err(Stop::usage)?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve(_) => serve::run(config).await,
            Command::Demo(args) => demo::run(config, &args).await,
            Command::Schema => {
                print!("{}", schema::sdl());
                Ok(ExitCode::SUCCESS)
            }
        }
    })
}
