//! The commands, run as anyone runs them.

mod canonize;
mod demo;
mod import;
mod settled;
mod vectors;
mod verify;

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

use attestry::credential::custody::MasterKey;
use tempfile::TempDir;

use crate::support::{House, house::MASTER_KEY};

/// A folder with an installation in `data`, and a house over the same database.
pub(crate) async fn installation() -> (TempDir, House) {
    let folder = tempfile::tempdir().expect("there is room");
    let data = folder.path().join("data");
    fs::create_dir(&data).expect("there is room");
    let master = MasterKey::from_bytes(MASTER_KEY);
    fs::write(data.join("master.key"), master.to_text().as_bytes()).expect("there is room");
    let url = format!("sqlite:{}", data.join("attestry.db").display());
    let house = House::open(&url).await;
    (folder, house)
}

/// How a command ended, and what it printed.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
        Self {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// The command in `folder`, with nothing of this process's environment that it would read.
pub(crate) fn attestry(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attestry"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("ATTESTRY_") {
            command.env_remove(name);
        }
    }
    command
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null());
    command
}

/// Runs the command to its end.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Ended {
    let ended = attestry(folder, arguments).output();
    ended.expect("the program was built for this test").into()
}
