//! Tables of results.

use attestry::{bulk::model::Order, kernel::errors::Error};
use entity::{assessment, evidence, observation, statement};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;

use super::scene::{RESULTS, Scene, row_id, strict, told};
use crate::support::{House, audit::check_chains, on_each_database};

on_each_database!(
    results_become_observations_in_the_open_assessment,
    each_wrong_name_is_told,
    the_rules_of_recording_hold,
    what_is_recorded_already_is_told,
    another_tenant_is_unknown,
);

async fn observations(scene: &Scene) -> Vec<observation::Model> {
    let select = observation::Entity::find().order_by_asc(observation::Column::Id);
    select.all(scene.house.db()).await.unwrap()
}

async fn results_become_observations_in_the_open_assessment(house: House) {
    let scene = Scene::set(house).await;
    let open = scene
        .college
        .open(&scene.plan, &scene.college.learner)
        .await;
    let second = scene.college.learner(json!({
        "externalId": "2026-002", "name": "Second", "email": "second@people.example",
    }));
    second.await;
    let id = row_id(&scene.statements[1]);
    let code = statement::Entity::find_by_id(id)
        .one(scene.house.db())
        .await;
    let code = code.unwrap().unwrap().code;
    let end = code.rsplit('/').next().unwrap();
    let member = &scene.college.assessors[1].id;
    let table = format!(
        "{RESULTS}{}\
        2026-001,https://skills.example/statements/{id},4,{member},2026-01-02T10:00:00Z,https://e.example/1,\n\
        2026-002,{code},2,FIRST@riverside.example,2026-01-03,,\n\
        2026-002,{end},3,first@riverside.example,2026-01-04,,x\n",
        scene.row(0, "3", "2026-01-02")
    );
    let report = scene
        .import(&strict(scene.results()), &table)
        .await
        .unwrap();
    assert_eq!((report.accepted, told(&report)), (4, vec![]));
    let found = observations(&scene).await;
    let ratings: Vec<_> = found.iter().map(|o| o.rating).collect();
    assert_eq!(ratings, [3, 4, 2, 3], "in the order of the file");
    assert!(found[..2].iter().all(|o| o.assessment_id == row_id(&open)));
    assert!(found[1..].iter().all(|o| o.statement_id == id));
    assert_eq!(found[1].assessor_id, row_id(member));
    let opened = assessment::Entity::find_by_id(found[2].assessment_id);
    let opened = opened.one(scene.house.db()).await.unwrap().unwrap();
    assert_eq!(opened.state, "OPEN");
    assert_eq!(found[3].assessment_id, opened.id, "one is opened, not two");
    let urls = evidence::Entity::find()
        .all(scene.house.db())
        .await
        .unwrap();
    assert_eq!((urls.len(), urls[0].observation_id), (1, found[1].id));
    assert_eq!(
        (urls[0].kind.as_str(), urls[0].value.as_str()),
        ("URL", "https://e.example/1")
    );
    check_chains(&scene.house.app.db).await;
}

async fn each_wrong_name_is_told(house: House) {
    let scene = Scene::set(house).await;
    let other_statement = "9f1b6f9e-0000-4000-8000-000000000000";
    let admin = &scene.college.admin.id;
    let of = |learner: &str, statement: &str, assessor: &str| {
        format!("{learner},{statement},3,{assessor},2026-01-02,,\n")
    };
    let (good, first) = (&scene.statements[0], "first@riverside.example");
    let table = [
        RESULTS.to_owned(),
        of("2026-009", good, first),
        of("2026-001", other_statement, first),
        of("2026-001", "9.99", first),
        of("2026-001", good, "nobody@riverside.example"),
        of("2026-001", good, admin),
        of("2026-001", good, "first@hillside.example"),
        of("nobody", "9.99", "nobody@riverside.example"),
    ];
    let report = scene
        .import(&strict(scene.results()), &table.concat())
        .await
        .unwrap();
    let expected = [
        (2, "learner", "UNKNOWN_LEARNER"),
        (3, "statement", "NOT_IN_PLAN"),
        (4, "statement", "NOT_IN_PLAN"),
        (5, "assessor", "UNKNOWN_ASSESSOR"),
        (6, "assessor", "NOT_AN_ASSESSOR"),
        (7, "assessor", "UNKNOWN_ASSESSOR"),
        (8, "learner", "UNKNOWN_LEARNER"),
        (8, "assessor", "UNKNOWN_ASSESSOR"),
        (8, "statement", "NOT_IN_PLAN"),
    ];
    assert_eq!(told(&report), expected);
    assert!(observations(&scene).await.is_empty());
}

