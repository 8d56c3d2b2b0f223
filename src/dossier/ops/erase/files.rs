//! Removing the files that a learner's evidence rests on.

use entity::evidence_file;

use crate::{
    app::Op,
    dossier::store::{Of, erase as store},
    kernel::{db::WriteTx, errors::Result},
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
