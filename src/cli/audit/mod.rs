//! `attestry audit`: finds out whether the audit log was tampered with.

mod marks;

use std::{io::IsTerminal, path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use super::{
    Stop,
    open::{close, open},
    say,
};
use crate::{
    app::Op,
    config::Config,
    identity::{
        chain::Marks,
        ops::{
            log::{self, Verified},
            providers,
        },
    },
};

pub(super) use marks::note;

/// Records from which on a bar shows how far it is.
const MANY: u64 = 10_000;

/// What to do with the audit log.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  attestry audit verify
  attestry audit checkpoint > checkpoint-2026-03.json     # keep it elsewhere
  attestry audit verify --checkpoint checkpoint-2026-03.json

Exit codes: 0 intact, 1 tampered with, 2 usage or input/output.")]
pub(crate) struct AuditArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Subcommand)]
enum Command {
    /// Walk every chain, and tell each record that was changed, removed or put in
    Verify {
        /// What `attestry audit checkpoint` printed before; by default also what this service noted
        #[arg(long, value_name = "FILE")]
        checkpoint: Option<PathBuf>,
        /// The chain of this provider only
        #[arg(long, value_name = "SLUG")]
        provider: Option<String>,
    },
    /// Print where every chain ends, as JSON, to be kept elsewhere
    Checkpoint {
        /// Verify against an older checkpoint first, and print nothing where that fails
        #[arg(long, value_name = "FILE")]
        checkpoint: Option<PathBuf>,
    },
}

/// Does it, and tells what was found.
pub(crate) async fn run(config: Config, args: AuditArgs) -> Result<ExitCode, Stop> {
    let app = open(config).await?;
    let op = app.operator();
    let done = match &args.command {
        Command::Verify {
            checkpoint,
            provider,
        } => {
            let mut marks = marks::noted(&op.app.config.data_dir)?;
            if let Some(file) = checkpoint {
                marks::read(file, &mut marks)?;
            }
            verify(&op, &marks, provider.as_deref()).await
        }
        Command::Checkpoint { checkpoint } => print(&op, checkpoint.as_ref()).await,
    };
    drop(op);
    close(app).await?;
    done
}

async fn verify(op: &Op, marks: &Marks, slug: Option<&str>) -> Result<ExitCode, Stop> {
    let chain = match slug {
        None => None,
        Some(slug) => {
            let found = providers::provider_by_slug(op, slug).await;
            let found = found.map_err(Stop::usage)?;
            let unknown = || Stop::usage(format!("no provider has the name {slug}"));
            Some(found.ok_or_else(unknown)?.id.to_string())
        }
    };
    let verified = walk(op, marks, chain.as_deref()).await?;
    let mut text = findings(&verified);
    if verified.findings.is_empty() {
        text = format!(
            "Intact: {} records in {} chains.\n",
            verified.records, verified.chains
        );
    }
    if marks.is_empty() {
        text.push_str(
            "Without a checkpoint, a tail that was cut off or written anew together with its chain's head cannot be seen: give one with --checkpoint.\n",
        );
    }
    say(&text)?;
    Ok(outcome(&verified))
}

async fn print(op: &Op, older: Option<&PathBuf>) -> Result<ExitCode, Stop> {
    if let Some(file) = older {
        let mut marks = Marks::default();
        marks::read(file, &mut marks)?;
        let verified = walk(op, &marks, None).await?;
        if !verified.findings.is_empty() {
            eprint!("{}", findings(&verified));
            return Ok(outcome(&verified));
        }
    }
    let checkpoint = log::checkpoint(op).await.map_err(Stop::usage)?;
    let text = serde_json::to_string_pretty(&checkpoint).map_err(Stop::usage)?;
    say(&format!("{text}\n"))?;
    Ok(ExitCode::SUCCESS)
}

async fn walk(op: &Op, marks: &Marks, chain: Option<&str>) -> Result<Verified, Stop> {
    let count = log::record_count(op, chain).await.map_err(Stop::usage)?;
    let bar = progress_bar(count);
    let verified = log::verify(op, chain, marks, |records| bar.inc(records)).await;
    bar.finish_and_clear();
    verified.map_err(Stop::usage)
}

fn progress_bar(records: u64) -> ProgressBar {
    if records < MANY || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} records, {eta} left")
        .expect("the template is well-formed: it is written here");
    ProgressBar::new(records).with_style(style)
}

fn findings(verified: &Verified) -> String {
    let mut text = String::new();
    for finding in &verified.findings {
        text.push_str(&format!("Tampered: {finding}\n"));
    }
    text
}

fn outcome(verified: &Verified) -> ExitCode {
    ExitCode::from(u8::from(!verified.findings.is_empty()))
}
