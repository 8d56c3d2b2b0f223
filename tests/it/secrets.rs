//! What must never be readable: private keys and tokens, in the database and in the logs.

use std::{fs, path::Path};

use attestry::{
    catalog::samples::SAMPLES,
    credential::custody::MasterKey,
    kernel::{db::Db, digest},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use entity::{data_key, signing_key};
use sea_orm::EntityTrait;

use crate::support::{Tenant, cast, process::Server};

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|w| w == wanted)
}

/// Every file of an installation but the master key's, and its log.
fn readable(data: &Path) -> Vec<u8> {
    let mut all = fs::read(data.with_extension("log")).expect("it logged");
    for entry in fs::read_dir(data).expect("it is a folder") {
        let path = entry.expect("it can be read").path();
        if path.file_name().is_some_and(|name| name != "master.key") {
            all.extend(fs::read(path).expect("it can be read"));
        }
    }
    all
}

/// A secret, and the ways in which it could be written.
fn written(secret: &[u8]) -> [Vec<u8>; 4] {
    [
        secret.to_vec(),
        digest::hex(secret).into_bytes(),
        STANDARD.encode(secret).into_bytes(),
        URL_SAFE_NO_PAD.encode(secret).into_bytes(),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_is_readable() {
    let folder = tempfile::tempdir().expect("there is room");
    let data = folder.path().join("data");
    let server = Server::start(&data);
    let platform = server
        .bootstrap
        .clone()
        .expect("a new database has a token");
    let api = server.api();
    let document = std::str::from_utf8(SAMPLES[0].bytes).expect("samples are UTF-8");
    api.import(&platform, document).await;
    let college = Tenant::create(&api, &platform, "riverside").await;
    let statement = &cast::statements(&api, SAMPLES[0].soc, 1).await[0];
    let demonstration = college.demonstration(statement, false).await;
    let issued = college.issue(&demonstration, "k").await;
    issued.text("/issueCredential/credential/jwt");
    // Requests that fail are logged as well.
    let refused = college.issue("nonsense", "k").await;
    assert_eq!(refused.code(), Some("NOT_FOUND"));
    let running = readable(&data);
    server.terminate();
    assert!(server.wait(std::time::Duration::from_secs(10)).success());

    let text = fs::read_to_string(data.join("master.key")).expect("it was made");
    let master = MasterKey::parse(&text).expect("it is a key");
    let url = format!("sqlite:{}", data.join("attestry.db").display());
    let db = Db::open(&url).await.expect("it opens");
    let wrapped = data_key::Entity::find().one(db.public()).await;
    let wrapped = wrapped.expect("it can be read").expect("there is one");
    let key = signing_key::Entity::find().one(db.public()).await;
    let key = key.expect("it can be read").expect("there is one");
    let seed = master
        .unwrap(key.provider_id, &wrapped.wrapped)
        .and_then(|data| data.open(key.provider_id, key.id, &key.sealed_seed))
        .expect("the key file opens it");
    db.close().await.expect("it closes");

    let stopped = readable(&data);
    let tokens = [&platform, &college.admin.token, &college.assessors[0].token];
    for all in [&running, &stopped] {
        // The scan sees what is there.
        assert!(holds(all, key.public_key.as_slice()) && holds(all, b"riverside"));
        for token in tokens {
            assert!(holds(all, &digest::sha256(token.as_bytes())));
            assert!(!holds(all, token.as_bytes()), "a token is readable");
            let body = token.trim_start_matches("attestry_").as_bytes();
            assert!(!holds(all, &body[..20]), "half a token is readable");
        }
        for form in written(seed.expose()) {
            assert!(!holds(all, &form), "the private key is readable");
        }
        assert!(
            !holds(all, text.trim().as_bytes()),
            "the master key is readable"
        );
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_owner_reads_the_master_key() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("there is room");
    let data = folder.path().join("data");
    let server = Server::start(&data);
    let mode = |path: &Path| {
        let meta = fs::metadata(path).expect("it is there");
        meta.permissions().mode() & 0o777
    };
    assert_eq!(mode(&data.join("master.key")), 0o600);
    assert_eq!(mode(&data), 0o700);
    server.kill();
}
