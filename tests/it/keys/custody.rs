//! Another custody than the one that comes with the program: one that can also be out of reach.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use attestry::{
    app::App,
    credential::{
        crypto::Ed25519Signer,
        custody::{Custody, CustodyError, SecretKey, Seed, Slot},
    },
    kernel::rng::{self, Rng, SystemRng},
};
use entity::{reissue, signing_key};
use sea_orm::EntityTrait;
use serde_json::json;
use uuid::Uuid;

use super::Scene;
use crate::support::{Api, House, audit::check_chains, on_each_database};

on_each_database!(
    keys_can_be_kept_elsewhere,
    a_reissue_that_was_interrupted_goes_on,
);

/// Keeps keys in memory, and hands out names for them.
#[derive(Clone, Default)]
struct Strongbox {
    keys: Arc<Mutex<HashMap<Vec<u8>, Ed25519Signer>>>,
    away: Arc<AtomicBool>,
}

impl Custody for Strongbox {
    fn name(&self) -> String {
        "box".to_owned()
    }

    fn enroll(&self, _: Uuid, _: &dyn Rng) -> Result<Vec<u8>, CustodyError> {
        Ok(Vec::new())
    }

    fn import(&self, slot: &Slot<'_>, seed: &Seed, _: &dyn Rng) -> Result<Vec<u8>, CustodyError> {
        let name = slot.key.as_bytes().to_vec();
        let signer = Ed25519Signer::new(seed.expose());
        self.keys
            .lock()
            .expect("no panic")
            .insert(name.clone(), signer);
        Ok(name)
    }

    fn open(&self, _: &Slot<'_>, kept: &[u8]) -> Result<Arc<dyn SecretKey>, CustodyError> {
        let keys = self.keys.lock().expect("no panic");
        match keys.get(kept) {
            Some(key) if !self.away.load(Ordering::SeqCst) => Ok(Arc::new(key.clone())),
            _ => Err(CustodyError::Damaged { what: "box" }),
        }
    }

    fn seal(&self, _: &Slot<'_>, _: &str, _: &[u8], _: &dyn Rng) -> Result<Vec<u8>, CustodyError> {
        Err(CustodyError::Sealing { what: "secret" })
    }

    fn unseal(
        &self,
        _: &Slot<'_>,
        _: &str,
        _: &[u8],
    ) -> Result<zeroize::Zeroizing<Vec<u8>>, CustodyError> {
        Err(CustodyError::Damaged { what: "secret" })
    }
}

async fn scene(house: House) -> (Scene, Strongbox) {
    let custody = Strongbox::default();
    let (db, clock) = (house.app.db.clone(), Arc::clone(&house.clock));
    let config = house.app.config.clone();
    let app = App::new(db, clock, Arc::new(SystemRng), custody.clone(), config);
    let house = House {
        api: Api::of(&app),
        app,
        ..house
    };
    (Scene::set(house).await, custody)
}

async fn keys_can_be_kept_elsewhere(house: House) {
    let (scene, custody) = scene(house).await;
    let first = scene.issue("a").await;
    scene.rotate(json!({})).await;
    let second = scene.issue("b").await;
    for record in [&first, &second] {
        assert_eq!(scene.outcome(record).await, "VALID");
    }
    assert_eq!(custody.keys.lock().expect("no panic").len(), 2);
    let rows = signing_key::Entity::find().all(scene.house.db()).await;
    for row in rows.expect("they can be read") {
        assert_eq!(row.sealed_seed, row.id.as_bytes());
    }
    // One that opens another key than it is asked for is found out before anything is signed.
    let other = Ed25519Signer::new(&rng::bytes(&SystemRng));
    for key in custody.keys.lock().expect("no panic").values_mut() {
        *key = other.clone();
    }
    let refused = scene.college.issue(&scene.demonstration, "c").await;
    assert_eq!(refused.code(), Some("INTERNAL"), "{refused:?}");
}

async fn a_reissue_that_was_interrupted_goes_on(house: House) {
    let (scene, custody) = scene(house).await;
    let record = scene.issue("a").await;
    let ids = |keys: Vec<serde_json::Value>| -> Vec<String> {
        let ids = keys
            .iter()
            .map(|k| k["id"].as_str().expect("an id").to_owned());
        ids.collect()
    };
    let first = ids(scene.keys().await).remove(0);
    scene.compromise(&first).await;
    // The intent is recorded, and then nothing can be signed.
    custody.away.store(true, Ordering::SeqCst);
    for _ in 0..2 {
        let failed = scene.reissue(&first, 10).await;
        assert_eq!(failed.code(), Some("INTERNAL"), "{failed:?}");
    }
    let db = scene.house.db();
    let intents = reissue::Entity::find()
        .all(db)
        .await
        .expect("they can be read");
    assert_eq!(intents.len(), 1);
    assert!(intents[0].signing_input.is_some() && intents[0].signed_at.is_none());
    assert_eq!(
        scene.read(&record).await,
        record,
        "what there was is still there"
    );
    // The key that it was prepared for is stolen too: it is signed by the one after.
    let second = ids(scene.keys().await).remove(1);
    let marked = scene.compromise(&second).await;
    let third = marked.text("/markKeyCompromised/compromise/successor/verificationMethod");
    custody.away.store(false, Ordering::SeqCst);
    let done = scene.reissue(&first, 10).await;
    let told = done.at("/reissueCredentials/reissue");
    assert_eq!(told, &json!({"reissued": 1, "remaining": 0}), "{done:?}");
    let now = scene.read(&record).await;
    assert_eq!(
        (now.kid(), &now.urn, now.index),
        (third, &record.urn, record.index)
    );
    assert_eq!(scene.outcome(&now).await, "VALID");
    let intents = reissue::Entity::find()
        .all(db)
        .await
        .expect("they can be read");
    assert_eq!((intents.len(), &intents[0].signing_input), (1, &None));
    check_chains(&scene.house.app.db).await;
}
