//! Real exports, where they are at hand: the folder named by `ATTESTRY_SHARED_DIR`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::catalog::export::v1_0::write;
use crate::catalog::import::{Limits, read};
use crate::catalog::rules::{content_digest, differences};
use crate::kernel::json::{ParseOptions, parse};
use crate::kernel::shared_data::shared_dir;

fn goes_round(path: &Path) {
    let bytes = fs::read(path).unwrap();
    let import = read(&bytes, &Limits::default())
        .unwrap_or_else(|problems| panic!("{path:?}: {problems:?}"));
    let written = write(&import.version);
    let original = parse(&bytes, &ParseOptions::default()).unwrap();
    let original = original.as_object().unwrap();
    assert_eq!(&written, original, "{path:?}");
    assert_eq!(content_digest(&written), import.content_digest);
    assert!(differences(&written, original, 1).shown.is_empty());
    assert_eq!(
        serde_json::to_vec(&written).unwrap(),
        bytes.trim_ascii(),
        "{path:?}"
    );
}

#[test]
fn the_seed_export_goes_round() {
    let Some(dir) = shared_dir("no real export was read") else {
        return;
    };
    goes_round(&dir.join("seeds/003_6e28fa463755f6b8.txt"));
}

#[test]
fn a_catalog_of_exports_goes_round() {
    let Some(dir) = shared_dir("no real export was read") else {
        return;
    };
    let out = std::env::temp_dir().join(format!("attestry-exports-{}", std::process::id()));
    let status = Command::new("python3")
        .arg(dir.join("tools/make-exports.py"))
        .arg(&out)
        .status()
        .unwrap();
    assert!(
        status.success(),
        "make-exports.py failed; it needs python3 and the shared data"
    );
    let mut count = 0;
    for entry in fs::read_dir(&out).unwrap() {
        goes_round(&entry.unwrap().path());
        count += 1;
    }
    fs::remove_dir_all(&out).unwrap();
    assert_eq!(count, 1016);
}
