//! Each way of securing a record, and the status lists that the records share.

use std::collections::{BTreeMap, BTreeSet};

use attestry::{catalog::samples::SAMPLES, credential::mechanism::Mechanism};
use entity::{credential, status_list};
use futures_util::future::join_all;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use crate::support::{Api, House, Tenant, audit::check_chains, cast, on_each_database, proofs};

on_each_database!(
    each_mechanism_secures_a_demonstration,
    a_key_stands_for_one_mechanism,
    lists_roll_over_under_concurrent_issuance,
);

const ISSUED: &str = "/issueCredential/credential";

async fn scene(house: &House) -> (Tenant, String) {
    let platform = house.with_samples().await;
    let college = Tenant::create(&house.api, &platform, "riverside").await;
    let statement = &cast::statements(&house.api, SAMPLES[0].soc, 1).await[0];
    let demonstration = college.demonstration(statement, false).await;
    (college, demonstration)
}

async fn each_mechanism_secures_a_demonstration(house: House) {
    let (college, demonstration) = scene(&house).await;
    let of = |answer: &crate::support::Answer, name: &str| answer.at(ISSUED)[name].clone();
    for mechanism in Mechanism::ALL {
        let name = mechanism.as_str();
        let answer = college.issue_as(name, &demonstration, name).await;
        assert_eq!(of(&answer, "mechanism"), name);
        assert_eq!(of(&answer, "state"), "ISSUED");
        let secured = answer.text(&format!("{ISSUED}/secured"));
        if mechanism.is_embedded() {
            assert_eq!(of(&answer, "jwt"), Value::Null);
            let document: Value = serde_json::from_str(&secured).expect("it is JSON");
            let suite = name.to_lowercase().replace('_', "-");
            assert_eq!(document["proof"]["cryptosuite"], suite);
            assert_eq!(document["id"], of(&answer, "urn"));
            assert_eq!(proofs::held_by(&house.app, "riverside", &secured).await, 1);
        } else {
            assert_eq!(of(&answer, "jwt"), secured);
            assert_eq!(house.api.outcome(&secured).await, "VALID", "{name}");
        }
    }
    // Whoever asks for none gets the first.
    let input = json!({"demonstrationId": demonstration, "idempotencyKey": "usual"});
    let usual = college
        .admin("issueCredential", cast::CREDENTIAL, input)
        .await;
    assert_eq!(of(&usual, "mechanism"), "EDDSA_RDFC_2022");
    check_chains(&house.app.db).await;
}

async fn a_key_stands_for_one_mechanism(house: House) {
    let (college, demonstration) = scene(&house).await;
    for first in Mechanism::ALL {
        let key = first.as_str();
        let issued = college.issue_as(key, &demonstration, key).await;
        let id = issued.text(&format!("{ISSUED}/id"));
        for then in Mechanism::ALL {
            let again = college.issue_as(then.as_str(), &demonstration, key).await;
            if then == first {
                assert_eq!(again.text(&format!("{ISSUED}/id")), id);
            } else {
                assert_eq!(again.user_errors(), ["IDEMPOTENCY_KEY_REUSED"], "{again:?}");
            }
        }
    }
}

async fn lists_roll_over_under_concurrent_issuance(house: House) {
    const CAPACITY: u32 = 3;
    const RECORDS: usize = 20;
    let (college, demonstration) = scene(&house).await;
    let mut replicas = vec![Api::of(&house.with_lists_of(CAPACITY))];
    if house.app.db.is_postgres() {
        let other = House {
            all: house.all.clone(),
            data: std::sync::Arc::clone(&house.data),
            app: house.replica().await,
            clock: house.clock.clone(),
            database_url: house.database_url.clone(),
            api: house.api.clone(),
        };
        replicas.push(Api::of(&other.with_lists_of(CAPACITY)));
    }
    // From the first record of the installation on, all at once.
    let issued = join_all((0..RECORDS).map(|n| {
        let api = replicas[n % replicas.len()].clone();
        let (college, demonstration) = (
            Tenant {
                api,
                ..college.clone()
            },
            demonstration.clone(),
        );
        let mechanism = Mechanism::ALL[n % Mechanism::ALL.len()].as_str();
        tokio::spawn(async move {
            let key = format!("key {n}");
            college.issue_as(mechanism, &demonstration, &key).await
        })
    }))
    .await;
    for answer in issued {
        let answer = answer.expect("no task panics");
        assert_eq!(answer.at(ISSUED)["state"], "ISSUED", "{answer:?}");
    }
    let db = house.db();
    let lists = status_list::Entity::find().all(db).await.expect("lists");
    let records = credential::Entity::find().all(db).await.expect("records");
    let mut places: BTreeMap<_, BTreeSet<i32>> = BTreeMap::new();
    for record in &records {
        let taken = places.entry(record.status_list_id).or_default();
        assert!(
            taken.insert(record.status_index),
            "an index was given twice"
        );
    }
    let capacity = usize::try_from(CAPACITY).expect("it is small");
    assert_eq!(lists.len(), RECORDS.div_ceil(capacity), "{lists:?}");
    assert_eq!(lists.iter().filter(|l| l.open).count(), 1, "{lists:?}");
    for list in &lists {
        let taken = places.get(&list.id).map_or(0, BTreeSet::len);
        assert_eq!(usize::try_from(list.allocated), Ok(taken));
        let full = taken == capacity;
        assert!(full != list.open && taken <= capacity, "{list:?}");
    }
    // A record in any of them can be revoked, and only that one is.
    let of = |n: usize| records[n].clone();
    let (one, other) = (of(0), of(RECORDS - 1));
    let id = attestry::kernel::ids::global("Credential", one.id);
    college.change("revokeCredential", &id).await;
    let bit = async |row: &credential::Model| {
        let list = attestry::credential::ops::lists::signed_list(&house.app, row.status_list_id);
        let list = list.await.expect("it is signed").expect("it is there");
        let list: Value = serde_json::from_str(&list.document).expect("it is JSON");
        let bits = list["credentialSubject"]["encodedList"].as_str();
        let bits = attestry::credential::status::Bitstring::decode(bits.expect("text"));
        let index = u64::try_from(row.status_index).expect("it is positive");
        bits.expect("they expand").get(index)
    };
    assert_eq!(
        (bit(&one).await, bit(&other).await),
        (Some(true), Some(false))
    );
}
