//! `attestry canonize`: what a document says, in the form in which it is signed.

use std::process::ExitCode;

use clap::Args;

use super::{Stop, say, verify::read_input};
use crate::{
    config::{ContextFile, read_contexts},
    credential::{rdf, verify::MAX_INPUT},
    kernel::json::{ParseOptions, parse},
};

/// What to canonize.
#[derive(Debug, Clone, Args)]
#[command(after_help = "Examples:
  attestry canonize credential.json
  attestry canonize --context https://example.org/v1=v1.json - < credential.json

Exit codes: 0 printed, 1 the document has no canonical form (an undefined term, an unknown
context, not JSON), 2 usage or input/output.")]
pub(crate) struct CanonizeArgs {
    /// The JSON-LD document: a file, or - for standard input
    #[arg(value_name = "FILE|-")]
    document: String,
    /// A further JSON-LD context that the document names
    #[arg(long, value_name = "URL=FILE")]
    context: Vec<ContextFile>,
}

/// Prints the canonical N-Quads (RDFC-1.0) of a document under the pinned contexts.
pub(crate) fn run(args: &CanonizeArgs) -> Result<ExitCode, Stop> {
    let contexts = read_contexts(&args.context).map_err(Stop::usage)?;
    let bytes = read_input(&args.document)?;
    let refused = |e: &dyn std::fmt::Display| Stop::refused(format!("{}: {e}", args.document));
    if bytes.len() > MAX_INPUT {
        return Err(refused(&"it is longer than 1 MiB"));
    }
    let document = parse(&bytes, &ParseOptions::default()).map_err(|e| refused(&e))?;
    say(&rdf::canonize(&document, &contexts).map_err(|e| refused(&e))?)?;
    Ok(ExitCode::SUCCESS)
}
