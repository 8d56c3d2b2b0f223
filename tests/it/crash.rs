//! The built server, ended in every way: what it acknowledged is there afterwards.

use std::{
    collections::BTreeSet,
    path::Path,
    process::Command,
    sync::{Arc, Mutex},
    time::Duration,
};

use attestry::{
    catalog::samples::SAMPLES,
    credential::mechanism::Mechanism,
    kernel::{
        clock::{Clock, SystemClock},
        db::Db,
        rng::{SystemRng, below},
    },
};
use entity::credential;
use sea_orm::{ConnectionTrait, EntityTrait, Statement};
use serde_json::{Value, json};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::support::{
    Answer, Tenant,
    api::mutation,
    audit::check_chains,
    cast,
    process::{self, Server},
    proofs, say,
};

const ROUNDS: u32 = 20;
const CLIENTS: u32 = 4;

/// Each mechanism in turn.
fn mechanism(n: usize) -> &'static str {
    Mechanism::ALL[n % Mechanism::ALL.len()].as_str()
}

/// A credential that a client was told of.
struct Acknowledged {
    key: String,
    urn: String,
    secured: String,
}

/// What a client was told of is genuine: by the keys alone where its proof is inside.
async fn assert_holds(server: &Server, told: &Acknowledged) {
    if told.secured.starts_with('{') {
        let now = SystemClock.now();
        assert_eq!(
            proofs::held_by_own_key(&told.secured, now),
            1,
            "{}",
            told.key
        );
    } else {
        let outcome = server.api().outcome(&told.secured).await;
        assert_eq!(outcome, "VALID", "{}", told.key);
    }
}

/// A started server's tenant, and a demonstration to issue for.
async fn prepare(server: &Server) -> (Tenant, String) {
    let api = server.api();
    let platform = server
        .bootstrap
        .clone()
        .expect("a new database has a token");
    let document = std::str::from_utf8(SAMPLES[0].bytes).expect("samples are UTF-8");
    api.import(&platform, document).await;
    let college = Tenant::create(&api, &platform, "riverside").await;
    let statement = &cast::statements(&api, SAMPLES[0].soc, 1).await[0];
    let demonstration = college.demonstration(statement, false).await;
    (college, demonstration)
}

/// Issues until the connection breaks or the server refuses; tells whoever listens.
async fn issue_on(
    college: Tenant,
    demonstration: String,
    prefix: String,
    told: Arc<Mutex<Vec<Acknowledged>>>,
) -> Option<Answer> {
    for n in 0_usize.. {
        let key = format!("{prefix}-{n}");
        let input = json!({"input": {
            "demonstrationId": demonstration, "idempotencyKey": key, "mechanism": mechanism(n),
        }});
        let query = "mutation I($input: IssueCredentialInput!) { issueCredential(input: $input) {
            credential { urn secured } userErrors { code } } }";
        let sent = college
            .api
            .try_send(Some(&college.admin.token), query, input);
        let Ok(answer) = sent.await else {
            return None;
        };
        if !answer.at("/issueCredential/credential").is_object() {
            return Some(answer);
        }
        let urn = answer.text("/issueCredential/credential/urn");
        let secured = answer.text("/issueCredential/credential/secured");
        let acknowledged = Acknowledged { key, urn, secured };
        told.lock().expect("no client panics").push(acknowledged);
    }
    None
}

