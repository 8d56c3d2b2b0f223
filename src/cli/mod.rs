//! The command line: what each command takes, and how it ends.
//!
//! Exit codes are part of the contract: 0 done, 1 refused or invalid, 2 usage
//! or input/output, 3 indeterminate (`verify` only).

mod admit;
mod audit;
mod backup;
mod bulk;
mod canonize;
mod demo;
mod export;
mod import;
mod keys;
mod learner;
mod logging;
mod open;
mod serve;
mod upkeep;
mod verify;

use std::{io::Write, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{
    catalog::export::v2_0,
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

/// What `serve` does by its settings file alone.
const SIGN_IN: &str = "\
People sign in by API key, and by the tokens of OpenID Connect issuers that the settings file trusts:

  [[oidc]]
  issuer = \"https://login.example/realms/north\"   # https; see allow-insecure-http
  audience = \"https://skills.example\"
  provider = \"riverside\"
  roles = { teacher = \"ASSESSOR\", student = \"LEARNER\" }

allow-insecure-http = true permits http for an issuer on a loopback address of this machine, and
nowhere else: for tests and development. docs/operations.md tells the other members.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API, the playground and the public documents
    #[command(after_help = SIGN_IN)]
    Serve(ServeArgs),
    /// Show the whole path on a throw-away database, then serve its playground
    Demo(demo::DemoArgs),
    /// Read framework documents, and what O*NET and others publish, into the catalog
    Import(import::ImportArgs),
    /// Write frameworks as a document that can be imported again
    Export(export::ExportArgs),
    /// Copy the database and the evidence files, while they are in use
    Backup(backup::BackupArgs),
    /// Let an administrator of a provider in, where none of them can sign in any more
    Admit(admit::AdmitArgs),
    /// Give out, or erase, everything that is stored about a learner
    Learner(learner::LearnerArgs),
    /// Read tables of learners and results, and write them
    Bulk(bulk::BulkArgs),
    /// Look after the keys that providers sign with, and the master key
    Keys(keys::KeysArgs),
    /// Find out whether the audit log was tampered with
    Audit(audit::AuditArgs),
    /// Judge a credential: is it genuine, does it still hold, and what does it attest
    Verify(verify::VerifyArgs),
    /// Print what a document says, as canonical N-Quads: what an eddsa-rdfc-2022 proof signs
    Canonize(canonize::CanonizeArgs),
    /// Print the GraphQL schema, or the JSON Schema of a format of documents
    Schema(SchemaArgs),
}

/// Which schema to print.
#[derive(Debug, Clone, clap::Args)]
struct SchemaArgs {
    /// What the schema is of
    #[arg(long, value_enum, default_value_t = Schema::GraphQl, value_name = "FORMAT")]
    format: Schema,
}

/// Something that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Schema {
    /// The API, in the GraphQL schema language.
    #[value(name = "graphql")]
    GraphQl,
    /// The framework export, schemaVersion 2.0, as JSON Schema.
    #[value(name = "export-2.0")]
    Export2_0,
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
        Command::Import(args) => args.serve(),
        Command::Bulk(args) => args.serve(),
        Command::Keys(args) => args.serve(),
        Command::Learner(args) => args.serve(),
        Command::Admit(_)
        | Command::Audit(_)
        | Command::Backup(_)
        | Command::Export(_)
        | Command::Verify(_)
        | Command::Canonize(_)
        | Command::Schema(_) => ServeArgs::default(),
    };
    let config = Config::load(&cli.common, &serve).map_err(Stop::usage)?;
    let serves = matches!(cli.command, Command::Serve(_));
    logging::start(&config, if serves { "info" } else { "warn" }).map_err(Stop::usage)?;
    crypto::jwt::install().map_err(Stop::usage)?;
    let runtime = tokio::runtime::Runtime::new().map_err(Stop::usage)?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve(_) => serve::run(config).await,
            Command::Demo(args) => demo::run(config, &args).await,
            Command::Import(args) => import::run(config, &args).await,
            Command::Export(args) => export::run(config, &args).await,
            Command::Bulk(args) => bulk::run(config, args).await,
            Command::Keys(args) => keys::run(config, args).await,
            Command::Audit(args) => audit::run(config, args).await,
            Command::Admit(args) => admit::run(config, args).await,
            Command::Learner(args) => learner::run(config, args).await,
            Command::Backup(args) => backup::run(config, &args).await,
            Command::Verify(args) => verify::run(&args).await,
            Command::Canonize(args) => canonize::run(&args),
            Command::Schema(args) => {
                match args.format {
                    Schema::GraphQl => say(&schema::sdl())?,
                    Schema::Export2_0 => say(v2_0::SCHEMA)?,
                }
                Ok(ExitCode::SUCCESS)
            }
        }
    })
}

/// Writes to standard output. A reader that has gone away is no error.
pub(crate) fn say(text: &str) -> Result<(), Stop> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Stop::usage(format!("standard output: {e}")))
        }
        _ => Ok(()),
    }
}
