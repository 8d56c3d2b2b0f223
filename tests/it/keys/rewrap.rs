//! Another master key.

use std::{fs, sync::Arc};

use attestry::{
    app::App,
    credential::{
        custody::MasterKey,
        ops::{installation, keys::rewrap::rewrap, providers::create_provider},
    },
    identity::model::NewProvider,
    kernel::rng::SystemRng,
};
use entity::data_key;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use serde_json::json;

use super::{Scene, commands::Folder};
use crate::support::{
    Api, House, Tenant, audit::check_chains, house::MASTER_KEY, on_each_database,
};

on_each_database!(
    everything_opens_with_the_new_key_only,
    a_damaged_key_changes_nothing,
);

/// The same installation, started with another master key.
fn started_with(house: &House, key: &MasterKey) -> House {
    let (db, clock) = (house.app.db.clone(), Arc::clone(&house.clock));
    let config = house.app.config.clone();
    let app = App::new(db, clock, Arc::new(SystemRng), key.clone(), config);
    House {
        all: house.all.clone(),
        data: Arc::clone(&house.data),
        api: Api::of(&app),
        app,
        clock: Arc::clone(&house.clock),
        database_url: house.database_url.clone(),
    }
}

async fn everything_opens_with_the_new_key_only(house: House) {
    let scene = Scene::set(house).await;
    let house = &scene.house;
    let before = scene.issue("before").await;
    let op = house.app.operator();
    let (old, new) = (
        MasterKey::from_bytes(MASTER_KEY),
        MasterKey::from_bytes([9; 32]),
    );
    installation::bind_master_key(&op, &old.id())
        .await
        .expect("it is bound");
    // Neither the same key again, nor one that opens nothing here.
    assert!(rewrap(&op, &old, &old).await.is_err());
    assert!(
        rewrap(&op, &new, &MasterKey::from_bytes([8; 32]))
            .await
            .is_err()
    );
    assert_eq!(
        scene.outcome(&scene.issue("meanwhile").await).await,
        "VALID"
    );
    assert_eq!(rewrap(&op, &old, &new).await.expect("it is done"), 1);
    let bound = installation::master_key_id(&house.app.db).await;
    assert_eq!(bound.expect("it can be read"), Some(new.id()));
    let rows = data_key::Entity::find().all(house.db()).await;
    for row in rows.expect("they can be read") {
        assert_eq!(row.master_key_id, new.id());
        assert!(new.unwrap(row.provider_id, &row.wrapped).is_ok());
        assert!(old.unwrap(row.provider_id, &row.wrapped).is_err());
    }

    // Who still has the old key in memory signs nothing, and stores nothing under it.
    let records = check_chains(&house.app.db).await;
    let refused = scene.rotate(json!({})).await;
    assert_eq!(refused.code(), Some("INTERNAL"), "{refused:?}");
    let refused = create_provider(&op, hillside());
    let refused = refused.await.expect_err("it is refused").to_string();
    assert!(refused.contains("start it anew"), "{refused}");
    assert_eq!(check_chains(&house.app.db).await, records);

    let again = started_with(house, &new);
    let college = Tenant {
        api: again.api.clone(),
        ..scene.college.clone()
    };
    let issued = college.issue(&scene.demonstration, "after").await;
    let after = super::Record::of(&issued);
    assert_eq!(after.kid(), before.kid());
    for record in [&before, &after] {
        assert_eq!(again.api.outcome(&record.jwt).await, "VALID");
    }
    let op = again.app.operator();
    let made = create_provider(&op, hillside()).await;
    made.expect("it is made");
}

fn hillside() -> NewProvider {
    NewProvider {
        slug: "hillside".to_owned(),
        name: "H".to_owned(),
        url: "https://h.example".to_owned(),
    }
}

async fn a_damaged_key_changes_nothing(house: House) {
    let platform = house.with_samples().await;
    for slug in ["riverside", "hillside"] {
        Tenant::create(&house.api, &platform, slug).await;
    }
    let db = house.db();
    let rows = data_key::Entity::find()
        .all(db)
        .await
        .expect("they can be read");
    let last = rows
        .iter()
        .max_by_key(|r| r.provider_id)
        .expect("there are two");
    let mut damaged = last.clone().into_active_model();
    let mut wrapped = last.wrapped.clone();
    *wrapped.last_mut().expect("it is long") ^= 1;
    damaged.wrapped = Set(wrapped);
    damaged.update(db).await.expect("it can be changed");
    let before = data_key::Entity::find()
        .all(db)
        .await
        .expect("they can be read");
    let (old, new) = (
        MasterKey::from_bytes(MASTER_KEY),
        MasterKey::from_bytes([9; 32]),
    );
    let refused = rewrap(&house.app.operator(), &old, &new).await;
    let refused = refused.expect_err("it is refused").to_string();
    assert!(refused.contains(&last.provider_id.to_string()), "{refused}");
    assert!(refused.contains("restore it from a backup"), "{refused}");
    let after = data_key::Entity::find()
        .all(db)
        .await
        .expect("they can be read");
    assert_eq!(before, after);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_machine_starts_with_the_new_key_only() {
    let (folder, house) = Folder::make().await;
    let scene = Scene::set(house).await;
    let record = scene.issue("a").await;
    let list = ["list", "--provider", "riverside"];
    assert_eq!(folder.keys(&list).code, Some(0));
    let old = fs::read_to_string(folder.path("data/master.key")).expect("it is there");
    let rewrapped = folder.keys(&["rewrap", "--new-master-key-file", "new.key"]);
    assert_eq!(rewrapped.code, Some(0), "{}", rewrapped.err);
    let new = fs::read_to_string(folder.path("new.key")).expect("it was made");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let meta = fs::metadata(folder.path("new.key")).expect("it is there");
        assert_eq!(meta.permissions().mode() & 0o777, 0o600);
    }
    let told = format!("{}{}", rewrapped.out, rewrapped.err);
    for secret in [&old, &new] {
        let half = secret.get(..20).expect("it is ASCII");
        assert!(!told.contains(half), "{told}");
    }
    assert!(told.contains("mv new.key data/master.key"), "{told}");
    let refused = folder.keys(&list);
    assert_eq!(refused.code, Some(2));
    let (old, new) = (MasterKey::parse(&old), MasterKey::parse(&new));
    let (old, new) = (old.expect("it is a key"), new.expect("it is a key"));
    assert!(refused.err.contains(&old.id()) && refused.err.contains(&new.id()));
    // Doing it again from the old key is refused as well, and does no harm.
    let again = folder.keys(&["rewrap", "--new-master-key-file", "newer.key"]);
    assert_eq!(again.code, Some(2), "{}", again.err);
    assert!(!folder.path("newer.key").exists());
    fs::rename(folder.path("new.key"), folder.path("data/master.key")).expect("it can be moved");
    assert_eq!(folder.keys(&list).code, Some(0));
    assert_eq!(
        folder.keys(&["rotate", "--provider", "riverside"]).code,
        Some(0)
    );
    let again = started_with(&scene.house, &new);
    assert_eq!(again.api.outcome(&record.jwt).await, "VALID");
    // The key in use is no new one.
    let same = folder.keys(&["rewrap", "--new-master-key-file", "data/master.key"]);
    assert_eq!(same.code, Some(1), "{}", same.err);
}
