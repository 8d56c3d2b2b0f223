//! Exports are imports' own tables.

use attestry::bulk::{
    model::{Kind, Order},
    ops::{results_page, roster_page},
};
use serde_json::json;
use uuid::Uuid;

use super::scene::{RESULTS, Scene, row_id, strict, told};
use crate::support::{House, on_each_database};

on_each_database!(
    a_roster_is_read_back_elsewhere,
    results_are_read_back_as_recorded_already,
);

async fn roster(scene: &Scene, provider: &str) -> String {
    let op = scene.house.app.operator();
    let (mut text, mut after) = (String::new(), None::<Uuid>);
    loop {
        let part = roster_page(&op, Some(row_id(provider)), after)
            .await
            .unwrap();
        text += &part.text;
        after = part.next;
        if after.is_none() {
            return text;
        }
    }
}

async fn a_roster_is_read_back_elsewhere(house: House) {
    let scene = Scene::set(house).await;
    let formula = json!({
        "externalId": "=1+1", "name": "@SUM(A1), \"x\"", "email": "x@people.example",
    });
    scene.other.learner(formula).await;
    let theirs = roster(&scene, &scene.other.provider).await;
    assert!(
        theirs.starts_with("external_id,name,email,did\r\n"),
        "{theirs}"
    );
    assert!(
        theirs.contains("\r\n'=1+1,\"'@SUM(A1), \"\"x\"\"\",x@people.example,\r\n"),
        "{theirs}"
    );
    // One row has an identifier that is taken here.
    let order = Order {
        skip_bad_lines: true,
        ..strict(Kind::Learners)
    };
    let report = scene.import(&order, &theirs).await.unwrap();
    assert_eq!(told(&report), [(2, "external_id", "TAKEN")]);
    let ours = roster(&scene, &scene.college.provider).await;
    assert_eq!(ours.lines().last(), theirs.lines().last());
}

async fn results_are_read_back_as_recorded_already(house: House) {
    let scene = Scene::set(house).await;
    let table = format!(
        "{RESULTS}{}{}",
        scene.row(0, "3", "2026-01-02"),
        scene
            .row(1, "4", "2026-01-02T10:00:00.125Z")
            .replace("the desk", "\"=x\ny\"")
            .replace("at ", ""),
    );
    let report = scene
        .import(&strict(scene.results()), &table)
        .await
        .unwrap();
    assert_eq!(told(&report), []);
    let op = scene.house.app.operator();
    let provider = Some(row_id(&scene.college.provider));
    let part = results_page(&op, provider, Some(row_id(&scene.plan)), None)
        .await
        .unwrap();
    assert_eq!(part.next, None);
    let lines: Vec<_> = part.text.split("\r\n").collect();
    let id = row_id(&scene.statements[1]);
    assert_eq!(
        lines[2],
        format!(
            "2026-001,https://skills.example/statements/{id},4,first@riverside.example,2026-01-02T10:00:00.125Z,,OBSERVATION,\"'=x\ny\""
        )
    );
    let again = scene
        .import(&strict(scene.results()), &part.text)
        .await
        .unwrap();
    let expected = [(2, "", "ALREADY_RECORDED"), (3, "", "ALREADY_RECORDED")];
    assert_eq!(told(&again), expected);
    let other = results_page(&op, Some(row_id(&scene.other.provider)), None, None).await;
    assert_eq!(other.unwrap().text.lines().count(), 1);
}
