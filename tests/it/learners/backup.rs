//! `attestry backup`: a copy that is whole, of its owner's only, and never over another file.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use attestry::kernel::db::Db;
use entity::learner;
use sea_orm::EntityTrait;

use crate::support::{Tenant, process::Server};

fn attestry(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_attestry"))
        .args(arguments)
        .arg("--data-dir")
        .arg(data)
        .env_remove("ATTESTRY_DATABASE_URL")
        .env_remove("ATTESTRY_MASTER_KEY")
        .output()
        .expect("the binary starts")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_whole_and_without_the_master_key() {
    let folder = tempfile::tempdir().expect("there is room");
    let data = folder.path().join("data");
    let server = Server::start(&data);
    let platform = server
        .bootstrap
        .clone()
        .expect("a new database has a token");
    let api = server.api();
    Tenant::create(&api, &platform, "riverside").await;
    let evidence = data.join("evidence/riverside");
    fs::create_dir_all(&evidence).expect("there is room");
    fs::write(evidence.join("a"), "what was uploaded").expect("there is room");
    let copy = folder.path().join("copy.db");
    let file = copy.to_str().expect("it is text");
    let done = attestry(&data, &["backup", file]);
    assert!(done.status.success(), "{}", told(&done));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&copy)
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let uploaded = folder.path().join("copy.db.evidence/riverside/a");
    assert_eq!(
        fs::read_to_string(uploaded).expect("it is there"),
        "what was uploaded"
    );
    let master = fs::read_to_string(data.join("master.key")).expect("it was made");
    let bytes = fs::read(&copy).expect("it is there");
    let master = master.trim().as_bytes();
    assert!(!bytes.windows(master.len()).any(|w| w == master));
    // Nothing else is left beside it.
    let names = fs::read_dir(folder.path()).expect("it is a folder");
    let mut names: Vec<_> = names
        .map(|e| {
            e.expect("it can be read")
                .file_name()
                .into_string()
                .expect("it is text")
        })
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["copy.db", "copy.db.evidence", "data", "data.log"]);
    // A second one never takes its place.
    let again = attestry(&data, &["backup", file]);
    assert_eq!(again.status.code(), Some(2));
    assert!(
        told(&again).contains("not written over"),
        "{}",
        told(&again)
    );
    assert_eq!(fs::read(&copy).expect("it is there"), bytes);
    server.kill();
    let db = Db::open(&format!("sqlite:{file}")).await.expect("it opens");
    let all = db.everyones().await.expect("it answers");
    let rows = learner::Entity::find().all(&all).await;
    assert_eq!(rows.expect("they can be read").len(), 1);
}

#[test]
fn what_cannot_be_backed_up_says_what_to_do() {
    let folder = tempfile::tempdir().expect("there is room");
    let nowhere = attestry(folder.path(), &["backup", "copy.db"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(
        told(&nowhere).contains("there is no database here"),
        "{}",
        told(&nowhere)
    );
    assert!(!folder.path().join("attestry.db").exists(), "it made one");
    let url = "postgres://attestry:s3cret@db.example/attestry";
    let elsewhere = attestry(folder.path(), &["backup", "copy.db", "--database-url", url]);
    assert_eq!(elsewhere.status.code(), Some(2));
    let said = told(&elsewhere);
    assert!(
        said.contains("pg_dump --enable-row-security --format=custom --file=copy.db"),
        "{said}"
    );
    assert!(!said.contains("s3cret"), "{said}");
}