async fn the_rules_of_recording_hold(house: House) {
    let scene = Scene::set(house).await;
    scene
        .college
        .learner(json!({
            "externalId": "self", "name": "First", "email": "first@riverside.example",
        }))
        .await;
    let statement = &scene.statements[0];
    let table = format!(
        "{RESULTS}{}{}{}\
        2026-001,{statement},3,first@riverside.example,2026-01-02,ftp://e.example/1,\n\
        self,{statement},3,first@riverside.example,2026-01-02,,\n",
        scene.row(0, "5", "2026-01-02"),
        scene.row(0, "3", "2999-01-02"),
        scene.row(1, "3", "2026-01-02"),
    );
    let order = Order {
        skip_bad_lines: true,
        ..strict(scene.results())
    };
    let report = scene.import(&order, &table).await.unwrap();
    let expected = [
        (2, "rating", "OUT_OF_RANGE"),
        (3, "time", "IN_THE_FUTURE"),
        (5, "evidence_url", "BAD_EVIDENCE"),
        (6, "assessor", "SELF_ASSESSMENT"),
    ];
    assert_eq!(told(&report), expected);
    assert_eq!(observations(&scene).await.len(), 1);
    let assessments = assessment::Entity::find()
        .all(scene.house.db())
        .await
        .unwrap();
    assert_eq!(assessments.len(), 1, "none is opened for refused rows");
}

async fn what_is_recorded_already_is_told(house: House) {
    let scene = Scene::set(house).await;
    let row = scene.row(0, "3", "2026-01-02");
    let twice = format!("{RESULTS}{row}{row}");
    let report = scene
        .import(&strict(scene.results()), &twice)
        .await
        .unwrap();
    assert_eq!(told(&report), [(3, "", "ALREADY_RECORDED")]);
    assert!(observations(&scene).await.is_empty());
    let once = format!("{RESULTS}{row}");
    let report = scene.import(&strict(scene.results()), &once).await.unwrap();
    assert_eq!(report.accepted, 1);
    let again = scene.import(&strict(scene.results()), &once).await.unwrap();
    assert_eq!(told(&again), [(2, "", "ALREADY_RECORDED")]);
    // After the assessment has gone on, too; and what differs is no repetition.
    let open = assessment::Entity::find()
        .one(scene.house.db())
        .await
        .unwrap()
        .unwrap();
    let decided = assessment::ActiveModel {
        id: sea_orm::Set(open.id),
        state: sea_orm::Set("DECIDED".to_owned()),
        ..Default::default()
    };
    assessment::Entity::update(decided)
        .exec(scene.house.db())
        .await
        .unwrap();
    let more = format!("{once}{}", scene.row(0, "4", "2026-01-02"));
    let order = Order {
        skip_bad_lines: true,
        ..strict(scene.results())
    };
    let report = scene.import(&order, &more).await.unwrap();
    assert_eq!(told(&report), [(2, "", "ALREADY_RECORDED")]);
    let found = observations(&scene).await;
    assert_eq!(found.len(), 2);
    assert_ne!(found[0].assessment_id, found[1].assessment_id);
}

async fn another_tenant_is_unknown(house: House) {
    let scene = Scene::set(house).await;
    scene
        .other
        .learner(json!({
            "externalId": "theirs", "name": "Theirs", "email": "theirs@people.example",
        }))
        .await;
    let plan = scene.other.plan(&scene.statements, false).await;
    let theirs = attestry::bulk::model::Kind::Results {
        plan: row_id(&plan),
    };
    let refused = scene.import(&strict(theirs), RESULTS).await;
    assert!(matches!(refused, Err(Error::NotFound(_))), "{refused:?}");
    let table = format!(
        "{RESULTS}{}",
        scene
            .row(0, "3", "2026-01-02")
            .replace("2026-001", "theirs")
    );
    let report = scene
        .import(&strict(scene.results()), &table)
        .await
        .unwrap();
    assert_eq!(told(&report), [(2, "learner", "UNKNOWN_LEARNER")]);
}
