//! Other implementations, run as the house's examiners.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{files::root, support::skipped};

/// Where the peers' packages are installed: `node` holds a copy of `tests/it/peers` after
/// `npm ci`, and `python` a virtual environment with its `requirements.txt`.
const FOLDER: &str = "ATTESTRY_PEERS_DIR";

/// The folder of the installed peers. Without one the caller's test is skipped, aloud;
/// where `CI=true`, that fails.
pub(crate) fn folder(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(FOLDER).map(PathBuf::from);
    if folder.is_none() {
        let remedy = format!("Set {FOLDER} to a folder with the packages of tests/it/peers.");
        skipped(test, &remedy);
    }
    folder
}

/// Runs a script of the peers with Node. Whether it ended well, and what it printed.
pub(crate) fn node(folder: &Path, script: &str, arguments: &[&str]) -> (bool, String) {
    // Node looks for packages beside the script, so the script goes beside the packages.
    let place = tempfile::tempdir().expect("there is room");
    let packages = folder.join("node").join("node_modules");
    let beside = place.path().join("node_modules");
    std::os::unix::fs::symlink(packages, beside).expect("there is room");
    let copy = place.path().join(script);
    std::fs::copy(scripts().join(script), &copy).expect("the script is there");
    run(Command::new("node").arg(copy).args(arguments))
}

/// Runs a script of the peers with Python. Whether it ended well, and what it printed.
pub(crate) fn python(folder: &Path, script: &str, arguments: &[&str]) -> (bool, String) {
    let python = folder.join("python").join("bin").join("python");
    run(Command::new(python)
        .arg(scripts().join(script))
        .args(arguments))
}

fn scripts() -> PathBuf {
    root().join("tests/it/peers")
}

fn run(command: &mut Command) -> (bool, String) {
    let output = command
        .output()
        .unwrap_or_else(|e| panic!("{command:?} cannot be run: {e}"));
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    (output.status.success(), printed)
}
