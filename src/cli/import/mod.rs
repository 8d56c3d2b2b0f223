//! `attestry import`.

mod files;
mod releases;
mod tally;

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use tokio::{sync::mpsc, task::JoinHandle};

use super::{
    Stop,
    open::{close, open},
    say,
};
use crate::{
    app::App,
    catalog::ops::{
        import::{Document, Imported, import_documents},
        search,
    },
    config::{Config, ServeArgs},
    credential::ops::installation,
    kernel::{
        errors::{Error, Problem, Result as OpResult},
        text::{counted, plain},
    },
};
use tally::{Tally, mended_places, mends, unknown_members};

/// Files that share a transaction. Making it durable costs as much as storing a
/// few of them; and what waits, in memory or for the database, stays little.
const TOGETHER: usize = 64;
/// So many files change the index by which the catalog is searched enough to have it settled.
const MUCH: usize = 16;

/// How often a terminal is told that a single file is still being imported.
const TICK: Duration = Duration::from_millis(100);

/// What to import.
#[derive(Debug, Clone, Args)]
pub(crate) struct ImportArgs {
    /// Files, or folders whose files are read at any depth; formats are recognised by content,
    /// spoilt tables by their names
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Address under which others reach the service, for the URL that is shown
    #[arg(long, env = "ATTESTRY_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
}

impl ImportArgs {
    /// The settings of a server that this command needs.
    pub(crate) fn serve(&self) -> ServeArgs {
        ServeArgs {
            public_url: self.public_url.clone(),
            ..ServeArgs::default()
        }
    }
}

/// A file, and what reading it gave.
type Read = (PathBuf, OpResult<Document>);

/// Imports every file, each whole or not at all, and sums up what was done.
pub(crate) async fn run(config: Config, args: &ImportArgs) -> Result<ExitCode, Stop> {
    let mut files = files::named_by(&args.paths)?;
    let releases = releases::take_out(&mut files);
    let app = open(config).await?;
    let only = files.len() == 1 && releases.is_empty();
    let told = import_releases(&app, releases).await?;
    if files.is_empty() {
        if told.imported {
            search::settle(&app.operator()).await;
        }
        close(app).await?;
        say(&told.text)?;
        return Ok(ExitCode::from(u8::from(told.refused)));
    }
    let bar = progress_bar(files.len());
    let (mut batches, reading) = read_ahead(files);
    let mut tally = Tally::default();
    let mut details = String::new();
    while let Some(batch) = batches.recv().await {
        let size = batch.len() as u64;
        bar.set_message("storing");
        for (path, outcome) in store(&app, batch, &tally).await? {
            match outcome {
                Ok(done) => {
                    tally.add(&path, &done);
                    if only {
                        details = describe(&app, &done).await?;
                    }
                }
                Err(error) => {
                    tally.refused += 1;
                    bar.suspend(|| eprint!("{}", problems(&path, &error)));
                }
            }
        }
        bar.inc(size);
    }
    bar.finish_and_clear();
    reading
        .await
        .map_err(|e| Stop::usage(format!("reading ended before the last file: {e}")))?;
    if told.imported || tally.imported >= MUCH {
        search::settle(&app.operator()).await;
    }
    close(app).await?;
    let documents = if details.is_empty() {
        tally.summary()
    } else {
        details
    };
    say(&format!("{}{documents}", told.text))?;
    Ok(ExitCode::from(u8::from(tally.refused > 0 || told.refused)))
}

/// What became of the releases.
#[derive(Default)]
struct Releases {
    text: String,
    imported: bool,
    refused: bool,
}

/// Imports the releases, each whole or not at all.
async fn import_releases(app: &Arc<App>, all: Vec<releases::Found>) -> Result<Releases, Stop> {
    let mut told = Releases::default();
    for release in all {
        let outcome = match release.published {
            Ok(published) => releases::import(app, published, release.size).await,
            Err(error) => Err(error),
        };
        match outcome {
            Ok(done) => {
                told.imported = true;
                told.text
                    .push_str(&releases::describe(&done, &release.unused));
            }
            Err(error @ Error::Invalid(_)) => {
                told.refused = true;
                let name = release.name.display();
                told.text
                    .push_str(&format!("Refused: {}\n", plain(&name.to_string())));
                eprint!("{}", table_problems(&release.name, &error));
            }
            Err(error) => {
                let message = format!("{error}\nthe import stopped; before that:\n{}", told.text);
                return Err(Stop::usage(message));
            }
        }
    }
    Ok(told)
}

