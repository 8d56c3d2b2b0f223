//! The role that the service connects as: walls bind no superuser, and it says so when it starts.

use std::{path::Path, process::Command};

use crate::support::{
    database::{MEMORY, Postgres},
    process::{Server, free_address},
};

/// Starts the service on a database, and gives what it logged meanwhile.
fn log_of_start(data: &Path, url: &str) -> String {
    let log = data.with_extension("log");
    let before = std::fs::read_to_string(&log).unwrap_or_default();
    let mut command = Command::new(env!("CARGO_BIN_EXE_attestry"));
    command.args(["--database-url", url]);
    drop(Server::spawn(command, data, free_address()));
    let after = std::fs::read_to_string(&log).expect("it logs");
    after.strip_prefix(&before).expect("it appends").to_owned()
}

const WARNING: &str = "row-level security does not bind";

#[tokio::test(flavor = "multi_thread")]
async fn a_start_as_superuser_is_warned_of() {
    let Some(database) = Postgres::create("walls::role::a_start_as_superuser_is_warned_of").await
    else {
        return;
    };
    let dir = tempfile::tempdir().expect("a folder");
    let data = dir.path().join("data");
    let as_service = log_of_start(&data, database.url());
    let as_superuser = log_of_start(&data, database.superusers_url());
    database.drop().await;
    assert!(!as_service.contains(WARNING), "{as_service}");
    assert!(as_superuser.contains(WARNING), "{as_superuser}");
    assert!(as_superuser.contains("WARN"), "{as_superuser}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_has_no_such_wall() {
    let db = attestry::kernel::db::Db::open(MEMORY)
        .await
        .expect("it opens");
    assert_eq!(db.is_walled().await.expect("it can be asked"), None);
}
