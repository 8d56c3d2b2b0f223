//! `attestry learner`: at the machine, what a provider does for a learner who asks.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use uuid::Uuid;

use super::{
    Stop,
    keys::desk::{Desk, stop},
    say,
};
use crate::{
    config::{Config, ServeArgs},
    dossier::ops::{erase, export},
    kernel::ids,
};

/// What to do for whom.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  attestry learner export --provider riverside ID > learner.json
  attestry learner erase --provider riverside ID --confirm 2026-001

ID is the learner's, as the API gives it. Exit codes: 0 done, 1 refused, 2 usage.")]
pub(crate) struct LearnerArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Subcommand)]
enum Command {
    /// Write everything that is stored about a learner, as one JSON document
    Export {
        #[command(flatten)]
        who: Who,
        /// File to write, which must not exist yet [default: standard output]
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Erase a learner: what names them goes, and their records are withdrawn, for good
    Erase {
        #[command(flatten)]
        who: Who,
        /// The learner's external id, so that nobody else is erased by a slip
        #[arg(long, value_name = "EXTERNAL_ID")]
        confirm: String,
    },
}

#[derive(Debug, Clone, Args)]
struct Who {
    /// The provider's name in URLs, such as riverside
    #[arg(long = "provider", value_name = "SLUG")]
    slug: String,
    /// The learner's id
    #[arg(value_name = "ID", value_parser = learner_id)]
    learner: Uuid,
}

/// Reads a learner's id: the API's global one, or the UUID in it.
fn learner_id(text: &str) -> Result<Uuid, String> {
    if let Ok(id) = Uuid::try_parse(text) {
        return Ok(id);
    }
    match ids::parse_global(text) {
        Some((kind, id)) if kind == "Learner" => Ok(id),
        _ => Err("this is no learner's id: give the one that the API shows".to_owned()),
    }
}

impl LearnerArgs {
    /// The settings of a server that this command needs.
    pub(crate) fn serve(&self) -> ServeArgs {
        ServeArgs::default()
    }
}

/// Does it, and tells what was done.
pub(crate) async fn run(config: Config, args: LearnerArgs) -> Result<ExitCode, Stop> {
    let (Command::Export { who, .. } | Command::Erase { who, .. }) = &args.command;
    let desk = Desk::open(config, &who.slug).await?;
    let done = act(&desk, &args.command, who.learner).await;
    desk.close().await?;
    say(&done?)?;
    Ok(ExitCode::SUCCESS)
}

async fn act(desk: &Desk, command: &Command, learner: Uuid) -> Result<String, Stop> {
    let op = desk.op();
    match command {
        Command::Export { output, .. } => {
            let dossier = export::export_at_machine(&op, desk.provider, learner).await;
            let mut text = dossier.map_err(stop)?.to_json().map_err(Stop::usage)?;
            text.push('\n');
            let Some(path) = output else {
                return Ok(text);
            };
            write_new(path, &text).map_err(|e| Stop::usage(format!("{}: {e}", path.display())))?;
            Ok(format!("Wrote {}.\n", path.display()))
        }
        Command::Erase { confirm, .. } => {
            let erased = erase::erase_learner(&op, Some(desk.provider), learner, confirm).await;
            let erased = erased.map_err(stop)?;
            Ok(format!(
                "Erased; {} records are withdrawn by this. Backups from before still hold what is gone here.\n",
                erased.withdrawn
            ))
        }
    }
}

/// Writes a file that only its owner can read, and never over another.
fn write_new(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    std::io::Write::write_all(&mut options.open(path)?, text.as_bytes())
}
