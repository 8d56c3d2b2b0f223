//! `attestry import` and `attestry export`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use attestry::catalog::samples::SAMPLES;
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use super::run;
use crate::support::shared_dir;

pub(super) fn folder() -> TempDir {
    tempdir().expect("there is room for a folder")
}

pub(super) fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("it is in the folder")).expect("it can be made");
    fs::write(path, bytes).expect("it can be written");
}

fn sample() -> Value {
    serde_json::from_slice(SAMPLES[0].bytes).expect("the sample is JSON")
}

/// The sample with one member made into something else.
pub(super) fn with(pointer: &str, value: Value) -> Vec<u8> {
    let mut sample = sample();
    *sample.pointer_mut(pointer).expect("the sample has it") = value;
    sample.to_string().into_bytes()
}

#[test]
fn a_folder_is_imported_once_and_given_back() {
    let folder = folder();
    for (n, sample) in SAMPLES.iter().enumerate() {
        write(folder.path(), &format!("in/{n}/any name"), sample.bytes);
    }
    write(folder.path(), "in/.hidden", "no document");
    let first = run(folder.path(), &["import", "in"]);
    assert_eq!(first.code, Some(0), "{}", first.err);
    assert!(first.out.starts_with("3 imported, 0 unchanged, 0 refused."));
    assert!(
        first
            .out
            .contains("3 occupations, 12 levels, 72 statements")
    );
    assert!(first.err.is_empty(), "{}", first.err);
    let again = run(folder.path(), &["import", "in"]);
    assert!(again.out.starts_with("0 imported, 3 unchanged, 0 refused."));
    assert_eq!(again.code, Some(0));

    for sample in SAMPLES {
        let exported = run(folder.path(), &["export", sample.soc]);
        assert_eq!(exported.code, Some(0), "{}", exported.err);
        let written: Value = serde_json::from_str(&exported.out).expect("it is JSON");
        let read: Value = serde_json::from_slice(sample.bytes).expect("it is JSON");
        assert_eq!(written, read);
    }
    let to_file = run(
        folder.path(),
        &[
            "export",
            SAMPLES[0].soc,
            "--output",
            "out.json",
            "--format",
            "1.0",
        ],
    );
    assert_eq!((to_file.code, to_file.out.as_str()), (Some(0), ""));
    let written = fs::read(folder.path().join("out.json")).expect("it was written");
    assert_eq!(
        serde_json::from_slice::<Value>(&written).ok(),
        Some(sample())
    );
}

