//! `attestry audit`, as it is called at the machine.

use std::{
    path::Path,
    process::{Command, Output},
    time::Duration,
};

use attestry::kernel::db::Db;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::support::process::Server;

fn audit(data: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_attestry"))
        .arg("audit")
        .args(arguments)
        .arg("--data-dir")
        .arg(data)
        .env_remove("ATTESTRY_DATABASE_URL")
        .env_remove("ATTESTRY_MASTER_KEY")
        .output();
    output.expect("the binary runs")
}

fn told(output: &Output) -> (Option<i32>, String) {
    let text = String::from_utf8(output.stdout.clone()).expect("text");
    (output.status.code(), text)
}

async fn run(data: &Path, steps: &[&str]) {
    let url = format!("sqlite:{}", data.join("attestry.db").display());
    let db = Db::open(&url).await.expect("it opens");
    for sql in steps {
        let run = db.public().execute_unprepared(sql).await;
        assert_eq!(run.expect("it runs").rows_affected(), 1, "{sql}");
    }
    db.close().await.expect("it closes");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_tells_what_it_finds() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dir.path().join("data");
    let server = Server::start(&data);
    // It listens to signals once it serves.
    let served = server.api().send(None, "{ __typename }", json!({})).await;
    assert_eq!(served.text("/__typename"), "Query");
    server.terminate();
    assert!(server.wait(Duration::from_secs(60)).success());
    let noted = data.join("audit-checkpoints.jsonl");
    let text = std::fs::read_to_string(&noted).expect("the service notes checkpoints");
    assert!(
        text.ends_with('\n') && text.contains("\"platform\""),
        "{text}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&noted)
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let (code, text) = told(&audit(&data, &["verify"]));
    assert_eq!(code, Some(0), "{text}");
    assert!(
        text.starts_with("Intact: ") && !text.contains("--checkpoint"),
        "{text}"
    );
    let (code, checkpoint) = told(&audit(&data, &["checkpoint"]));
    assert_eq!(code, Some(0));
    let kept = dir.path().join("kept.json");
    std::fs::write(&kept, &checkpoint).expect("it can be kept");
    let kept = kept.to_str().expect("UTF-8");
    let (code, again) = told(&audit(&data, &["checkpoint", "--checkpoint", kept]));
    assert_eq!(
        (code, again.contains("\"sequence\"")),
        (Some(0), true),
        "{again}"
    );
    // A tail that is cut off, with its head: only a checkpoint tells.
    let delete = "DELETE FROM audit_record WHERE chain = 'platform' AND sequence =
        (SELECT max(sequence) FROM audit_record WHERE chain = 'platform')";
    run(&data, &[delete]).await;
    let (code, text) = told(&audit(&data, &["verify"]));
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("chain platform, record"), "{text}");
    run(&data, &["DELETE FROM audit_head WHERE chain = 'platform'"]).await;
    let (code, _) = told(&audit(&data, &["verify"]));
    assert_eq!(code, Some(1), "what the service noted counts");
    std::fs::remove_file(&noted).expect("it is there");
    let (_, text) = told(&audit(&data, &["verify"]));
    assert!(text.contains("Without a checkpoint"), "{text}");
    let (code, _) = told(&audit(&data, &["verify", "--checkpoint", kept]));
    assert_eq!(code, Some(1));
    let (code, text) = told(&audit(&data, &["checkpoint", "--checkpoint", kept]));
    assert_eq!((code, text.as_str()), (Some(1), ""));
    for wrong in [
        &["verify", "--provider", "nobody"][..],
        &["verify", "--checkpoint", "/nowhere.json"],
        &["verify", "--checkpoint", "Cargo.toml"],
        &["verify", "--nonsense"],
        &[],
    ] {
        assert_eq!(told(&audit(&data, wrong)).0, Some(2), "{wrong:?}");
    }
}
