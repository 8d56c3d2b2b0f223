//! Tables of learners.

use attestry::{
    bulk::model::{Kind, Order},
    identity::policy::{Role, Scope},
    kernel::errors::Error,
};
use entity::{bulk_job, bulk_problem, learner};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::scene::{Scene, row_id, strict, told};
use crate::support::{House, audit::check_chains, on_each_database};

on_each_database!(
    all_or_none_are_created,
    good_rows_are_kept_where_that_is_ordered,
    a_dry_run_writes_nothing,
    what_is_there_already_is_told,
);

const GOOD: &str = "external_id,name,email,did\n\
    L-1,Ada,Ada@people.example,\n\
    L-2,\"Grace, née Hopper\",,did:web:people.example:grace\n";

/// Line 4 has no name, line 5 neither address nor DID, line 6 the identifier of line 2.
const BAD: &str = "external_id;name;email\n\
    L-1;Ada;ada@people.example\n\
    L-2;Grace;grace@people.example\n\
    L-3;;x@people.example\n\
    L-4;Eve;\n\
    L-1;Mallory;mallory@people.example\n";

async fn all_or_none_are_created(house: House) {
    let scene = Scene::set(house).await;
    let before = scene.counts().await;
    let report = scene.import(&strict(Kind::Learners), BAD).await.unwrap();
    let expected = [
        (4, "name", "BAD_LENGTH"),
        (5, "email", "REQUIRED"),
        (6, "external_id", "TAKEN"),
    ];
    assert_eq!(told(&report), expected);
    assert_eq!((report.accepted, report.refused), (2, 3));
    let after = scene.counts().await;
    assert_eq!(after[0], before[0], "no learner was created");
    let jobs = bulk_job::Entity::find()
        .all(scene.house.db())
        .await
        .unwrap();
    assert_eq!(
        (jobs[0].state.as_str(), jobs[0].refused_rows),
        ("REFUSED", 3)
    );
    let kept = bulk_problem::Entity::find()
        .order_by_asc(bulk_problem::Column::Id)
        .all(scene.house.db())
        .await
        .unwrap();
    let lines: Vec<_> = kept.iter().map(|p| p.line).collect();
    assert_eq!(lines, [4, 5, 6]);
    assert!(kept.iter().all(|p| !p.message.contains("Mallory")));

    let report = scene.import(&strict(Kind::Learners), GOOD).await.unwrap();
    assert_eq!((report.accepted, report.refused), (2, 0));
    let rows = learner::Entity::find()
        .filter(learner::Column::ExternalId.starts_with("L-"))
        .order_by_asc(learner::Column::Id)
        .all(scene.house.db())
        .await
        .unwrap();
    let names: Vec<_> = rows.iter().map(|l| l.name.as_str()).collect();
    assert_eq!(names, ["Ada", "Grace, née Hopper"]);
    assert_eq!(rows[0].email.as_deref(), Some("ada@people.example"));
    assert!(
        rows.iter()
            .all(|l| l.provider_id == row_id(&scene.college.provider))
    );
    check_chains(&scene.house.app.db).await;
}

async fn good_rows_are_kept_where_that_is_ordered(house: House) {
    let scene = Scene::set(house).await;
    let before = scene.counts().await[0];
    let order = Order {
        skip_bad_lines: true,
        ..strict(Kind::Learners)
    };
    let report = scene.import(&order, BAD).await.unwrap();
    assert_eq!((report.accepted, report.refused), (2, 3));
    assert_eq!(scene.counts().await[0], before + 2);
    check_chains(&scene.house.app.db).await;
}

async fn a_dry_run_writes_nothing(house: House) {
    let scene = Scene::set(house).await;
    let before = scene.counts().await;
    for (table, refused) in [(GOOD, 0), (BAD, 3), ("name\nAda", 1), ("", 1)] {
        let order = Order {
            dry_run: true,
            ..strict(Kind::Learners)
        };
        let report = scene.import(&order, table).await.unwrap();
        assert_eq!(report.refused, refused, "{table}");
    }
    assert_eq!(scene.counts().await, before);
}

async fn what_is_there_already_is_told(house: House) {
    let scene = Scene::set(house).await;
    scene.import(&strict(Kind::Learners), GOOD).await.unwrap();
    let again = scene.import(&strict(Kind::Learners), GOOD).await.unwrap();
    let expected = [
        (2, "external_id", "ALREADY_RECORDED"),
        (3, "external_id", "ALREADY_RECORDED"),
    ];
    assert_eq!(told(&again), expected);
    let other = GOOD.replace("Ada,", "Someone else,");
    let report = scene.import(&strict(Kind::Learners), &other).await.unwrap();
    assert_eq!(told(&report)[0], (2, "external_id", "TAKEN"));
}

/// The table of permissions says who may; the machine's operator always names a provider.
#[tokio::test]
async fn only_those_with_the_permission_import() {
    use attestry::{
        bulk::ops::import,
        identity::actor::{Actor, SignIn},
    };
    let house = House::open(crate::support::database::MEMORY).await;
    let provider = uuid::Uuid::from_u128(1);
    let member = |roles: &[Role]| Actor::Member {
        provider,
        member: uuid::Uuid::from_u128(2),
        by: SignIn::Key(uuid::Uuid::from_u128(3)),
        roles: roles.to_vec(),
        scopes: vec![Scope::BulkWrite],
    };
    let results = Kind::Results { plan: provider };
    for (actor, kind) in [
        (member(&[Role::Assessor]), Kind::Learners),
        (member(&[Role::Registrar]), results),
        (Actor::Operator, Kind::Learners),
    ] {
        let op = house.app.op(actor.clone(), "r");
        let source = Box::new(std::io::empty());
        let refused = import(&op, None, &strict(kind), source, &|_| {}).await;
        assert!(
            matches!(refused, Err(Error::Forbidden(_))),
            "{actor:?} {refused:?}"
        );
    }
    let op = house.app.op(Actor::Anonymous, "r");
    let source = Box::new(std::io::empty());
    let refused = import(&op, None, &strict(Kind::Learners), source, &|_| {}).await;
    assert!(
        matches!(refused, Err(Error::Unauthenticated(_))),
        "{refused:?}"
    );
}
