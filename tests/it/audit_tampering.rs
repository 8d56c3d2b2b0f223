//! What is changed in the audit log behind the program's back is found, by raw SQL on both databases.

mod command;
mod read;

use attestry::identity::{
    audit::{self, PLATFORM},
    chain::{Fault, Marks},
    ops::log,
};
use entity::{audit_head, audit_record};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};

use crate::support::{House, Tenant, on_each_database};

on_each_database!(
    an_edit_of_any_column_is_found,
    a_deletion_is_found,
    an_insertion_is_found,
    what_was_cut_off_is_found_by_a_checkpoint,
);

/// A log with two chains, and the records of one of them.
struct Scene {
    house: House,
    chain: String,
    records: Vec<audit_record::Model>,
}

impl Scene {
    async fn set(house: House) -> Self {
        let platform = house.bootstrap().await;
        let college = Tenant::create(&house.api, &platform, "riverside").await;
        let (_, id) = attestry::kernel::ids::parse_global(&college.provider).expect("an id");
        let chain = id.to_string();
        let records = audit_record::Entity::find()
            .filter(audit_record::Column::Chain.eq(chain.as_str()))
            .order_by_asc(audit_record::Column::Sequence)
            .all(house.db())
            .await
            .expect("it can be read");
        assert!(records.len() >= 5, "{records:?}");
        let scene = Self {
            house,
            chain,
            records,
        };
        assert_eq!(scene.found(&Marks::default()).await, []);
        scene
    }

    async fn run(&self, sql: &str) {
        let run = self.house.db().execute_unprepared(sql).await;
        let rows = run.unwrap_or_else(|e| panic!("{sql}: {e}")).rows_affected();
        assert!(rows > 0, "{sql} touched nothing");
    }

    /// What a walk along all chains finds.
    async fn found(&self, marks: &Marks) -> Vec<(String, i64, Fault)> {
        let op = self.house.app.operator();
        let verified = log::verify(&op, None, marks, |_| ())
            .await
            .expect("it walks");
        let findings = verified.findings.into_iter();
        findings.map(|f| (f.chain, f.sequence, f.fault)).collect()
    }

    /// What it finds in the one chain.
    async fn found_here(&self, marks: &Marks) -> Vec<(i64, Fault)> {
        let found = self.found(marks).await.into_iter();
        found
            .map(|(chain, sequence, fault)| {
                assert_eq!(chain, self.chain);
                (sequence, fault)
            })
            .collect()
    }

    async fn checkpoint(&self) -> Marks {
        let mut marks = Marks::default();
        let op = self.house.app.operator();
        marks.add(log::checkpoint(&op).await.expect("it is told"));
        marks
    }

    /// Puts a record back as it was.
    async fn restore(&self, row: &audit_record::Model) {
        let row = row.clone().into_active_model().reset_all();
        row.update(self.house.db()).await.expect("it is there");
    }

    async fn add(&self, row: &audit_record::Model) {
        let row = audit_record::Entity::insert(row.clone().into_active_model());
        row.exec_without_returning(self.house.db())
            .await
            .expect("it is added");
    }

    async fn set_head(&self, row: &audit_record::Model) {
        let head = audit_head::Model {
            chain: row.chain.clone(),
            sequence: row.sequence,
            hash: row.hash.clone(),
        };
        let head = head.into_active_model().reset_all();
        head.update(self.house.db()).await.expect("it is there");
    }
}

async fn an_edit_of_any_column_is_found(house: House) {
    let scene = Scene::set(house).await;
    let none = Marks::default();
    let row = &scene.records[2];
    let bytes = if scene.house.app.db.is_postgres() {
        format!("'\\x{}'", "ab".repeat(32))
    } else {
        format!("x'{}'", "ab".repeat(32))
    };
    let bytes = bytes.as_str();
    let last = scene.records.len() as i64;
    // The row's id is no part of the log: nothing is told by it.
    for (column, value, expected) in [
        ("at", "1", vec![(3, Fault::Changed)]),
        ("actor", "'somebody else'", vec![(3, Fault::Changed)]),
        ("action", "'learner.erase'", vec![(3, Fault::Changed)]),
        ("target", "'another'", vec![(3, Fault::Changed)]),
        ("request_id", "'another'", vec![(3, Fault::Changed)]),
        ("before_digest", bytes, vec![(3, Fault::Changed)]),
        ("after_digest", bytes, vec![(3, Fault::Changed)]),
        ("after_digest", "NULL", vec![(3, Fault::Changed)]),
        (
            "previous_hash",
            bytes,
            vec![(3, Fault::Unlinked), (3, Fault::Changed)],
        ),
        (
            "hash",
            bytes,
            vec![(3, Fault::Changed), (4, Fault::Unlinked)],
        ),
        (
            "sequence",
            "1000",
            vec![
                (3, Fault::Missing(3)),
                (last + 1, Fault::Missing(999)),
                (1000, Fault::Changed),
                (1000, Fault::WrongHead),
            ],
        ),
    ] {
        let id = row.id;
        let is_it = format!(
            "chain = '{}' AND request_id = '{}'",
            scene.chain, row.request_id
        );
        scene
            .run(&format!(
                "UPDATE audit_record SET {column} = {value} WHERE {is_it} AND sequence = 3"
            ))
            .await;
        assert_eq!(scene.found_here(&none).await, expected, "{column} of {id}");
        scene.restore(row).await;
        assert_eq!(scene.found_here(&none).await, [], "{column} restored");
    }
    // Into another chain.
    let away = format!(
        "UPDATE audit_record SET chain = '{PLATFORM}', sequence = 1000
        WHERE chain = '{}' AND sequence = 3",
        scene.chain
    );
    scene.run(&away).await;
    let found = scene.found(&none).await;
    assert!(
        found.contains(&(scene.chain.clone(), 3, Fault::Missing(3))),
        "{found:?}"
    );
    assert!(
        found.contains(&(PLATFORM.to_owned(), 1000, Fault::Changed)),
        "{found:?}"
    );
    scene.restore(row).await;
    // With a hash that is right again, what follows tells.
    let mut forged = row.clone();
    forged.actor = "somebody else".to_owned();
    forged.hash = audit::hash(&forged).to_vec();
    scene.restore(&forged).await;
    assert_eq!(scene.found_here(&none).await, [(4, Fault::Unlinked)]);
}

