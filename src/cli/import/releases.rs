//! Which of the files are tables that others published, and which of these belong together.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufRead, BufReader, IsTerminal, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    app::App,
    catalog::{
        onet::{
            MAX_LINE_BYTES, Part, Recognised, folder_release, named, read_me_release, recognise,
        },
        ops::onet::{ImportedTables, Progress, Published, TableFile, import_tables},
    },
    kernel::{
        errors::{Error, Result as OpResult},
        text::{counted, plain},
    },
};

/// The file of a release that says which one it is, without `.txt`.
const READ_ME: &str = "Read Me";

/// A release that was found among the files.
pub(super) struct Found {
    /// What the files are called together: their folder, or the one file.
    pub(super) name: PathBuf,
    /// What is to be imported, or why it cannot be.
    pub(super) published: OpResult<Published>,
    /// Tables that the catalog has no use for.
    pub(super) unused: Vec<PathBuf>,
    /// How many bytes the tables have.
    pub(super) size: u64,
}

/// Takes the tables out of `files`: those of one folder are one release, and what its
/// `Read Me.txt` says goes with them. Releases with a list of occupations come first: the others
/// are held to it.
pub(super) fn take_out(files: &mut Vec<PathBuf>) -> Vec<Found> {
    let mut releases: BTreeMap<PathBuf, Tables> = BTreeMap::new();
    let mut found = Vec::new();
    let mut read_me = Vec::new();
    let mut rest = Vec::with_capacity(files.len());
    for path in files.drain(..) {
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        match look(&path) {
            Some(Recognised::Table(part)) => {
                let release = releases.entry(folder).or_default();
                release.size += size(&path);
                release.tables.push(TableFile { part, path });
            }
            Some(Recognised::Unused) => releases.entry(folder).or_default().unused.push(path),
            Some(Recognised::Crosswalk) => found.push(Found {
                name: path.clone(),
                size: size(&path),
                published: Ok(Published::Crosswalk(path)),
                unused: Vec::new(),
            }),
            None if stem(&path).eq_ignore_ascii_case(READ_ME) => read_me.push((folder, path)),
            None => rest.push(path),
        }
    }
    // Without a table beside it, it is a file like any other.
    rest.extend(
        read_me
            .into_iter()
            .filter(|(folder, _)| !releases.contains_key(folder))
            .map(|(_, path)| path),
    );
    rest.sort();
    *files = rest;
    let mut all: Vec<_> = releases
        .into_iter()
        .map(|(folder, tables)| tables.found(&folder))
        .collect();
    all.sort_by_key(|found| !lists_occupations(found));
    all.append(&mut found);
    all
}

fn lists_occupations(found: &Found) -> bool {
    match &found.published {
        Ok(Published::Onet { tables, .. }) => tables.iter().any(|t| t.part == Part::Occupations),
        _ => false,
    }
}

/// What stands in one folder.
#[derive(Default)]
struct Tables {
    tables: Vec<TableFile>,
    unused: Vec<PathBuf>,
    size: u64,
}

impl Tables {
    fn found(self, folder: &Path) -> Found {
        let name = match (self.tables.as_slice(), self.unused.as_slice()) {
            ([one], []) => one.path.clone(),
            _ => folder.to_path_buf(),
        };
        Found {
            name,
            published: published(folder, self.tables),
            unused: self.unused,
            size: self.size,
        }
    }
}

fn published(folder: &Path, mut tables: Vec<TableFile>) -> OpResult<Published> {
    let refused = |message: String| Err(Error::invalid("", "BAD_TABLE", message));
    tables.sort_by_key(|table| table.part);
    for pair in tables.windows(2) {
        if let [one, other] = pair
            && one.part == other.part
        {
            return refused(format!(
                "{} and {} both hold {}: leave one of them out",
                one.path.display(),
                other.path.display(),
                one.part.title()
            ));
        }
    }
    if tables.is_empty() {
        return refused(
            "none of the tables here is one that the catalog reads: docs/operations.md names them"
                .to_owned(),
        );
    }
    match release(folder) {
        Some(release) => Ok(Published::Onet { release, tables }),
        None => refused(
            "nothing says which release this is: put its \"Read Me.txt\" beside the tables, or name their folder onet-30.1 after it"
                .to_owned(),
        ),
    }
}

