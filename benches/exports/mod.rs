//! The exports that a catalog is filled with.

use std::{path::PathBuf, process::Command};

use attestry::catalog::samples::SAMPLES;

/// Exports of the whole O*NET where the shared data are at hand, otherwise the project's samples
/// under a thousand codes.
pub(crate) fn exports() -> Vec<Vec<u8>> {
    let Some(shared) = std::env::var_os("ATTESTRY_SHARED_DIR").map(PathBuf::from) else {
        let samples = SAMPLES.iter().cycle().zip(0..1_016);
        let numbered = samples.map(|(sample, n)| {
            let soc = format!("{:02}-{n:04}.00", 10 + n / 100);
            let text = String::from_utf8_lossy(sample.bytes).replacen(sample.soc, &soc, 1);
            text.into_bytes()
        });
        return numbered.collect();
    };
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let made = Command::new("python3")
        .arg(shared.join("tools/make-exports.py"))
        .arg(folder.path())
        .output()
        .expect("Python is installed");
    assert!(made.status.success());
    let entries = std::fs::read_dir(folder.path()).expect("it is there");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("it is there").path())
        .collect();
    paths.sort();
    let read = |path: PathBuf| std::fs::read(path).expect("it was just written");
    paths.into_iter().map(read).collect()
}
