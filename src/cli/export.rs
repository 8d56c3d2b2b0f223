//! `attestry export`.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::{
    Stop,
    open::{close, open},
    say,
};
use crate::{
    app::App,
    catalog::{
        model::{Family, Soc, SocError},
        ops::{
            browse, case,
            export::{ExportFormat, ExportRequest, Subject, export},
        },
    },
    config::Config,
    credential::ops::installation,
    kernel::{errors::Error, json::Json, pages::PageRequest, text::plain},
};

/// Codes that a refusal suggests at most.
const SUGGESTED: u64 = 5;

/// What to export, and where to.
#[derive(Debug, Clone, Args)]
#[command(disable_version_flag = true)]
pub(crate) struct ExportArgs {
    /// The occupation's code, such as 29-1122.00, or the id of a framework or of its version
    #[arg(value_name = "SOC|ID", value_parser = subject)]
    of: Subject,
    /// Family of the statements [default: every family in the format 2.0, otherwise MASTERY]
    #[arg(long, value_name = "FAMILY")]
    family: Option<Family>,
    /// Label of the version [default: the newest]
    #[arg(long, value_name = "LABEL")]
    version: Option<String>,
    /// Format to write [default: 1.0 where it can say all, otherwise 2.0]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// File to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// A format that a framework can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Framework export, schemaVersion 1.0.
    #[value(name = "1.0")]
    V1_0,
    /// Framework export, schemaVersion 2.0.
    #[value(name = "2.0")]
    V2_0,
    /// Package of CASE 1.1.
    Case,
}

/// What an argument names.
fn subject(text: &str) -> Result<Subject, String> {
    if let Ok(id) = text.parse() {
        return Ok(Subject::Framework(id));
    }
    let soc: Soc = text
        .parse()
        .map_err(|e: SocError| format!("{e}; or write the id of a framework"))?;
    Ok(Subject::Occupation(soc))
}

/// Writes published versions as a document that can be imported again.
pub(crate) async fn run(config: Config, args: &ExportArgs) -> Result<ExitCode, Stop> {
    let app = open(config).await?;
    let request = ExportRequest {
        of: args.of.clone(),
        family: args.family,
        label: args.version.clone(),
        format: match args.format {
            Some(Format::V1_0) => Some(ExportFormat::V1_0),
            Some(Format::V2_0) => Some(ExportFormat::V2_0),
            Some(Format::Case) | None => None,
        },
    };
    let written = match args.format {
        Some(Format::Case) => {
            let base = installation::public_url(&app).await.map_err(Stop::usage)?;
            case::export(&app, &request, &base).await.map(Json::from)
        }
        _ => export(&app, &request).await,
    };
    let json = match written {
        Ok(json) => json,
        Err(Error::NotFound(what)) => {
            let remedy = match &args.of {
                Subject::Occupation(soc) => remedy(&app, soc).await.map_err(Stop::usage)?,
                Subject::Framework(_) => "give the id of a framework or of a version".to_owned(),
            };
            return Err(Stop::refused(format!("{what} was not found: {remedy}")));
        }
        Err(Error::Invalid(problems)) => {
            let told: Vec<_> = problems.into_iter().map(|p| p.message).collect();
            return Err(Stop::refused(told.join("; ")));
        }
        Err(other) => return Err(Stop::usage(other)),
    };
    close(app).await?;
    let text = serde_json::to_string_pretty(&json).map_err(Stop::usage)? + "\n";
    match &args.output {
        None => say(&text)?,
        Some(path) => std::fs::write(path, text)
            .map_err(|e| Stop::usage(format!("{}: {e}", path.display())))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What there is instead, and how to get what was asked for.
async fn remedy(app: &App, soc: &Soc) -> Result<String, Error> {
    if let Some(occupation) = browse::occupation(app, soc.as_str()).await? {
        let versions = browse::versions_of(app, &[occupation.id]).await?;
        let there = versions.values().flatten();
        let there: Vec<_> = there
            .map(|v| format!("{} {}", v.row.family, plain(&v.row.label)))
            .collect();
        if there.is_empty() {
            let nothing =
                "the catalog holds it without a framework: import one with attestry import FILE";
            return Ok(nothing.to_owned());
        }
        return Ok(format!("published of it: {}", there.join(", ")));
    }
    let near = browse::OccupationFilter {
        soc_prefix: Some(format!("{}-", soc.major_group())),
        ..browse::OccupationFilter::default()
    };
    for filter in [near, browse::OccupationFilter::default()] {
        let page = PageRequest {
            limit: SUGGESTED,
            ..PageRequest::default()
        };
        let found = browse::occupations(app, &filter, browse::Order::Soc, &page).await?;
        let codes: Vec<_> = found.rows.iter().map(|(_, o)| o.soc.as_str()).collect();
        if !codes.is_empty() {
            return Ok(format!(
                "the catalog holds {}{}; import its framework with attestry import FILE",
                codes.join(", "),
                if found.has_next { " and others" } else { "" }
            ));
        }
    }
    Ok("the catalog is empty: import frameworks with attestry import FILE".to_owned())
}
