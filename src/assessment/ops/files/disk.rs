//! The folder of evidence: whole files under their digests, and unfinished ones beside.

use std::{
    fs::{self, File},
    io::{self, Read, Seek},
    path::{Path, PathBuf},
    time::SystemTime,
};

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tempfile::TempPath;
use uuid::Uuid;

use crate::kernel::{
    digest,
    errors::{Error, Result},
};

/// What the names of unfinished files begin with.
const UNFINISHED: &str = ".upload-";

/// An error of the machine's, with what it is about.
pub(super) fn failed(what: impl std::fmt::Display) -> impl FnOnce(io::Error) -> Error {
    move |e| Error::internal(format!("{what}: {e}"))
}

/// Runs what waits for the disk where it holds up nobody else.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(Error::internal)?
}

fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes the entries of a folder durable.
fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(path)?.sync_all()?;
    Ok(())
}

/// A new unfinished file in `folder`, to be read by its owner only.
pub(super) async fn temporary(folder: PathBuf) -> Result<(tokio::fs::File, TempPath)> {
    beside(move || {
        let make = || {
            make_folder(&folder)?;
            tempfile::Builder::new()
                .prefix(UNFINISHED)
                .tempfile_in(&folder)
        };
        let (file, path) = make().map_err(failed(folder.display()))?.into_parts();
        Ok((tokio::fs::File::from_std(file), path))
    })
    .await
}

/// Puts a finished file to its place, durably. One that is there already has the same contents.
pub(super) async fn put(temporary: TempPath, place: PathBuf) -> Result<()> {
    beside(move || {
        let name = place.display().to_string();
        let shelf = place.parent().unwrap_or(Path::new("."));
        let put = || {
            make_folder(shelf)?;
            temporary.persist(&place).map_err(|e| e.error)?;
            sync_folder(shelf)?;
            // The shelf's own entry, and its provider's: they may be new.
            shelf.ancestors().skip(1).take(2).try_for_each(sync_folder)
        };
        put().map_err(failed(name))
    })
    .await
}

/// Opens a file whose contents are still those of `sha256` and `size`; anything else is a fault.
pub(super) async fn open_checked(
    place: PathBuf,
    sha256: Vec<u8>,
    size: i64,
) -> Result<tokio::fs::File> {
    beside(move || {
        let name = place.display();
        let mut file = File::open(&place).map_err(failed(name))?;
        let name = place.display();
        let (found, length) = hash(&mut file).map_err(failed(name))?;
        if found[..] != sha256[..] || i64::try_from(length) != Ok(size) {
            return Err(Error::internal(format!(
                "{}: its contents are not those that were uploaded: restore it from a backup",
                place.display()
            )));
        }
        file.rewind().map_err(failed(place.display()))?;
        Ok(tokio::fs::File::from_std(file))
    })
    .await
}

fn hash(file: &mut File) -> io::Result<([u8; 32], u64)> {
    let (mut hash, mut length) = (Sha256::new(), 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut buffer)?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else {
            return Ok((hash.finalize().into(), length));
        };
        hash.update(part);
        length += part.len() as u64;
    }
}

/// Removes a file; one that is gone already is no fault.
pub(super) async fn remove(place: PathBuf) -> Result<()> {
    beside(move || gone(&place)).await
}

fn gone(place: &Path) -> Result<()> {
    match fs::remove_file(place) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(failed(place.display())(e)),
        _ => Ok(()),
    }
}

/// Removes unfinished files that nobody has written to since `before`; how many.
pub(super) async fn remove_unfinished(folder: PathBuf, before: Timestamp) -> Result<usize> {
    beside(move || {
        let mut removed = 0;
        for path in entries(&folder)? {
            if name(&path).starts_with(UNFINISHED) && is_older(&path, before)? {
                gone(&path)?;
                removed += 1;
            }
        }
        Ok(removed)
    })
    .await
}

/// The shelves: folders of a provider's whole files.
pub(super) async fn shelves(folder: PathBuf) -> Result<Vec<(Uuid, PathBuf)>> {
    beside(move || {
        let mut shelves = Vec::new();
        for path in entries(&folder)? {
            let Ok(provider) = Uuid::try_parse(name(&path)) else {
                continue;
            };
            shelves.extend(entries(&path)?.into_iter().map(|shelf| (provider, shelf)));
        }
        Ok(shelves)
    })
    .await
}

/// The contents on a shelf that were put there before `before`.
pub(super) async fn contents(shelf: PathBuf, before: Timestamp) -> Result<Vec<Vec<u8>>> {
    beside(move || {
        let mut found = Vec::new();
        for path in entries(&shelf)? {
            if let Some(sha256) = digest::from_hex(name(&path))
                && is_older(&path, before)?
            {
                found.push(sha256.to_vec());
            }
        }
        Ok(found)
    })
    .await
}

/// Removes a file unless it was put there since `before`; whether it did.
pub(super) async fn remove_older(place: PathBuf, before: Timestamp) -> Result<bool> {
    beside(move || {
        let is_older = is_older(&place, before)?;
        if is_older {
            gone(&place)?;
        }
        Ok(is_older)
    })
    .await
}

/// What a folder holds; one that is not there holds nothing.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let list =
        || -> io::Result<Vec<PathBuf>> { fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect() };
    match list() {
        Err(e)
            if matches!(
                e.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(Vec::new())
        }
        listed => listed.map_err(failed(folder.display())),
    }
}

fn name(path: &Path) -> &str {
    path.file_name()
        .and_then(|n| n.to_str())
        .unwrap_or_default()
}

/// Whether a file was last written before `before`; one that is gone was not.
fn is_older(path: &Path, before: Timestamp) -> Result<bool> {
    match fs::metadata(path).and_then(|m| m.modified()) {
        Ok(at) => Ok(at < SystemTime::from(before)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(failed(path.display())(e)),
    }
}
