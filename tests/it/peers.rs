//! Other implementations, run as the house's examiners.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the peers' packages are installed, by `npm ci` in a copy of `tests/it/peers`.
const FOLDER: &str = "ATTESTRY_PEERS_DIR";

/// The folder of the installed peers. Without one the caller's test is skipped, aloud;
/// where `CI=true`, that fails.
pub(crate) fn folder(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(FOLDER).map(PathBuf::from);
    if folder.is_none() {
        let is_ci = std::env::var("CI").is_ok_and(|value| value == "true");
        assert!(
            !is_ci,
            "{test}: {FOLDER} must name the installed peers in CI"
        );
        eprintln!("{test}: SKIPPED. Set {FOLDER} to a folder with tests/it/peers installed.");
    }
    folder
}

/// Runs a script of the peers with Node. What it printed, and whether it ended well.
pub(crate) fn node(folder: &Path, script: &str, arguments: &[&str]) -> (bool, String) {
    let output = Command::new("node")
        .arg(folder.join(script))
        .args(arguments)
        .output()
        .expect("Node is installed where the peers are");
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    (output.status.success(), printed)
}
