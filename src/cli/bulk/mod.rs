//! `attestry bulk`: tables of learners and results, in and out, at the machine.

mod input;
mod told;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use uuid::Uuid;

use super::{
    Stop,
    keys::desk::{Desk, stop},
    say,
};
use crate::{
    bulk::{
        model::{Kind, Order},
        ops::{Exported, import, results_page, roster_page},
    },
    config::{Config, ServeArgs},
    kernel::{errors::Error, ids},
};

/// Which table to read or write.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  attestry bulk learners people.csv --provider riverside --dry-run
  attestry bulk results results.csv --provider riverside --plan QXNzZXNz…
  attestry bulk roster --provider riverside > people.csv
  attestry bulk export-results --provider riverside > results.csv

Tables are CSV in UTF-8, separated by commas, semicolons or tabs; the first line names the columns,
in any order:
  learners  external_id, name, and email or did
  results   learner, statement, rating, assessor, time, and if wanted evidence_url, method, context
A file can be sent again after an interruption: what is recorded already is told, and not recorded
twice. Exit codes: 0 done, 1 rows were refused, 2 usage.")]
pub(crate) struct BulkArgs {
    #[command(subcommand)]
    command: Command,
    /// Address under which others reach the service, before the first issuance has settled it
    #[arg(long, global = true, env = "ATTESTRY_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
}

#[derive(Debug, Clone, Subcommand)]
enum Command {
    /// Create the learners of a table
    Learners(Table),
    /// Record the results of a table, each as its assessor's observation
    Results {
        #[command(flatten)]
        table: Table,
        /// The assessment plan, by its id
        #[arg(long, value_name = "ID", value_parser = plan_id)]
        plan: Uuid,
    },
    /// Write a table of the provider's learners
    Roster(Provider),
    /// Write a table of the provider's results
    ExportResults {
        #[command(flatten)]
        of: Provider,
        /// Only those under this assessment plan
        #[arg(long, value_name = "ID", value_parser = plan_id)]
        plan: Option<Uuid>,
    },
}

#[derive(Debug, Clone, Args)]
struct Provider {
    /// The provider's name in URLs, such as riverside
    #[arg(long = "provider", value_name = "SLUG")]
    slug: String,
}

#[derive(Debug, Clone, Args)]
struct Table {
    /// The file, or - for standard input
    #[arg(value_name = "FILE|-")]
    file: PathBuf,
    #[command(flatten)]
    of: Provider,
    /// Check every row, and write none
    #[arg(long)]
    dry_run: bool,
    /// Keep the good rows where others are refused; otherwise it is all or nothing
    #[arg(long)]
    skip_bad_lines: bool,
}

/// Reads an id, as the API gives it or bare.
fn plan_id(text: &str) -> Result<Uuid, String> {
    let global = ids::parse_global(text).filter(|(kind, _)| kind == "AssessmentPlan");
    let id = global.map(|(_, id)| id).or_else(|| ids::canonical(text));
    id.ok_or_else(|| "give the id of an assessment plan, as assessmentPlans lists it".to_owned())
}

impl BulkArgs {
    /// The settings of a server that this command needs.
    pub(crate) fn serve(&self) -> ServeArgs {
        ServeArgs {
            public_url: self.public_url.clone(),
            ..ServeArgs::default()
        }
    }
}

/// Does it, and tells what was done.
pub(crate) async fn run(config: Config, args: BulkArgs) -> Result<ExitCode, Stop> {
    match args.command {
        Command::Learners(table) => read(config, &table, Kind::Learners).await,
        Command::Results { table, plan } => read(config, &table, Kind::Results { plan }).await,
        Command::Roster(of) => {
            let desk = Desk::open(config, &of.slug).await?;
            let (op, provider) = (desk.op(), Some(desk.provider));
            write(|after| roster_page(&op, provider, after)).await?;
            drop(op);
            desk.close().await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::ExportResults { of, plan } => {
            let desk = Desk::open(config, &of.slug).await?;
            let (op, provider) = (desk.op(), Some(desk.provider));
            write(|after| results_page(&op, provider, plan, after)).await?;
            drop(op);
            desk.close().await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn read(config: Config, table: &Table, kind: Kind) -> Result<ExitCode, Stop> {
    let order = Order {
        kind,
        dry_run: table.dry_run,
        skip_bad_lines: table.skip_bad_lines,
    };
    let desk = Desk::open(config, &table.of.slug).await?;
    let (source, bar) = input::open(&table.file, desk.data_dir())?;
    let report = import(&desk.op(), Some(desk.provider), &order, source, &|_| {}).await;
    bar.finish_and_clear();
    let report = report.map_err(stop)?;
    desk.close().await?;
    eprint!("{}", told::problems(&table.file, &report));
    say(&told::summary(&order, &report))?;
    Ok(ExitCode::from(u8::from(report.refused > 0)))
}

/// Writes a table to standard output, part by part.
async fn write<F>(mut part: impl FnMut(Option<Uuid>) -> F) -> Result<(), Stop>
where
    F: Future<Output = Result<Exported, Error>>,
{
    let mut after = None;
    loop {
        let Exported { text, next } = part(after).await.map_err(stop)?;
        say(&text)?;
        match next {
            Some(_) => after = next,
            None => return Ok(()),
        }
    }
}
