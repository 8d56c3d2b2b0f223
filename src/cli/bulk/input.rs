//! Where a table comes from.

use std::{
    fs::File,
    io::{self, BufReader, IsTerminal, Seek},
    path::Path,
};

use indicatif::{ProgressBar, ProgressStyle};

use crate::{bulk::ops::Source, cli::Stop};

/// Opens a file, or standard input for `-`, with a bar of how much of it was read.
pub(super) fn open(path: &Path, data_dir: &Path) -> Result<(Source, ProgressBar), Stop> {
    let is_stdin = path == Path::new("-");
    let opened = if is_stdin {
        spool(data_dir)
    } else {
        File::open(path)
    };
    let name = if is_stdin {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    };
    let told = |e: io::Error| Stop::usage(format!("{name}: {e}"));
    let file = opened.map_err(told)?;
    let size = file.metadata().map_err(told)?;
    if size.is_dir() {
        return Err(Stop::usage(format!(
            "{name}: this is a folder: name a file"
        )));
    }
    let bar = progress_bar(size.len());
    Ok((Box::new(BufReader::new(bar.wrap_read(file))), bar))
}

/// Everything that standard input gives, in a file without a name: however slowly it comes, the
/// database waits for none of it, and nothing of it is left.
fn spool(data_dir: &Path) -> io::Result<File> {
    let mut file = tempfile::tempfile_in(data_dir)?;
    io::copy(&mut io::stdin().lock(), &mut file)?;
    file.rewind()?;
    Ok(file)
}

fn progress_bar(bytes: u64) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes}, {eta} left")
        .expect("the template is well-formed: it is written here");
    ProgressBar::new(bytes).with_style(style)
}
