//! `attestry learner`, as the person at the machine runs it.

use std::{fs, path::Path};

use serde_json::Value;

use super::{College, browser::Browser, scan, ways};
use crate::{
    cli::{Ended, installation, run},
    support::{House, audit::check_chains, cast},
};

/// Two colleges; a learner of the first left a trace everywhere.
async fn scene(folder: &Path, house: &House) -> (College, ways::Traced) {
    let platform = house.with_samples().await;
    let college = College::create(&house.api, &platform, "riverside").await;
    College::create(&house.api, &platform, "hillside").await;
    let browser = Browser::at(&house.app);
    let traced = ways::enter(&house.api, &browser, &college).await;
    // The first command binds the installation to its master key.
    let first = learner(folder, "export", "riverside", &traced.id, &[]);
    assert_eq!(first.code, Some(0), "{}", first.err);
    (college, traced)
}

/// Runs `attestry learner` for a learner of a provider.
fn learner(folder: &Path, command: &str, slug: &str, id: &str, more: &[&str]) -> Ended {
    let all = [
        "learner",
        command,
        "--data-dir",
        "data",
        "--provider",
        slug,
        id,
    ];
    run(folder, &[&all[..], more].concat())
}

/// What `told` must be: the exit code, and a part of what is said on standard error.
#[track_caller]
fn ends(ended: &Ended, code: i32, said: &str) {
    assert_eq!(ended.code, Some(code), "{}", ended.err);
    assert!(ended.err.contains(said), "{}", ended.err);
    assert_eq!(ended.out, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_about_a_learner_comes_out_at_the_machine() {
    let (folder, house) = installation().await;
    let (_, traced) = scene(folder.path(), &house).await;
    let path = folder.path();
    let export = |more: &[&str]| learner(path, "export", "riverside", &traced.id, more);
    let shown = export(&[]);
    assert_eq!((shown.code, shown.err.as_str()), (Some(0), ""));
    let document: Value = serde_json::from_str(&shown.out).expect("it is JSON");
    assert_eq!(document["format"], "attestry-learner-export");
    let missing: Vec<_> = ways::TEXTS
        .iter()
        .filter(|t| !shown.out.contains(**t))
        .collect();
    assert_eq!(missing, Vec::<&&str>::new());

    let written = export(&["--output", "learner.json"]);
    assert_eq!(written.code, Some(0), "{}", written.err);
    assert_eq!(written.out, "Wrote learner.json.\n");
    let file = path.join("learner.json");
    let text = fs::read_to_string(&file).expect("it was written");
    let again: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(again["learner"], document["learner"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&file)
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    ends(&export(&["--output", "learner.json"]), 2, "learner.json: ");
    assert_eq!(fs::read_to_string(&file).expect("it is there"), text);

    // The UUID within the id names the same learner.
    let uuid = cast::row_id(&traced.id).to_string();
    let by_uuid = learner(path, "export", "riverside", &uuid, &[]);
    assert_eq!(by_uuid.code, Some(0), "{}", by_uuid.err);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_not_there_is_neither_exported_nor_erased() {
    let (folder, house) = installation().await;
    let (college, traced) = scene(folder.path(), &house).await;
    let before = scan::rows(house.db()).await;
    let unknown = uuid::Uuid::from_u128(7).to_string();
    for (command, more) in [
        ("export", &[][..]),
        ("erase", &["--confirm", ways::ROLL][..]),
    ] {
        let run = |slug: &str, id: &str| learner(folder.path(), command, slug, id, more);
        let nobody = "this learner was not found";
        ends(&run("hillside", &traced.id), 1, nobody);
        ends(&run("riverside", &unknown), 1, nobody);
        ends(&run("nowhere", &traced.id), 1, "there is no provider");
        ends(&run("riverside", "x"), 2, "this is no learner's id");
        ends(
            &run("riverside", &college.demonstration),
            2,
            "this is no learner's id",
        );
    }
    ends(
        &learner(folder.path(), "erase", "riverside", &traced.id, &[]),
        2,
        "--confirm",
    );
    assert!(scan::rows(house.db()).await == before, "something changed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_right_word_erases() {
    let (folder, house) = installation().await;
    let (_, traced) = scene(folder.path(), &house).await;
    let erase = |confirm: &str| {
        let more = ["--confirm", confirm];
        learner(folder.path(), "erase", "riverside", &traced.id, &more)
    };
    let traces = ways::traces();
    let before = scan::rows(house.db()).await;
    assert_eq!(scan::found(&traces, &before).len(), traces.len());
    for wrong in ["2026-001", &ways::ROLL.to_lowercase(), ""] {
        ends(&erase(wrong), 1, "this is not the learner's external id");
    }
    assert!(scan::rows(house.db()).await == before, "something changed");

    let done = erase(ways::ROLL);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""));
    assert!(
        done.out.starts_with("Erased; 6 records are withdrawn"),
        "{}",
        done.out
    );
    let after = scan::rows(house.db()).await;
    assert_eq!(scan::found(&traces, &after), Vec::<&str>::new());
    for (file, bytes) in scan::files(&folder.path().join("data")) {
        assert_eq!(scan::found(&traces, &bytes), Vec::<&str>::new(), "{file}");
    }
    check_chains(&house.app.db).await;
    let again = erase("whatever");
    assert_eq!(again.code, Some(0), "{}", again.err);
}
