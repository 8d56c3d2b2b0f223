//! Commands that change many rows, killed at any moment: nothing is lost, nothing is half-done.

use std::{
    fs,
    time::{Duration, Instant},
};

use attestry::{
    credential::{
        custody::{DataKey, MasterKey},
        ops::installation,
    },
    kernel::{
        db::Db,
        rng::{SystemRng, below, bytes},
    },
};
use entity::{credential, data_key, provider, reissue};
use sea_orm::{EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::{Record, Scene, commands::Folder};
use crate::support::{audit::check_chains, house::MASTER_KEY};

const RECORDS: usize = 250;
const PROVIDERS: u128 = 400;
const ROUNDS: u32 = 8;

/// Waits for a random part of `most`, and kills the command. Whether it had ended by itself.
fn kill_within(mut child: std::process::Child, most: Duration) -> bool {
    let most = u32::try_from(most.as_millis()).expect("it is short");
    let wait = Duration::from_millis(u64::from(below(&SystemRng, most.max(1))));
    std::thread::sleep(wait);
    let ended = child.try_wait().expect("it is our child");
    // Fails when it has ended meanwhile.
    let killed = child.kill();
    let status = child.wait().expect("it is our child");
    assert!(killed.is_ok() || ended.is_some() || status.success());
    status.success()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reissue_that_is_killed_goes_on_where_it_was() {
    let (folder, house) = Folder::make().await;
    let scene = Scene::set(house).await;
    let mut records: Vec<Record> = Vec::new();
    for n in 0..RECORDS {
        records.push(scene.issue(&format!("{n}")).await);
    }
    let key = scene.keys().await.remove(0);
    scene.compromise(key["id"].as_str().expect("an id")).await;
    let multikey = key["multikey"].as_str().expect("text");
    let arguments = ["reissue", "--provider", "riverside", multikey];
    let db = scene.house.db();
    let (mut kills, mut seen) = (0, 0);
    while !kill_within(folder.start(&arguments), Duration::from_millis(1_500)) {
        kills += 1;
        let rows = credential::Entity::find()
            .all(db)
            .await
            .expect("they can be read");
        assert_eq!(rows.len(), RECORDS);
        for row in &rows {
            let jwt = row
                .secured
                .as_deref()
                .expect("every record is signed at all times");
            assert!(jwt.starts_with(&row.signing_input), "{row:?}");
        }
        check_chains(&scene.house.app.db).await;
        let pending = reissue::Entity::find()
            .all(db)
            .await
            .expect("they can be read");
        seen += pending.iter().filter(|r| r.signed_at.is_none()).count();
        assert!(kills < 200, "it never ends");
    }
    eprintln!("killed {kills} times, {seen} intents seen that were not signed yet");
    for record in &records {
        let now = scene.read(record).await;
        assert_eq!((&now.urn, now.index), (&record.urn, record.index));
        assert_eq!(now.part(1), record.part(1));
        assert_ne!(now.kid(), record.kid());
        assert_eq!(scene.outcome(&now).await, "VALID");
    }
    let rows = reissue::Entity::find()
        .all(db)
        .await
        .expect("they can be read");
    assert_eq!(rows.len(), RECORDS);
    assert!(rows.iter().all(|r| r.signed_at.is_some()));
}

/// Many providers, as far as a rewrap sees them.
async fn add_providers(db: &Db, master: &MasterKey) {
    let rows: Vec<_> = (1..=PROVIDERS)
        .map(|n| provider::Model {
            id: Uuid::from_u128(n),
            slug: format!("college-{n}"),
            name: "A college".to_owned(),
            url: "https://college.example".to_owned(),
            created_at: 0,
        })
        .collect();
    let keys: Vec<_> = rows
        .iter()
        .map(|row| {
            let data = DataKey::from_bytes(bytes(&SystemRng));
            let wrapped = master.wrap(row.id, &data, bytes(&SystemRng));
            data_key::Model {
                provider_id: row.id,
                wrapped: wrapped.expect("it can be wrapped"),
                master_key_id: master.id(),
            }
        })
        .collect();
    let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
    let added = provider::Entity::insert_many(rows)
        .exec_without_returning(db.public())
        .await;
    added.expect("they can be added");
    let keys = keys.into_iter().map(IntoActiveModel::into_active_model);
    let added = data_key::Entity::insert_many(keys)
        .exec_without_returning(db.public())
        .await;
    added.expect("they can be added");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rewrap_that_is_killed_is_done_or_not_begun() {
    let (folder, house) = Folder::make().await;
    let db = &house.app.db;
    add_providers(db, &MasterKey::from_bytes(MASTER_KEY)).await;
    let (new, in_use) = (folder.path("new.key"), folder.path("data/master.key"));
    let rewrap = ["rewrap", "--new-master-key-file", "new.key"];
    // One that is left alone, to know how long it takes.
    let start = Instant::now();
    let ended = folder.keys(&rewrap);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let most = start.elapsed();
    fs::rename(&new, &in_use).expect("it can be moved");
    let mut done = 0;
    for _ in 0..ROUNDS {
        kill_within(folder.start(&rewrap), most);
        let bound = installation::master_key_id(db)
            .await
            .expect("it can be read");
        let read = |path| fs::read_to_string(path).map(|text| MasterKey::parse(&text));
        let old = read(&in_use).expect("it is there").expect("it is a key");
        let master = if bound == Some(old.id()) {
            old
        } else {
            done += 1;
            let master = read(&new).expect("it was made").expect("it is a key");
            assert_eq!(bound, Some(master.id()));
            fs::rename(&new, &in_use).expect("it can be moved");
            master
        };
        let rows = data_key::Entity::find().all(db.public()).await;
        let rows = rows.expect("they can be read");
        assert_eq!(rows.len() as u128, PROVIDERS);
        for row in rows {
            assert_eq!(row.master_key_id, master.id());
            assert!(master.unwrap(row.provider_id, &row.wrapped).is_ok());
        }
        check_chains(db).await;
    }
    eprintln!("{done} of {ROUNDS} were done before they were killed");
    let ended = folder.keys(&rewrap);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
}