/// Which release a folder holds: as its `Read Me.txt` says, or its name.
fn release(folder: &Path) -> Option<String> {
    let line = first_line(&folder.join(format!("{READ_ME}.txt"))).ok();
    let told = line.and_then(|line| read_me_release(&line));
    told.or_else(|| {
        // `.` and links have no name of their own.
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let real = folder.canonicalize().ok();
        let named = |path: &Path| folder_release(&path.file_name()?.to_string_lossy());
        named(folder).or_else(|| named(&real?))
    })
}

fn look(path: &Path) -> Option<Recognised> {
    // What comes through a pipe can be read once only.
    if !path.is_file() {
        return None;
    }
    let by_name = || named(&path.file_name()?.to_string_lossy());
    match first_line(path) {
        Ok(line) if is_document(&line) => None,
        Ok(line) => recognise(&stem(path), &line).or_else(by_name),
        // One that cannot be read is told of when it is imported.
        Err(_) => by_name(),
    }
}

/// Whether a file that starts so is a document. It may be one long line.
fn is_document(start: &str) -> bool {
    start
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with(['{', '['])
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

fn size(path: &Path) -> u64 {
    path.metadata().map_or(0, |metadata| metadata.len())
}

fn first_line(path: &Path) -> io::Result<String> {
    let file = File::open(path)?;
    // Opening is enough for a folder, reading is not.
    let mut line = Vec::new();
    let mut input = BufReader::with_capacity(1024, file).take(MAX_LINE_BYTES);
    // A document is one long line: its first characters tell that it is no table.
    let start = input.fill_buf()?;
    if is_document(&String::from_utf8_lossy(start)) {
        return Ok("{".to_owned());
    }
    input.read_until(b'\n', &mut line)?;
    Ok(String::from_utf8_lossy(&line).into_owned())
}

/// Imports a release, with its progress on a terminal.
pub(super) async fn import(
    app: &Arc<App>,
    published: Published,
    size: u64,
) -> OpResult<ImportedTables> {
    // Each file is read twice.
    let bar = progress_bar(size.saturating_mul(2));
    let told = bar.clone();
    let progress: Progress = Arc::new(move |bytes| told.inc(bytes));
    let done = import_tables(&app.operator(), published, progress).await;
    bar.finish_and_clear();
    done
}

fn progress_bar(bytes: u64) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes}, {eta} left")
        .expect("the template is well-formed: it is written here");
    ProgressBar::new(bytes).with_style(style)
}

/// What an import of tables did, in lines.
pub(super) fn describe(done: &ImportedTables, unused: &[PathBuf]) -> String {
    let verb = if done.is_unchanged() {
        "Unchanged"
    } else {
        "Imported"
    };
    let mut text = format!("{verb}: {}\n", done.title);
    for table in &done.tables {
        let there = if table.unchanged && !done.is_unchanged() {
            " (unchanged)"
        } else {
            ""
        };
        let about = match table.part {
            part if part.is_of_terms() => String::new(),
            Part::Programs => format!(" for {}", counted(table.subjects, "SOC code")),
            _ => format!(" for {}", counted(table.subjects, "occupation")),
        };
        let title = table.part.title();
        let rows = counted(table.rows, "row");
        text.push_str(&format!("  {title}: {rows}{about}{there}\n"));
    }
    if done.added + done.changed > 0 {
        text.push_str(&format!(
            "  {} new in the catalog, {} changed\n",
            counted(done.added, "occupation"),
            done.changed
        ));
    }
    if !unused.is_empty() {
        let names: Vec<_> = unused.iter().map(|path| stem(path)).collect();
        text.push_str(&format!(
            "  Not read, for the catalog has no use for it: {}\n",
            plain(&names.join(", "))
        ));
    }
    text
}
