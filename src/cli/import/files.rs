//! Which files an import is to read, and what is in them.

use std::{
    collections::HashSet,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::{
    catalog::{
        import::Limits,
        ops::import::{Document, read_document},
    },
    cli::Stop,
    kernel::errors::{Error, Result},
};

/// The files that `paths` name: files as they are given, and of folders every
/// file in them at any depth, in order of name. What begins with a dot is left
/// out, what is named twice is read once, and so is a folder that links lead
/// back to.
pub(super) fn named_by(paths: &[PathBuf]) -> std::result::Result<Vec<PathBuf>, Stop> {
    let mut files = Vec::new();
    for path in paths {
        let named = |e: io::Error| Stop::usage(format!("{}: {e}", path.display()));
        if fs::metadata(path).map_err(named)?.is_dir() {
            let before = files.len();
            walk(path, &mut HashSet::new(), &mut files)?;
            if files.len() == before {
                return Err(Stop::usage(format!(
                    "{}: there is no file in this folder: name one that holds framework documents",
                    path.display()
                )));
            }
        } else {
            files.push(path.clone());
        }
    }
    let mut seen = HashSet::new();
    files.retain(|path| seen.insert(place(path)));
    Ok(files)
}

/// Where a file stands, however its folder is named. A link to it from another folder is another:
/// it belongs to what stands there.
fn place(path: &Path) -> PathBuf {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    folder.join(path.file_name().unwrap_or_default())
}

fn walk(
    folder: &Path,
    seen: &mut HashSet<PathBuf>,
    files: &mut Vec<PathBuf>,
) -> std::result::Result<(), Stop> {
    let named = |e: io::Error| Stop::usage(format!("{}: {e}", folder.display()));
    if !seen.insert(fs::canonicalize(folder).map_err(named)?) {
        return Ok(());
    }
    let entries = fs::read_dir(folder).map_err(named)?;
    let mut inside = entries
        .map(|entry| entry.map(|e| (e.file_name(), e.path())))
        .collect::<io::Result<Vec<_>>>()
        .map_err(named)?;
    inside.sort();
    for (name, path) in inside {
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        match fs::metadata(&path) {
            Ok(kind) if kind.is_dir() => walk(&path, seen, files)?,
            // A pipe or a device would wait for ever: nobody named it.
            Ok(kind) if !kind.is_file() => {}
            // One that cannot be looked at is kept, to be told of when it is read.
            _ => files.push(path),
        }
    }
    Ok(())
}

/// Reads a document, unless the file is larger than any document may be.
pub(super) fn read(path: &Path) -> Result<Document> {
    let unreadable = |e: io::Error| {
        let message = format!("{e}: make the file readable, or leave it out");
        Error::invalid("", "UNREADABLE", message)
    };
    let most = Limits::default().max_bytes as u64;
    let file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    if size > most {
        let message = format!(
            "the file has {size} bytes, more than the {most} that are accepted: import a smaller document"
        );
        return Err(Error::invalid("", "TOO_LARGE", message));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    // One byte more than is accepted, so that what grew meanwhile is seen to be too large.
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    read_document(&bytes)
}
