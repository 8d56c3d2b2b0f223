//! Removing the files that a learner's evidence rests on.

use std::{fs, io};

use entity::evidence_file;

use crate::{
    app::Op,
    dossier::store::{Of, erase as store},
    kernel::{
        db::WriteTx,
        digest,
        errors::{Error, Result},
    },
};

/// Removes the rows of these files, and from the disk those whose contents nobody else's evidence
/// has.
pub(super) async fn remove(
    op: &Op,
    tx: &WriteTx,
    of: Of,
    files: Vec<evidence_file::Model>,
) -> Result<()> {
    for file in store::delete_unused_files(&**tx, files).await? {
        if !store::is_content_used(&**tx, of.provider, &file.digest).await? {
            remove_contents(op, &file)?;
        }
    }
    Ok(())
}

/// Removes a file's contents; a call before may have done so.
fn remove_contents(op: &Op, file: &evidence_file::Model) -> Result<()> {
    let folder = op.app.config.evidence_dir();
    let path = folder
        .join(file.provider_id.to_string())
        .join(digest::hex(&file.digest));
    match fs::remove_file(&path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => {
            Err(Error::internal(format!("{}: {e}", path.display())))
        }
        _ => Ok(()),
    }
}