/// Holds the database of a server that is gone against what its clients were told.
async fn check_database(folder: &Path, told: &[Acknowledged]) -> Vec<credential::Model> {
    let url = format!("sqlite:{}", folder.join("attestry.db").display());
    let db = Db::open(&url).await.expect("it opens");
    let sql = Statement::from_string(sea_orm::DbBackend::Sqlite, "PRAGMA integrity_check");
    let result = db.public().query_all_raw(sql).await.expect("it answers");
    let texts: Vec<String> = result
        .iter()
        .map(|r| r.try_get("", "integrity_check").expect("text"))
        .collect();
    assert_eq!(texts, ["ok"]);
    let rows = credential::Entity::find().all(db.public()).await;
    let rows = rows.expect("credentials can be read");
    for a in told {
        let row = rows.iter().find(|r| r.idempotency_key == a.key);
        let row = row.unwrap_or_else(|| panic!("{} was acknowledged, and is gone", a.key));
        assert_eq!(row.id.urn().to_string(), a.urn);
        assert_eq!(row.secured.as_ref(), Some(&a.secured), "{}", a.key);
        assert_eq!(row.state, "ISSUED");
    }
    let places: BTreeSet<_> = rows
        .iter()
        .map(|r| (r.status_list_id, r.status_index))
        .collect();
    assert_eq!(places.len(), rows.len(), "a status index was used twice");
    check_chains(&db).await;
    db.close().await.expect("it closes");
    rows
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_loses_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().expect("there is room");
    let data = folder.path().join("data");
    let mut server = Server::start(&data);
    let address = server.address;
    let (college, demonstration) = prepare(&server).await;
    let told = Arc::default();
    for round in 0..ROUNDS {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let prefix = format!("{round}-{client}");
                let (college, demonstration) = (college.clone(), demonstration.clone());
                tokio::spawn(issue_on(college, demonstration, prefix, Arc::clone(&told)))
            })
            .collect();
        let millis = 50 + u64::from(below(&SystemRng, 600));
        tokio::time::sleep(Duration::from_millis(millis)).await;
        server.kill();
        for client in clients {
            let refused = client.await.expect("no client panics");
            assert!(refused.is_none(), "{refused:?}");
        }
        server = Server::start_at(&data, address);
        assert_eq!(server.bootstrap, None, "the token is printed once");
    }
    server.kill();
    let told = std::mem::take(&mut *told.lock().expect("no client panics"));
    let rows = check_database(&data, &told).await;
    let intended: Vec<_> = rows.iter().filter(|r| r.secured.is_none()).collect();
    eprintln!(
        "{} acknowledged in {ROUNDS} rounds, {} recorded, {} of them not yet signed",
        told.len(),
        rows.len(),
        intended.len()
    );
    assert!(told.len() >= 20, "too few to prove anything");

    // What was intended and not signed is completed by asking again, under its own id.
    let server = Server::start_at(&data, address);
    for row in intended {
        let key = &row.idempotency_key;
        let answer = college.issue_as(&row.mechanism, &demonstration, key).await;
        let urn = answer.text("/issueCredential/credential/urn");
        assert_eq!(urn, row.id.urn().to_string());
        assert_eq!(answer.at("/issueCredential/credential/state"), "ISSUED");
    }
    for a in &told {
        assert_holds(&server, a).await;
    }
    server.kill();
    let rows = check_database(&data, &told).await;
    assert!(rows.iter().all(|r| r.secured.is_some()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sigterm_lets_what_is_in_flight_finish() {
    let folder = tempfile::tempdir().expect("there is room");
    let data = folder.path().join("data");
    let server = Server::start(&data);
    let (college, demonstration) = prepare(&server).await;
    // A request of which the server has the first half only.
    let input = json!({
        "demonstrationId": demonstration, "idempotencyKey": "slow", "mechanism": "VC_JWT",
    });
    let (query, variables) = mutation("issueCredential", cast::CREDENTIAL, input);
    let body = json!({"query": query, "variables": variables}).to_string();
    let mut slow = TcpStream::connect(server.address)
        .await
        .expect("it listens");
    let (first, rest) = body.as_bytes().split_at(body.len() / 2);
    let head = process::head(Some(&college.admin.token), body.len());
    slow.write_all(head.as_bytes()).await.expect("it is open");
    slow.write_all(first).await.expect("it is open");
    // And clients that go on issuing.
    let told = Arc::default();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let (college, demonstration) = (college.clone(), demonstration.clone());
            let prefix = client.to_string();
            tokio::spawn(issue_on(college, demonstration, prefix, Arc::clone(&told)))
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(400)).await;
    server.terminate();
    tokio::time::sleep(Duration::from_millis(200)).await;
    slow.write_all(rest).await.expect("it is still open");
    let (status, answer) = process::response(&mut slow).await.expect("it is answered");
    assert_eq!(status, 200);
    let answer: Value = serde_json::from_slice(&answer).expect("it is JSON");
    let credential = &answer["data"]["issueCredential"]["credential"];
    for client in clients {
        let refused = client.await.expect("no client panics");
        assert!(refused.is_none(), "{refused:?}");
    }
    let status = server.wait(Duration::from_secs(10));
    assert!(status.success(), "{status}");
    let mut told = std::mem::take(&mut *told.lock().expect("no client panics"));
    told.push(Acknowledged {
        key: "slow".to_owned(),
        urn: credential["urn"]
            .as_str()
            .expect("it was issued")
            .to_owned(),
        secured: credential["secured"]
            .as_str()
            .expect("it was signed")
            .to_owned(),
    });
    let rows = check_database(&data, &told).await;
    assert!(
        rows.iter().all(|r| r.secured.is_some()),
        "one was left unsigned"
    );
    assert_eq!(rows.len(), told.len(), "a request was cut off");
    let log = data.join("attestry.db-wal");
    assert!(!log.exists(), "the log was not folded into the file");
}

/// A file system of three megabytes, where this user may make one; where not, the quota
/// below, which needs no rights, holds the promise alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_gives_a_clean_error() {
    let probe = Command::new("unshare").args(["-rm", "true"]).status();
    if !probe.is_ok_and(|status| status.success()) {
        say("a_full_disk_gives_a_clean_error: SKIPPED, this user may mount nothing.");
        return;
    }
    let script = "mount -t tmpfs -o size=3m tmpfs \"$0\" && exec \"$@\"";
    fill("unshare", &["-rm", "sh", "-c", script]).await;
}

