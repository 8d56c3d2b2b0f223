//! `attestry admit`: at the machine, lets an administrator of a provider in.

use std::process::ExitCode;

use clap::Args;

use super::{
    Stop,
    keys::desk::{Desk, stop},
    say,
};
use crate::{config::Config, identity::ops::handover};

/// Whom to let in.
#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  attestry admit --provider riverside --email ada@riverside.example
  attestry admit --provider riverside --email ada@riverside.example --name 'Ada Admin' --days 7

Prints the text of a new API key, which is shown this once, to standard output. The audit log tells
of it. Exit codes: 0 done, 1 refused, 2 usage.")]
pub(crate) struct AdmitArgs {
    /// The provider's name in URLs, such as riverside
    #[arg(long = "provider", value_name = "SLUG")]
    slug: String,
    /// The administrator's e-mail address
    #[arg(long)]
    email: String,
    /// Their name, to add them where no member has the address
    #[arg(long)]
    name: Option<String>,
    /// After how many days the key stops working
    #[arg(long, default_value_t = 90, value_name = "DAYS")]
    days: i32,
}

/// Makes the key, and prints it.
pub(crate) async fn run(config: Config, args: AdmitArgs) -> Result<ExitCode, Stop> {
    let desk = Desk::open(config, &args.slug).await?;
    let op = desk.op();
    let key = handover::admit(&op, desk.provider, &args.email, args.name, args.days).await;
    drop(op);
    desk.close().await?;
    say(&format!("{}\n", key.map_err(stop)?.as_str()))?;
    Ok(ExitCode::SUCCESS)
}
