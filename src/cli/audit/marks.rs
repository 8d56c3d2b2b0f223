//! Checkpoints in files: those that were given, and those that the service notes itself.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::{
    cli::Stop,
    identity::chain::{Checkpoint, Marks},
};

/// Where the service notes checkpoints, a line each, within its data directory.
fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("audit-checkpoints.jsonl")
}

/// Adds what the checkpoints in a file tell: one, or one a line.
pub(super) fn read(path: &Path, marks: &mut Marks) -> Result<(), Stop> {
    let named = |e: &dyn std::fmt::Display| Stop::usage(format!("{}: {e}", path.display()));
    let text = fs::read_to_string(path).map_err(|e| named(&e))?;
    let mut found = false;
    for checkpoint in serde_json::Deserializer::from_str(&text).into_iter::<Checkpoint>() {
        marks.add(checkpoint.map_err(|e| named(&e))?);
        found = true;
    }
    if !found {
        return Err(named(
            &"it holds no checkpoint: give what attestry audit checkpoint printed",
        ));
    }
    Ok(())
}

/// What the service noted; a line that a crash cut short is told and passed over.
pub(super) fn noted(data_dir: &Path) -> Result<Marks, Stop> {
    let path = file(data_dir);
    let mut marks = Marks::default();
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(marks),
        Err(e) => return Err(Stop::usage(format!("{}: {e}", path.display()))),
    };
    for (number, line) in (1..).zip(text.lines()) {
        match serde_json::from_str(line) {
            Ok(checkpoint) => marks.add(checkpoint),
            Err(e) => eprintln!("{}: line {number} is passed over: {e}", path.display()),
        }
    }
    Ok(marks)
}

/// Notes a checkpoint, durably, in a file for its owner only.
pub(crate) fn note(data_dir: &Path, checkpoint: &Checkpoint) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut line = serde_json::to_string(checkpoint)?;
    line.push('\n');
    let mut file = options.open(file(data_dir))?;
    file.write_all(line.as_bytes())?;
    file.sync_all()
}