#[test]
fn one_file_is_told_of_with_its_address() {
    let folder = folder();
    let mut document = sample();
    document["note"] = json!("kept");
    document["occupation"]["more"] = json!([1]);
    write(folder.path(), "one", document.to_string());
    let url = "https://skills.example";
    let ended = run(folder.path(), &["import", "one", "--public-url", url]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let about =
        "Imported: 43-4121.00 Library Assistants, Clerical, v.26.11: 4 levels, 24 statements.";
    assert!(ended.out.starts_with(about), "{}", ended.out);
    assert!(ended.out.contains("\nhttps://skills.example/frameworks/"));
    assert!(ended.out.contains("/note") && ended.out.contains("/occupation/more"));
    let exported = run(folder.path(), &["export", "43-4121.00"]);
    assert_eq!(
        serde_json::from_str::<Value>(&exported.out).ok(),
        Some(document)
    );
}

#[test]
fn bad_files_are_refused_each_with_place_and_remedy_and_the_rest_goes_in() {
    let folder = folder();
    let doubled = String::from_utf8_lossy(SAMPLES[0].bytes).replacen(
        "\"soc\"",
        "\"soc\": \"11-1011.00\", \"soc\"",
        1,
    );
    let bad: Vec<(&str, Vec<u8>, &str)> = vec![
        ("not-json", b"hello".to_vec(), "not strict JSON"),
        ("cut", SAMPLES[0].bytes[..900].to_vec(), "not strict JSON"),
        ("empty", Vec::new(), "not strict JSON"),
        (
            "utf8",
            b"{\"schemaVersion\":\"\xff\"}".to_vec(),
            "not strict JSON",
        ),
        ("doubled", doubled.into_bytes(), "soc"),
        (
            "no-export",
            b"{\"a\":1}".to_vec(),
            "the format is not known",
        ),
        ("list", b"[]".to_vec(), "not an object"),
        (
            "version",
            with("/schemaVersion", json!("9.9")),
            "/schemaVersion: ",
        ),
        (
            "missing",
            b"{\"schemaVersion\":\"1.0\"}".to_vec(),
            "/framework: the member is missing: add it",
        ),
        (
            "type",
            with("/occupation/title", json!(7)),
            "/occupation/title: ",
        ),
        (
            "zone",
            with("/occupation/jobZone", json!(9)),
            "/occupation/jobZone: ",
        ),
        (
            "soc",
            with("/occupation/soc", json!("43")),
            "/occupation/soc: ",
        ),
        (
            "no-level",
            with("/framework/levels", json!({})),
            "/framework/levels: there is no level",
        ),
        (
            "blank",
            with("/framework/levels/emerging/statements/0", json!(" ")),
            "/framework/levels/emerging/statements/0: ",
        ),
        (
            "none",
            with("/framework/levels/emerging/statements", json!([])),
            "/framework/levels/emerging/statements: ",
        ),
    ];
    for (name, bytes, _) in &bad {
        write(folder.path(), &format!("in/{name}"), bytes);
    }
    // 100 MB that take no room on the disk, and must not be read.
    let huge = File::create(folder.path().join("in/huge")).and_then(|f| f.set_len(100_000_000));
    huge.expect("a sparse file");
    write(folder.path(), "in/sound", SAMPLES[1].bytes);

    let ended = run(folder.path(), &["import", "in"]);
    assert_eq!(ended.code, Some(1));
    let refused = bad.len() + 1;
    let summary = format!("1 imported, 0 unchanged, {refused} refused.");
    assert!(ended.out.starts_with(&summary), "{}", ended.out);
    for (name, _, why) in &bad {
        let start = format!("{}: ", PathBuf::from("in").join(name).display());
        let told = ended
            .err
            .lines()
            .any(|l| l.starts_with(&start) && l.contains(why));
        assert!(told, "{name} lacks {why:?} in:\n{}", ended.err);
    }
    assert!(
        ended
            .err
            .contains("100000000 bytes, more than the 16777216")
    );
    let there = run(folder.path(), &["export", SAMPLES[1].soc]);
    assert_eq!(there.code, Some(0));
    let absent = run(folder.path(), &["export", SAMPLES[0].soc]);
    assert_eq!(absent.code, Some(1), "a refused file left something behind");
}

#[test]
fn a_published_version_is_not_changed() {
    let folder = folder();
    write(folder.path(), "a", SAMPLES[0].bytes);
    let text = "/framework/levels/emerging/statements/0";
    write(
        folder.path(),
        "b",
        with(text, json!("Does something else.")),
    );
    let ended = run(folder.path(), &["import", "a", "b"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.out.starts_with("1 imported, 0 unchanged, 1 refused."));
    assert!(
        ended.err.contains("b: /framework/version: "),
        "{}",
        ended.err
    );
    assert!(ended.err.contains("Does something else."), "{}", ended.err);
    let exported = run(folder.path(), &["export", SAMPLES[0].soc]);
    assert_eq!(
        serde_json::from_str::<Value>(&exported.out).ok(),
        Some(sample())
    );
}

#[test]
fn marks_and_line_ends_of_other_systems_are_read() {
    let folder = folder();
    write(
        folder.path(),
        "bom",
        [b"\xef\xbb\xbf", SAMPLES[0].bytes].concat(),
    );
    let crlf = String::from_utf8_lossy(SAMPLES[1].bytes).replace('\n', "\r\n");
    write(folder.path(), "crlf", crlf);
    let ended = run(folder.path(), &["import", "bom", "crlf"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
}

#[test]
fn what_is_not_there_is_a_mistake_of_usage() {
    let folder = folder();
    fs::create_dir(folder.path().join("empty")).expect("it can be made");
    for arguments in [
        &["import", "nowhere"][..],
        &["import", "empty"],
        &["import"],
        &["export", "43"],
        &["export", "43-4121.00", "--family", "OTHER"],
        &["export", "43-4121.00", "--format", "7"],
    ] {
        let ended = run(folder.path(), arguments);
        assert_eq!(ended.code, Some(2), "{arguments:?}: {}", ended.err);
        assert!(!ended.err.is_empty());
    }
    let unknown = run(folder.path(), &["export", "43-4121.00"]);
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.err.contains("attestry import"), "{}", unknown.err);
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_are_harmless() {
    let folder = folder();
    write(folder.path(), "in/deep/a", SAMPLES[0].bytes);
    let link = std::os::unix::fs::symlink("..", folder.path().join("in/deep/up"));
    link.expect("a link");
    let ended = run(folder.path(), &["import", "in"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(ended.out.starts_with("Imported: "), "{}", ended.out);
}

#[test]
fn a_whole_catalog_goes_in_at_once_and_only_once() {
    let Some(shared) = shared_dir("a_whole_catalog_goes_in_at_once_and_only_once") else {
        return;
    };
    let folder = folder();
    let made = Command::new("python3")
        .arg(shared.join("tools/make-exports.py"))
        .arg(folder.path().join("in"))
        .output()
        .expect("Python is installed");
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let seed = shared.join("seeds/003_6e28fa463755f6b8.txt");
    let seed = seed.to_str().expect("a plain path");

    let first = run(folder.path(), &["import", "in"]);
    assert_eq!(first.code, Some(0), "{}", first.err);
    assert!(
        first
            .out
            .starts_with("1016 imported, 0 unchanged, 0 refused.")
    );
    assert!(
        first
            .out
            .contains("1016 occupations, 4064 levels, 40640 statements")
    );
    let again = run(folder.path(), &["import", "in"]);
    assert!(
        again
            .out
            .starts_with("0 imported, 1016 unchanged, 0 refused.")
    );

    let document: Value = serde_json::from_slice(&fs::read(seed).expect("the seed")).expect("JSON");
    let soc = document["occupation"]["soc"].as_str().expect("a code");
    let alone = tempdir().expect("there is room for a folder");
    let ended = run(alone.path(), &["import", seed]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let exported = run(alone.path(), &["export", soc]);
    assert_eq!(
        serde_json::from_str::<Value>(&exported.out).ok(),
        Some(document)
    );
}

#[test]
fn a_case_package_is_mended_told_and_given_back() {
    let folder = folder();
    let document = "6f1d2c4e-0b1a-4c5d-8e9f-1a2b3c4d5e6f";
    let package = json!({
        "CFDocument": {
            "identifier": document, "uri": "https://x.example/d", "creator": "Harbour School",
            "title": "Small boats", "version": "1", "lastChangeDateTime": "2026-02-03T04:05:06",
            "notes": null
        },
        "CFItems": [{
            "identifier": "00000001-0b1a-4c5d-8e9f-1a2b3c4d5e6f", "uri": "https://x.example/1",
            "fullStatement": "Rows.", "lastChangeDateTime": "2026-02-03T04:05:06Z"
        }]
    });
    write(folder.path(), "package", package.to_string());
    let imported = run(folder.path(), &["import", "package"]);
    assert_eq!(imported.code, Some(0), "{}", imported.err);
    let out = &imported.out;
    assert!(
        out.starts_with("Imported: Small boats, 1: 1 level, 1 statement.\n"),
        "{out}"
    );
    assert!(
        out.contains("Not as the format wants it, and read so (3 places):\n"),
        "{out}"
    );
    assert!(
        out.contains("  /CFDocument/notes: null -> left out\n"),
        "{out}"
    );
    let id = out.split("/frameworks/").nth(1).expect("an address");
    let id = id.lines().next().expect("a line");

    let exported = run(folder.path(), &["export", id, "--format", "case"]);
    assert_eq!(exported.code, Some(0), "{}", exported.err);
    let written: Value = serde_json::from_str(&exported.out).expect("it is JSON");
    assert_eq!(written["CFDocument"]["identifier"], document);
    write(folder.path(), "again", exported.out);
    let again = run(folder.path(), &["import", "again"]);
    assert!(again.out.starts_with("Unchanged: "), "{}", again.out);

    let own = run(folder.path(), &["import", "package", "again"]);
    assert!(
        own.out.contains("mended: 3 places of 1 file; "),
        "{}",
        own.out
    );
    let unknown = run(folder.path(), &["export", document, "--format", "case"]);
    assert_eq!(unknown.code, Some(1), "{}", unknown.err);
    let neither = run(folder.path(), &["export", "x"]);
    assert_eq!(neither.code, Some(2), "{}", neither.err);
}