/// What is wrong with a release, one line a problem, each with its file, line and column.
fn table_problems(name: &Path, error: &Error) -> String {
    let Error::Invalid(problems) = error else {
        return format!("{}: {error}\n", name.display());
    };
    let line = |p: &Problem| {
        let place = if p.field.is_empty() {
            plain(&name.display().to_string())
        } else {
            plain(&p.field)
        };
        format!("{place}: {}\n", plain(&p.message))
    };
    problems.iter().map(line).collect()
}

fn progress_bar(files: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    if files == 1 {
        // It is read whole before any of it is stored: how far that is nobody knows.
        let style = ProgressStyle::with_template("{spinner} {msg} for {elapsed}")
            .expect("the template is well-formed: it is written here");
        let bar = ProgressBar::new_spinner().with_style(style);
        bar.enable_steady_tick(TICK);
        return bar.with_message("reading");
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} files, {eta} left")
        .expect("the template is well-formed: it is written here");
    ProgressBar::new(files as u64).with_style(style)
}

/// Reads, checks and freezes the files on a thread of its own, a few batches
/// ahead of the database.
fn read_ahead(files: Vec<PathBuf>) -> (mpsc::Receiver<Vec<Read>>, JoinHandle<()>) {
    let (sender, receiver) = mpsc::channel(2);
    let reading = tokio::task::spawn_blocking(move || {
        for batch in files.chunks(TOGETHER) {
            let read = |path: &PathBuf| (path.clone(), files::read(path));
            // Nobody receives any more once the import has stopped.
            if sender
                .blocking_send(batch.iter().map(read).collect())
                .is_err()
            {
                return;
            }
        }
    });
    (receiver, reading)
}

/// Stores the documents of a batch, and answers for each of its files.
async fn store(
    app: &Arc<App>,
    batch: Vec<Read>,
    before: &Tally,
) -> Result<Vec<(PathBuf, OpResult<Imported>)>, Stop> {
    let mut documents = Vec::with_capacity(batch.len());
    let mut waiting = Vec::with_capacity(batch.len());
    for (path, read) in batch {
        match read {
            Ok(document) => {
                documents.push(document);
                waiting.push((path, None));
            }
            Err(error) => waiting.push((path, Some(error))),
        }
    }
    let told = import_documents(&app.operator(), documents).await;
    let mut told = told.map_err(|e| stopped(before, &e))?.into_iter();
    let missing = || Error::internal("the import told of fewer documents than it was given");
    let answer = |(path, error): (PathBuf, Option<Error>)| {
        let outcome = match error {
            Some(error) => Err(error),
            None => told.next().unwrap_or_else(|| Err(missing())),
        };
        (path, outcome)
    };
    Ok(waiting.into_iter().map(answer).collect())
}

/// The database failed: says what is stored nevertheless.
fn stopped(before: &Tally, error: &Error) -> Stop {
    Stop::usage(format!(
        "{error}\nthe import stopped; before that: {}mend what is in the way and import again: what is there already is left as it is",
        before.summary()
    ))
}

/// What one document holds, and where.
async fn describe(app: &App, done: &Imported) -> Result<String, Stop> {
    let base = installation::public_url(app).await.map_err(Stop::usage)?;
    let verb = if done.unchanged {
        "Unchanged"
    } else {
        "Imported"
    };
    let mut text = format!(
        "{verb}: {}{}, {}: {}, {}.\n",
        done.soc
            .as_ref()
            .map_or_else(String::new, |soc| format!("{soc} ")),
        plain(&done.title),
        plain(&done.label),
        counted(done.levels, "level"),
        counted(done.statements, "statement"),
    );
    for version in &done.versions {
        text.push_str(&format!("{base}/frameworks/{version}\n"));
    }
    if !done.mended.is_empty() {
        text.push_str(&format!(
            "Not as the format wants it, and read so ({}):\n{}",
            counted(mended_places(&done.mended), "place"),
            mends(&done.mended)
        ));
    }
    if !done.unknown_members.is_empty() {
        text.push_str(&format!(
            "Members that the format does not define, kept as they are: {}\n",
            unknown_members(&done.unknown_members)
        ));
    }
    Ok(text)
}

/// What is wrong with a file, one line a problem.
fn problems(path: &Path, error: &Error) -> String {
    let line = |place: &str, message: &str| {
        let place = if place.is_empty() {
            "the document"
        } else {
            place
        };
        let path = path.display().to_string();
        format!("{}: {}: {}\n", plain(&path), plain(place), plain(message))
    };
    match error {
        Error::Invalid(problems) => problems
            .iter()
            .map(|p| line(&p.field, &p.message))
            .collect(),
        other => line("", &other.to_string()),
    }
}