/// Files that may not grow, which every user can have.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_quota_gives_a_clean_error() {
    // In blocks of 512 bytes; a signal would end the process, an ignored one is an error.
    let script = "trap '' XFSZ; ulimit -f 8000; : \"$0\"; exec \"$@\"";
    fill("sh", &["-c", script]).await;
}

/// Issues until there is no room left: writes fail cleanly, reads go on, nothing is lost.
async fn fill(program: &str, arguments: &[&str]) {
    let folder = tempfile::tempdir().expect("there is room");
    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("there is room");
    let mut command = Command::new(program);
    let binary = env!("CARGO_BIN_EXE_attestry");
    command.args(arguments).arg(&data).arg(binary);
    let server = Server::spawn(command, &data, process::free_address());
    let (college, demonstration) = prepare(&server).await;
    let told = Arc::default();
    for round in 0..3 {
        let prefix = round.to_string();
        let issue = issue_on(
            college.clone(),
            demonstration.clone(),
            prefix,
            Arc::clone(&told),
        );
        let issue = tokio::time::timeout(Duration::from_secs(120), issue);
        let refused = issue.await.expect("it fills up in time");
        let refused = refused.expect("the connection holds");
        assert_eq!(refused.code(), Some("INTERNAL"), "{refused:?}");
        let shown = refused.body.to_string();
        assert!(
            !shown.contains("disk") && !shown.contains("database"),
            "{shown}"
        );
    }
    let told = std::mem::take(&mut *told.lock().expect("no client panics"));
    assert!(!told.is_empty(), "it was full from the start");
    for a in told.iter().rev().take(10) {
        assert_holds(&server, a).await;
    }
    // Its files as they are, from where it sees them.
    let copy = folder.path().join("copy");
    server.freeze();
    let seen = server.seen(&data);
    std::fs::create_dir(&copy).expect("there is room");
    for name in ["attestry.db", "attestry.db-wal"] {
        std::fs::copy(seen.join(name), copy.join(name)).expect("it can be read");
    }
    server.kill();
    check_database(&copy, &told).await;
}
