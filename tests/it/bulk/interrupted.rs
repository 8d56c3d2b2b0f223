//! An import that is ended in the middle leaves nothing; sent again, it leaves everything.

use std::{fmt::Write as _, fs, process::Stdio, time::Duration};

use attestry::{
    bulk::model::Kind,
    kernel::rng::{SystemRng, below},
};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

use super::{
    commands::arguments,
    scene::{RESULTS, Scene, strict},
};
use crate::{
    cli::{Ended, attestry, installation, run},
    support::{House, audit::check_chains, process::Server},
};

const LEARNERS: usize = 100;
const TIMES: usize = 60;
const ROUNDS: u32 = 5;

/// A table of 12,000 results; creates their learners.
async fn table(scene: &Scene) -> String {
    let mut people = "external_id,name,email\n".to_owned();
    for n in 0..LEARNERS {
        writeln!(people, "L-{n},Learner {n},l{n}@people.example").expect("it is in memory");
    }
    let created = scene.import(&strict(Kind::Learners), &people).await;
    assert_eq!(created.expect("the database works").refused, 0);
    let mut table = RESULTS.to_owned();
    for n in 0..LEARNERS * TIMES * 2 {
        let (learner, time) = (n / 2 % LEARNERS, n / 2 / LEARNERS);
        let row = scene.row(n % 2, "3", &format!("2026-01-01T00:00:{time:02}Z"));
        table += &row.replacen("2026-001", &format!("L-{learner}"), 1);
    }
    table
}

async fn observations(scene: &Scene) -> u64 {
    let all = entity::observation::Entity::find();
    all.count(scene.house.db())
        .await
        .expect("it can be counted")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_leaves_all_or_nothing() {
    let (folder, house) = installation().await;
    let scene = Scene::set(house).await;
    let rows = u64::try_from(LEARNERS * TIMES * 2).expect("it is small");
    let table = table(&scene).await;
    fs::write(folder.path().join("results.csv"), table).expect("there is room");
    let arguments = arguments(&["results", "results.csv", "--plan", &scene.plan]);
    let mut interrupted = 0;
    for round in 0..ROUNDS {
        let mut command = attestry(folder.path(), &arguments);
        let command = command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command
            .spawn()
            .expect("the program was built for this test");
        let millis = 300 + 300 * u64::from(round) + u64::from(below(&SystemRng, 300));
        tokio::time::sleep(Duration::from_millis(millis)).await;
        child.kill().expect("it is our child");
        child.wait().expect("it is our child");
        let found = observations(&scene).await;
        assert!(found == 0 || found == rows, "{found} of {rows}");
        interrupted += u32::from(found == 0);
        check_chains(&scene.house.app.db).await;
    }
    let ended: Ended = run(folder.path(), &arguments);
    let code = if interrupted == ROUNDS { 0 } else { 1 };
    assert_eq!(ended.code, Some(code), "{}", ended.err);
    assert_eq!(observations(&scene).await, rows);
    assert!(
        interrupted > 0,
        "every import ended before it was interrupted"
    );
    check_chains(&scene.house.app.db).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_whose_process_died_is_told_as_failed() {
    let folder = tempfile::tempdir().expect("there is room");
    let server = Server::start(&folder.path().join("data"));
    let address = server.address;
    let url = format!(
        "sqlite:{}",
        folder.path().join("data/attestry.db").display()
    );
    let house = House::open(&url).await;
    let platform = server
        .bootstrap
        .clone()
        .expect("a new database has a token");
    let scene = Scene::over(house, server.api(), platform).await;
    let table = table(&scene).await;
    let query = format!("/bulk/results?plan={}", scene.plan);
    let token = &scene.college.admin.token;
    let sent = send(address, &query, token, table).await;
    let job = sent["job"].as_str().expect("a job was ordered").to_owned();
    tokio::time::sleep(Duration::from_millis(300)).await;
    server.kill();
    assert_eq!(observations(&scene).await, 0);
    let server = Server::start_at(&folder.path().join("data"), address);
    let ask = "query J($id: ID!) { bulkJob(id: $id) { state accepted finishedAt } }";
    let told = server
        .api()
        .send(Some(token), ask, json!({"id": job}))
        .await;
    assert_eq!(told.text("/bulkJob/state"), "FAILED");
    assert!(told.at("/bulkJob/finishedAt").is_string());
    assert_eq!(observations(&scene).await, 0);
    server.kill();
    check_chains(&scene.house.app.db).await;
}

/// Sends a table to a server in another process.
async fn send(
    address: std::net::SocketAddr,
    path: &str,
    token: &str,
    table: String,
) -> serde_json::Value {
    use tokio::io::AsyncWriteExt;
    let mut stream = tokio::net::TcpStream::connect(address)
        .await
        .expect("it listens");
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/csv\r\nconnection: close\r\n\
         authorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n",
        table.len()
    );
    stream.write_all(head.as_bytes()).await.expect("it reads");
    stream.write_all(table.as_bytes()).await.expect("it reads");
    let answer = crate::support::process::response(&mut stream).await;
    let (status, body) = answer.expect("it answers");
    assert_eq!(status, 202, "{}", String::from_utf8_lossy(&body));
    serde_json::from_slice(&body).expect("it is JSON")
}
