//! The service as a process of its own, by its settings file.

use std::process::Command;

use serde_json::json;

use super::{
    issuer::{AUDIENCE, Running},
    viewer,
};
use crate::{
    cli, peers,
    support::{
        Tenant,
        process::{self, Server},
    },
};

#[test]
fn a_start_with_an_issuer_that_cannot_be_used_is_refused() {
    let folder = tempfile::tempdir().expect("there is room");
    let table = "[[oidc]]\nissuer = 'http://login.example'\naudience = 'a'\n\
                 roles = { librarian = 'CURATOR' }";
    std::fs::write(folder.path().join("attestry.toml"), table).expect("there is room");
    let ended = cli::run(folder.path(), &["serve", "--config", "attestry.toml"]);
    assert_eq!(ended.code, Some(2), "{}", ended.err);
    assert!(
        ended.err.contains("oidc[0].issuer: give an https address"),
        "{}",
        ended.err
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_takes_tokens_by_its_settings_file() {
    let Some(peers) = peers::folder("a_service_takes_tokens_by_its_settings_file") else {
        return;
    };
    let mut issuer = Running::start(&peers);
    let folder = tempfile::tempdir().expect("there is room");
    let settings = folder.path().join("attestry.toml");
    let table = issuer.text("provider = 'riverside'");
    std::fs::write(&settings, format!("[[oidc]]\n{table}")).expect("there is room");
    let mut command = Command::new(env!("CARGO_BIN_EXE_attestry"));
    command.arg("--config").arg(settings);
    let server = Server::spawn(
        command,
        &folder.path().join("data"),
        process::free_address(),
    );
    let platform = server
        .bootstrap
        .clone()
        .expect("a new database has a token");
    Tenant::create(&server.api(), &platform, "riverside").await;
    let claims = json!({"roles": "teacher"});
    let token = issuer.token_for(AUDIENCE, "t", "ES256", claims).await;
    let seen = viewer(&server.api(), &token).await;
    assert_eq!(seen.at("/viewer/roles"), &json!(["ASSESSOR"]), "{seen:?}");
    let log = folder.path().join("data.log");
    let log = std::fs::read_to_string(log).expect("it logs");
    let signature = token.rsplit('.').next().expect("three parts");
    assert!(log.contains("fetched the issuer's keys") && !log.contains(signature));
}
