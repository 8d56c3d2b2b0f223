//! `attestry verify`: needs no database, and leaves nothing behind.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use super::{Stop, say};
use crate::{
    config::{ContextFile, read_contexts},
    credential::{
        fetch::bring,
        verify::{
            self, Asked, Inspected, Intermediate, MAX_INPUT, Materials, Needs, NotACredential,
            Outcome, Report, render,
        },
    },
    fetch::Fetcher,
    kernel::clock::{Clock, SystemClock},
};

/// The most that is read of a file that is given along, in bytes.
const MAX_MATERIAL: usize = 32 * 1024 * 1024;

/// What to verify, and with what.
#[derive(Debug, Clone, Args)]
#[command(after_help = "Examples:
  attestry verify record.json
  attestry verify badge.png --trust issuers.json
  attestry verify record.json --offline --issuer did.json --status-list status.json \\
      --framework framework.json
  attestry verify presentation.json --challenge n-0815 --domain jobs.example

--issuer, --status-list, --framework and --context may be given several times. No database is
opened. Exit codes: 0 valid, 1 invalid or no credential at all, 3 indeterminate, 2 usage or
input/output.")]
pub(crate) struct VerifyArgs {
    /// The credential, presentation or badge image: a file, - for standard input, or an https URL
    #[arg(value_name = "FILE|-|URL")]
    credential: String,
    /// Fetch nothing: judge with what is given
    #[arg(long)]
    offline: bool,
    /// The issuer's DID document or JWK Set
    #[arg(long, value_name = "FILE")]
    issuer: Vec<PathBuf>,
    /// The status list that the credential names
    #[arg(long, value_name = "FILE")]
    status_list: Vec<PathBuf>,
    /// The framework document that the credential names
    #[arg(long, value_name = "FILE")]
    framework: Vec<PathBuf>,
    /// The issuers that you trust: {"issuers":[{"id":"did:…","name":"…"}]}
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// A further JSON-LD context that the credential names
    #[arg(long, value_name = "URL=FILE")]
    context: Vec<ContextFile>,
    /// The challenge that a presentation must answer
    #[arg(long, value_name = "TEXT")]
    challenge: Option<String>,
    /// The domain that a presentation must be meant for
    #[arg(long, value_name = "TEXT")]
    domain: Option<String>,
    /// Print also the canonical forms that each proof signs, and their hashes
    #[arg(long)]
    intermediate: bool,
    /// Judge as of this moment, such as 2026-06-01T12:00:00Z [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<Timestamp>,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
}

/// How the report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// What is printed for programs.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    report: &'a Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    intermediate: Option<Vec<Intermediate>>,
}

/// Judges a credential, and prints the report.
pub(crate) async fn run(args: &VerifyArgs) -> Result<ExitCode, Stop> {
    let mut materials = given(args)?;
    let fetcher = if args.offline {
        None
    } else {
        Some(Fetcher::new())
    };
    let bytes = match &fetcher {
        Some(fetcher) if is_url(&args.credential) => {
            let fetcher = fetcher.as_ref().map_err(Stop::usage)?;
            let got = fetcher.get(&args.credential).await;
            got.map_err(|e| Stop::usage(format!("{}: {e}", args.credential)))?
        }
        None if is_url(&args.credential) => {
            return Err(Stop::usage(
                "--offline fetches nothing, and the credential is a URL: save it to a file, or leave out --offline",
            ));
        }
        _ => read_input(&args.credential)?,
    };
    let inspected = match verify::inspect(&bytes) {
        Ok(inspected) => inspected,
        Err(refused) => return not_a_credential(args.format, &refused),
    };
    let needs = inspected.needs();
    match &fetcher {
        None => note(
            &needs,
            &mut materials,
            "it was not given, and --offline fetches nothing",
        ),
        Some(Err(e)) => note(&needs, &mut materials, &e.to_string()),
        Some(Ok(fetcher)) => bring(fetcher, &needs, &mut materials).await,
    }
    judge(args, &inspected, &materials)
}

fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// What was given as files.
fn given(args: &VerifyArgs) -> Result<Materials, Stop> {
    let mut materials = Materials::new();
    materials.set_contexts(read_contexts(&args.context).map_err(Stop::usage)?);
    let named =
        |path: &Path, e: &dyn std::fmt::Display| Stop::usage(format!("{}: {e}", path.display()));
    for path in &args.issuer {
        let added = materials.add_issuer(&read_file(path, MAX_MATERIAL)?);
        added.map_err(|e| named(path, &e))?;
    }
    for path in &args.status_list {
        let added = materials.add_status_list(&read_file(path, MAX_MATERIAL)?);
        added.map_err(|e| named(path, &e))?;
    }
    for path in &args.framework {
        materials.add_framework(&read_file(path, MAX_MATERIAL)?);
    }
    if let Some(path) = &args.trust {
        let set = materials.set_trust_list(&read_file(path, MAX_MATERIAL)?);
        set.map_err(|e| named(path, &e))?;
    }
    Ok(materials)
}

/// Notes why what is lacking is not at hand.
fn note(needs: &Needs, materials: &mut Materials, why: &str) {
    let lacking = materials.lacking(needs);
    let issuers = lacking.issuers.iter().map(|source| &source.id);
    for what in issuers.chain(&lacking.status_lists) {
        materials.note_absent(what, why);
    }
}

fn judge(
    args: &VerifyArgs,
    inspected: &Inspected,
    materials: &Materials,
) -> Result<ExitCode, Stop> {
    let at = args.at.unwrap_or_else(|| SystemClock.now());
    let asked = Asked {
        at,
        challenge: args.challenge.clone(),
        domain: args.domain.clone(),
    };
    let report = verify::verify(inspected, materials, asked);
    let intermediates = args
        .intermediate
        .then(|| verify::intermediates(inspected, materials));
    say(&match args.format {
        Format::Text => {
            let forms = intermediates.unwrap_or_default();
            forms
                .iter()
                .fold(render(&report), |text, form| text + &form.render())
        }
        Format::Json => {
            let shown = Shown {
                report: &report,
                intermediate: intermediates,
            };
            serde_json::to_string_pretty(&shown).map_err(Stop::usage)? + "\n"
        }
    })?;
    Ok(ExitCode::from(match report.outcome {
        Outcome::Valid => 0,
        Outcome::Invalid => 1,
        Outcome::Indeterminate => 3,
    }))
}

fn not_a_credential(format: Format, refused: &NotACredential) -> Result<ExitCode, Stop> {
    say(&match format {
        Format::Text => format!("INVALID: {refused} [{}]\n", refused.error.name),
        Format::Json => {
            let report = json!({
                "outcome": Outcome::Invalid,
                "problem": {
                    "type": refused.error.uri,
                    "title": refused.error.name,
                    "detail": refused.to_string(),
                },
            });
            format!("{report:#}\n")
        }
    })?;
    Ok(ExitCode::from(1))
}

/// A document in a file, or from standard input where the name is `-`.
pub(super) fn read_input(name: &str) -> Result<Vec<u8>, Stop> {
    if name == "-" {
        return read(io::stdin().lock(), MAX_INPUT).map_err(|e| unreadable("standard input", &e));
    }
    read_file(Path::new(name), MAX_INPUT)
}

fn read_file(path: &Path, most: usize) -> Result<Vec<u8>, Stop> {
    let named = |e: &io::Error| unreadable(&path.display().to_string(), e);
    read(File::open(path).map_err(|e| named(&e))?, most).map_err(|e| named(&e))
}

/// Reads to the end, but no more than one byte beyond `most`: enough to see that it is too much.
fn read(from: impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(name: &str, error: &io::Error) -> Stop {
    Stop::usage(format!("{name}: {error}"))
}
