//! Changing the master key.

use std::path::Path;

use super::stop;
use crate::{
    cli::{
        Stop,
        open::{KEY_FILE, close, key_file, open_with_key},
    },
    config::{Config, MASTER_KEY_VARIABLE},
    credential::ops::keys::rewrap::rewrap,
};

/// Rewraps everything under the key in `file`, and tells what to do with it.
pub(super) async fn run(config: Config, file: &Path) -> Result<String, Stop> {
    let from_variable = config.master_key.is_some();
    let in_use = config.data_dir.join(KEY_FILE);
    let (app, old) = open_with_key(config).await?;
    let new = key_file(file, None)?;
    let count = rewrap(&app.operator(), &old, &new).await.map_err(stop)?;
    close(app).await?;
    let next = if from_variable {
        format!(
            "give the key in {} as {MASTER_KEY_VARIABLE}",
            file.display()
        )
    } else {
        format!("mv {} {}", file.display(), in_use.display())
    };
    Ok(format!(
        "{count} data keys are wrapped under master key {} now; the one before, {}, opens backups from before only.\nPut the new one in place, then start every service anew:\n  {next}\n",
        new.id(),
        old.id()
    ))
}