async fn a_deletion_is_found(house: House) {
    let scene = Scene::set(house).await;
    let none = Marks::default();
    let last = scene.records.len() as i64;
    for (gone, fault) in [
        (1, Fault::Missing(1)),
        (3, Fault::Missing(3)),
        (last, Fault::Truncated),
    ] {
        let delete = format!(
            "DELETE FROM audit_record WHERE chain = '{}' AND sequence = {gone}",
            scene.chain
        );
        scene.run(&delete).await;
        assert_eq!(scene.found_here(&none).await, [(gone, fault)]);
        scene.add(&scene.records[gone as usize - 1]).await;
    }
    let delete = format!(
        "DELETE FROM audit_record WHERE chain = '{}' AND sequence IN (2, 3)",
        scene.chain
    );
    scene.run(&delete).await;
    assert_eq!(scene.found_here(&none).await, [(2, Fault::Missing(3))]);
    for row in &scene.records[1..3] {
        scene.add(row).await;
    }
    let delete = format!("DELETE FROM audit_head WHERE chain = '{}'", scene.chain);
    scene.run(&delete).await;
    assert_eq!(scene.found_here(&none).await, [(last, Fault::NoHead)]);
}

async fn an_insertion_is_found(house: House) {
    let scene = Scene::set(house).await;
    let none = Marks::default();
    let end = scene.records.last().expect("records");
    let forge = |sequence: i64, previous: &[u8]| {
        let mut row = audit_record::Model {
            id: uuid::Uuid::from_u128(sequence.unsigned_abs().into()),
            sequence,
            previous_hash: previous.to_vec(),
            ..end.clone()
        };
        row.hash = audit::hash(&row).to_vec();
        row
    };
    scene.add(&forge(0, &[0; 32])).await;
    assert_eq!(scene.found_here(&none).await, [(0, Fault::Inserted)]);
    let next = end.sequence + 1;
    scene.add(&forge(next, &end.hash)).await;
    let expected = [(0, Fault::Inserted), (next, Fault::WrongHead)];
    assert_eq!(scene.found_here(&none).await, expected);
    let wrong = forge(next, &[7; 32]);
    scene.set_head(&wrong).await;
    let expected = [(0, Fault::Inserted), (next, Fault::WrongHead)];
    assert_eq!(scene.found_here(&none).await, expected);
}

async fn what_was_cut_off_is_found_by_a_checkpoint(house: House) {
    let scene = Scene::set(house).await;
    let none = Marks::default();
    let marks = scene.checkpoint().await;
    assert_eq!(scene.found(&marks).await, []);
    let (last, rest) = scene.records.split_last().expect("records");
    let delete = format!(
        "DELETE FROM audit_record WHERE chain = '{}' AND sequence = {}",
        scene.chain, last.sequence
    );
    scene.run(&delete).await;
    scene.set_head(&rest[rest.len() - 1]).await;
    // Nothing within the database tells it any more.
    assert_eq!(scene.found(&none).await, []);
    assert_eq!(
        scene.found_here(&marks).await,
        [(last.sequence, Fault::Truncated)]
    );
    // Nor that another record took its place.
    let mut other = audit_record::Model {
        actor: "somebody else".to_owned(),
        ..last.clone()
    };
    other.hash = audit::hash(&other).to_vec();
    scene.add(&other).await;
    scene.set_head(&other).await;
    assert_eq!(scene.found(&none).await, []);
    assert_eq!(
        scene.found_here(&marks).await,
        [(last.sequence, Fault::Rewritten)]
    );
    // Nor that there ever was a chain.
    for table in ["audit_record", "audit_head"] {
        let delete = format!("DELETE FROM {table} WHERE chain = '{}'", scene.chain);
        scene.run(&delete).await;
    }
    assert_eq!(scene.found(&none).await, []);
    assert_eq!(
        scene.found_here(&marks).await,
        [(last.sequence, Fault::Truncated)]
    );
}
