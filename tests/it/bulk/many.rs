//! Many rows.

use std::fmt::Write as _;

use attestry::bulk::model::Kind;

use super::scene::{RESULTS, Scene, strict, told};
use crate::support::{House, audit::check_chains, on_each_database};

on_each_database!(twenty_thousand_rows_are_one_transaction);

const LEARNERS: usize = 400;
const TIMES: usize = 25;

async fn twenty_thousand_rows_are_one_transaction(house: House) {
    let scene = Scene::set(house).await;
    let mut people = "external_id,name,email\n".to_owned();
    for n in 0..LEARNERS {
        writeln!(people, "L-{n},Learner {n},l{n}@people.example").unwrap();
    }
    scene
        .import(&strict(Kind::Learners), &people)
        .await
        .unwrap();
    let mut table = RESULTS.to_owned();
    for time in 0..TIMES {
        for n in 0..LEARNERS {
            for statement in 0..2 {
                let row = scene.row(statement, "3", &format!("2026-01-01T00:00:{time:02}Z"));
                table += &row.replacen("2026-001", &format!("L-{n}"), 1);
            }
        }
    }
    let rows = u64::try_from(LEARNERS * TIMES * 2).unwrap();
    // One bad row at the very end keeps them all out.
    let bad = format!("{table}L-0,x,3,first@riverside.example,2026-01-01,,\n");
    let before = scene.counts().await;
    let report = scene.import(&strict(scene.results()), &bad).await.unwrap();
    assert_eq!(told(&report), [(rows + 2, "statement", "NOT_IN_PLAN")]);
    let after = scene.counts().await;
    assert_eq!(after[..4], before[..4]);
    let report = scene
        .import(&strict(scene.results()), &table)
        .await
        .unwrap();
    assert_eq!((report.accepted, report.refused), (rows, 0));
    let filled = scene.counts().await;
    assert_eq!(filled[1], before[1] + u64::try_from(LEARNERS).unwrap());
    assert_eq!(filled[2], before[2] + rows);
    check_chains(&scene.house.app.db).await;
    let again = scene
        .import(&strict(scene.results()), &table)
        .await
        .unwrap();
    assert_eq!((again.accepted, again.refused), (0, rows));
    assert_eq!(again.problems.len(), 1_000);
    assert_eq!(again.untold, rows - 1_000);
}
