//! The `attestry` command.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    attestry::cli::run(attestry::cli::Cli::parse())
}
