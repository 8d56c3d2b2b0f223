//! `attestry bulk`, as its users run it.

use std::{fs, io::Write as _, path::Path, process::Stdio};

use super::scene::{RESULTS, Scene};
use crate::cli::{Ended, attestry, installation, run};

/// The arguments of `attestry bulk` for the college of the scene.
pub(super) fn arguments<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let all = ["bulk", "--data-dir", "data", "--provider", "riverside"];
    let (command, options) = more.split_first().expect("a command is named");
    [&all[..3], &[*command], &all[3..], options].concat()
}

fn bulk(folder: &Path, more: &[&str]) -> Ended {
    run(folder, &arguments(more))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tables_go_in_and_come_out() {
    let (folder, house) = installation().await;
    let scene = Scene::set(house).await;
    let path = folder.path();
    let table = format!(
        "{RESULTS}{}{}",
        scene.row(0, "3", "2026-01-02"),
        scene.row(1, "9", "2026-01-02")
    );
    fs::write(path.join("results.csv"), &table).expect("there is room");
    let results = ["results", "results.csv", "--plan", &scene.plan];

    let ended = bulk(path, &[&results[..], &["--dry-run"]].concat());
    assert_eq!(ended.code, Some(1), "{}", ended.err);
    assert!(
        ended.err.starts_with("results.csv:3: rating: "),
        "{}",
        ended.err
    );
    assert!(
        ended.out.starts_with("2 rows: 1 accepted, 1 refused.\n"),
        "{}",
        ended.out
    );
    let before = scene.counts().await;
    let ended = bulk(path, &results);
    assert_eq!(ended.code, Some(1), "{}", ended.err);
    assert!(ended.out.contains("Nothing was written"), "{}", ended.out);
    assert_eq!(scene.counts().await[..4], before[..4]);
    let ended = bulk(path, &[&results[..], &["--skip-bad-lines"]].concat());
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.out.ends_with("1 results were recorded.\n"),
        "{}",
        ended.out
    );

    let people = "external_id,name,did\nL-9,Ada,did:web:people.example:ada\n";
    let mut command = attestry(path, &arguments(&["learners", "-"]));
    let child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = child.spawn().expect("the program was built for this test");
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(people.as_bytes()).expect("it reads");
    drop(input);
    let ended = Ended::from(child.wait_with_output().expect("it is our child"));
    assert_eq!(
        (ended.code, ended.err.as_str()),
        (Some(0), ""),
        "{}",
        ended.out
    );
    assert_eq!(
        ended.out,
        "1 rows: 1 accepted, 0 refused.\n1 learners were created.\n"
    );

    let roster = bulk(path, &["roster"]);
    assert_eq!(roster.code, Some(0), "{}", roster.err);
    assert!(
        roster
            .out
            .ends_with("L-9,Ada,,did:web:people.example:ada\r\n"),
        "{}",
        roster.out
    );
    let exported = bulk(path, &["export-results", "--plan", &scene.plan]);
    assert_eq!(exported.code, Some(0), "{}", exported.err);
    fs::write(path.join("again.csv"), &exported.out).expect("there is room");
    let ended = bulk(path, &["results", "again.csv", "--plan", &scene.plan]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.contains("recorded already"), "{}", ended.err);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_in_the_way_is_told() {
    let (folder, house) = installation().await;
    let scene = Scene::set(house).await;
    let path = folder.path();
    let told = |arguments: &[&str], code: i32, text: &str| {
        let ended = bulk(path, arguments);
        assert_eq!(ended.code, Some(code), "{arguments:?} {}", ended.err);
        assert!(ended.err.contains(text), "{arguments:?} {}", ended.err);
    };
    told(&["learners", "none.csv"], 2, "none.csv: ");
    told(&["learners", "data"], 2, "this is a folder");
    told(
        &["results", "-", "--plan", "x"],
        2,
        "the id of an assessment plan",
    );
    told(&["results", "-"], 2, "--plan");
    let other = scene.other.plan(&scene.statements, false).await;
    told(
        &["results", "-", "--plan", &other],
        1,
        "this assessment plan was not found",
    );
    let nobody = [
        "bulk",
        "roster",
        "--data-dir",
        "data",
        "--provider",
        "nobody",
    ];
    let ended = run(path, &nobody);
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.contains("there is no provider"), "{}", ended.err);
}
