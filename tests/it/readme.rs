//! The README's tour, followed to the letter: its blocks in their order, in one shell.

use std::{fs, net::TcpListener, process::Command};

use crate::files::root;

/// A tour's blocks, as they would be pasted.
fn tour(readme: &str, name: &str) -> String {
    let fence = format!("```sh {name}\n");
    let blocks = readme.split(&fence).skip(1);
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
    let path = "export PATH=\"$PWD/target/release:$PATH\"";
    assert!(tour.contains(path) && tour.contains("attestry serve "));
    tour.replace("cargo build --release && ", "")
        .replace(path, &format!("export PATH=\"{folder}:$PATH\""))
        .replace(
            "attestry serve ",
            &format!("attestry serve --listen 127.0.0.1:{port} "),
        )
        .replace("127.0.0.1:8080", &format!("127.0.0.1:{port}"))
        .replace(
            "src/catalog/samples",
            &root().join("src/catalog/samples").display().to_string(),
        )
}

/// Runs a tour in an empty folder: what it told, and the folder. `None` where a tool is missing.
fn followed(test: &str, script: &str) -> Option<(String, tempfile::TempDir)> {
    for tool in ["bash", "curl"] {
        if Command::new(tool).arg("--version").output().is_err() {
            crate::support::skipped(test, &format!("Install {tool}."));
            return None;
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let script = format!("trap 'kill %1' EXIT\n{script}trap - EXIT\n");
    let output = Command::new("bash")
        .args(["-c", &script])
        .current_dir(folder.path())
        .output()
        .expect("bash runs");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let told = format!("{printed}\n--\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{told}");
    Some((told, folder))
}

fn shows(told: &str, expected: &[&str]) {
    for words in expected {
        assert!(
            told.contains(words),
            "the tour does not show {words:?}:\n{told}"
        );
    }
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).expect("README.md is readable")
}

#[test]
fn the_tour_can_be_pasted() {
    let script = adapted(&tour(&readme(), "tour"));
    let Some((told, folder)) = followed("the_tour_can_be_pasted", &script) else {
        return;
    };
    let expected = [
        "4 imported",
        "Bicycle Repairers",
        "\"corrected\":\"bicycle\"",
        "{\"text\":\"bicycle\",\"highlighted\":true}",
        "more needed",
        "\"outcome\":\"VALID\"",
        "\"state\":\"REVOKED\"",
        "exit code 1",
        "\"Competency\" .",
        "the term \"achievmentType\" would be dropped",
        "\"cryptosuite\":\"eddsa-jcs-2022\"",
        "ACTIVE",
    ];
    shows(&told, &expected);
    let valid = told.lines().filter(|line| *line == "VALID").count();
    assert_eq!(valid, 2, "the record and the badge hold:\n{told}");
    let record = fs::read_to_string(folder.path().join("record.json")).expect("a record");
    let record: serde_json::Value = serde_json::from_str(&record).expect("the record is JSON");
    assert_eq!(record["proof"]["cryptosuite"], "eddsa-rdfc-2022");
}

#[test]
fn the_second_tour_can_be_pasted() {
    let script = adapted(&tour(&readme(), "second tour"));
    let Some((told, _folder)) = followed("the_second_tour_can_be_pasted", &script) else {
        return;
    };
    let expected = [
        "\"state\":\"APPEALED\"",
        "\"state\":\"RE_DECIDED\"",
        "NOT_FOUND",
        "\"verified\":true",
        "withdrawn",
        "Intact",
    ];
    shows(&told, &expected);
    // Every assessment of either class was decided.
    let counts = told
        .lines()
        .filter_map(|line| line.trim().parse::<u32>().ok());
    let counts: Vec<_> = counts.collect();
    assert!(counts.starts_with(&[25, 15]), "{counts:?}:\n{told}");
}
