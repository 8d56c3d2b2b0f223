//! Reading the files of a release, on a thread that may wait for the disk.

use std::{
    collections::HashSet,
    fs::File,
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use sha2::{Digest as _, Sha256};

use super::Progress;
use crate::{
    catalog::onet::{Group, Part, Problems, TableReader, read_crosswalk},
    kernel::digest,
};

/// The most bytes of a crosswalk, which is read whole.
const MAX_CROSSWALK_BYTES: u64 = 16 * 1024 * 1024;

/// A file of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFile {
    /// What it tells.
    pub part: Part,
    /// Where it is.
    pub path: PathBuf,
}

/// What is imported at once, whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Published {
    /// Tables of one release of the O*NET database.
    Onet {
        /// The release's label, such as `30.1`.
        release: String,
        /// Its tables.
        tables: Vec<TableFile>,
    },
    /// A crosswalk from instructional programs to occupations. It tells its editions itself.
    Crosswalk(PathBuf),
}

/// What reading a table gave.
#[derive(Clone, Debug)]
pub(super) struct Scanned {
    pub(super) part: Part,
    pub(super) path: PathBuf,
    pub(super) release: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: u64,
    pub(super) subjects: u64,
    pub(super) digest: String,
}

/// Where the groups of a table go. `false` ends the reading.
pub(super) type Sink<'a> = dyn FnMut(Part, Group) -> bool + 'a;

/// Reads every table, and gives each group of rows to `sink`. Occupations come first: they tell
/// which codes there are, unless `known` does.
pub(super) fn scan(
    published: &Published,
    known: Option<&Arc<HashSet<String>>>,
    progress: &Progress,
    problems: &mut Problems,
    sink: &mut Sink<'_>,
) -> io::Result<Vec<Scanned>> {
    let (release, tables) = match published {
        Published::Crosswalk(path) => {
            return Ok(crosswalk(path, progress, problems, sink)?
                .into_iter()
                .collect());
        }
        Published::Onet { release, tables } => (release, tables),
    };
    let mut tables: Vec<_> = tables.iter().collect();
    tables.sort_by_key(|table| table.part);
    let mut known = known.cloned();
    let mut scanned = Vec::with_capacity(tables.len());
    for file in tables {
        let mut codes = HashSet::new();
        // The release's own occupations are the ones that count.
        let is_list = file.part == Part::Occupations;
        let among = if is_list { None } else { known.clone() };
        let mut keep = |part, group: Group| {
            if is_list {
                codes.insert(group.subject.clone());
            }
            sink(part, group)
        };
        let done = table(file, release, among, progress, problems, &mut keep);
        match done.map_err(|e| named(&file.path, &e))? {
            Some(done) => scanned.push(done),
            None if problems.is_empty() => break,
            None => {}
        }
        if is_list {
            known = Some(Arc::new(codes));
        }
    }
    Ok(scanned)
}

fn named(path: &Path, e: &io::Error) -> io::Error {
    io::Error::new(e.kind(), format!("{}: {e}", path.display()))
}

fn table(
    file: &TableFile,
    release: &str,
    known: Option<Arc<HashSet<String>>>,
    progress: &Progress,
    problems: &mut Problems,
    sink: &mut Sink<'_>,
) -> io::Result<Option<Scanned>> {
    let name = file.path.display().to_string();
    let mut metered = Metered::new(File::open(&file.path)?, progress);
    let mut scanned = Scanned {
        part: file.part,
        path: file.path.clone(),
        release: release.to_owned(),
        columns: Vec::new(),
        rows: 0,
        subjects: 0,
        digest: String::new(),
    };
    let input = BufReader::with_capacity(128 * 1024, &mut metered);
    let Some(reader) = TableReader::open(&name, file.part, input, problems)? else {
        return Ok(None);
    };
    let mut reader = reader.with_known(known);
    scanned.columns = reader.columns().to_vec();
    while let Some(group) = reader.next_group(problems)? {
        scanned.rows += group.rows;
        scanned.subjects += 1;
        if !sink(file.part, group) {
            return Ok(None);
        }
    }
    drop(reader);
    if scanned.rows == 0 && problems.is_empty() {
        problems.add(&name, 0, None, "the file holds no row: fetch it again");
    }
    scanned.digest = metered.digest();
    Ok(Some(scanned))
}

fn crosswalk(
    path: &Path,
    progress: &Progress,
    problems: &mut Problems,
    sink: &mut Sink<'_>,
) -> io::Result<Option<Scanned>> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    let mut metered = Metered::new(File::open(path)?, progress);
    let mut most = (&mut metered).take(MAX_CROSSWALK_BYTES + 1);
    most.read_to_end(&mut bytes).map_err(|e| named(path, &e))?;
    if bytes.len() as u64 > MAX_CROSSWALK_BYTES {
        let message = format!(
            "the file has more than {MAX_CROSSWALK_BYTES} bytes: no published crosswalk is that large, so fetch it again"
        );
        problems.add(&name, 0, None, message);
        return Ok(None);
    }
    let Some(read) = read_crosswalk(&name, &bytes, problems) else {
        return Ok(None);
    };
    let scanned = Scanned {
        part: Part::Programs,
        path: path.to_path_buf(),
        release: read.release,
        columns: read.columns,
        rows: read.groups.iter().map(|group| group.rows).sum(),
        subjects: read.groups.len() as u64,
        digest: metered.digest(),
    };
    for group in read.groups {
        if !sink(Part::Programs, group) {
            return Ok(None);
        }
    }
    Ok(Some(scanned))
}

/// A reader that digests what passes, and tells how much that was.
struct Metered<'p> {
    file: File,
    digest: Sha256,
    progress: &'p Progress,
}

impl<'p> Metered<'p> {
    fn new(file: File, progress: &'p Progress) -> Self {
        Self {
            file,
            digest: Sha256::new(),
            progress,
        }
    }

    fn digest(self) -> String {
        digest::hex(&self.digest.finalize())
    }
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        if let Some(read) = buffer.get(..count) {
            self.digest.update(read);
        }
        (self.progress)(count as u64);
        Ok(count)
    }
}
