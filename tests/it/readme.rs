//! The README's tour, followed to the letter: its blocks in their order, in one shell.

use std::{fs, net::TcpListener, process::Command};

use crate::files::root;

/// The tour's blocks, as they would be pasted.
fn tour(readme: &str) -> String {
    let blocks = readme.split("```sh tour\n").skip(1);
    blocks
        .filter_map(|rest| rest.split_once("```"))
        .map(|(block, _)| block)
        .collect()
}

/// Takes the address of a free port, and the built binary instead of building it again.
fn adapted(tour: &str) -> String {
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|l| l.local_addr())
        .expect("a free port")
        .port();
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_attestry"));
    let folder = binary.parent().expect("it is in a folder").display();
    let build = "cargo build --release && export PATH=\"$PWD/target/release:$PATH\"";
    assert!(tour.contains(build) && tour.contains("attestry serve > "));
    tour.replace(build, &format!("export PATH=\"{folder}:$PATH\""))
        .replace(
            "attestry serve >",
            &format!("attestry serve --listen 127.0.0.1:{port} >"),
        )
        .replace("127.0.0.1:8080", &format!("127.0.0.1:{port}"))
        .replace(
            "src/catalog/samples",
            &root().join("src/catalog/samples").display().to_string(),
        )
}

#[test]
fn the_tour_can_be_pasted() {
    for tool in ["bash", "curl"] {
        if Command::new(tool).arg("--version").output().is_err() {
            assert!(std::env::var("CI").is_err(), "{tool} is missing in CI");
            eprintln!("the_tour_can_be_pasted: SKIPPED. {tool} is not installed.");
            return;
        }
    }
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md is readable");
    let folder = tempfile::tempdir().expect("a folder");
    let script = format!(
        "trap 'kill %1' EXIT\n{}trap - EXIT\n",
        adapted(&tour(&readme))
    );
    let output = Command::new("bash")
        .args(["-c", &script])
        .current_dir(folder.path())
        .output()
        .expect("bash runs");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let told = format!("{printed}\n--\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{told}");
    let expected = [
        "3 imported",
        "Bicycle Repairers",
        "more needed",
        "\"outcome\":\"VALID\"",
        "\"state\":\"REVOKED\"",
        "exit code 1",
        "\"Competency\" .",
        "the term \"achievmentType\" would be dropped",
        "\"cryptosuite\":\"eddsa-jcs-2022\"",
        "ACTIVE",
    ];
    for words in expected {
        assert!(
            told.contains(words),
            "the tour does not show {words:?}:\n{told}"
        );
    }
    let valid = told.lines().filter(|line| *line == "VALID").count();
    assert_eq!(valid, 2, "the record and the badge hold:\n{told}");
    let record = fs::read_to_string(folder.path().join("record.json")).expect("a record");
    let record: serde_json::Value = serde_json::from_str(&record).expect("the record is JSON");
    assert_eq!(record["proof"]["cryptosuite"], "eddsa-rdfc-2022");
}
