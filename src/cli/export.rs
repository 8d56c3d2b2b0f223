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
        model::{Family, Soc},
        ops::{
            browse,
            export::{ExportFormat, ExportRequest, export},
        },
    },
    config::Config,
    kernel::{errors::Error, pages::PageRequest, text::plain},
};

/// Codes that a refusal suggests at most.
const SUGGESTED: u64 = 5;

/// What to export, and where to.
#[derive(Debug, Clone, Args)]
#[command(disable_version_flag = true)]
pub(crate) struct ExportArgs {
    /// The occupation's code, such as 29-1122.00
    #[arg(value_name = "SOC")]
    soc: Soc,
    /// Family of the statements [default: MASTERY in the format 1.0, every family in 2.0]
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
}

/// Writes published versions as a document that can be imported again.
pub(crate) async fn run(config: Config, args: &ExportArgs) -> Result<ExitCode, Stop> {
    let app = open(config).await?;
    let request = ExportRequest {
        soc: args.soc.clone(),
        family: args.family,
        label: args.version.clone(),
        format: args.format.map(|format| match format {
            Format::V1_0 => ExportFormat::V1_0,
            Format::V2_0 => ExportFormat::V2_0,
        }),
    };
    let json = match export(&app, &request).await {
        Ok(json) => json,
        Err(Error::NotFound(what)) => {
            let remedy = remedy(&app, &args.soc).await.map_err(Stop::usage)?;
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
