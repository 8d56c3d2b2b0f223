//! What is kept, who gets it, and when it goes.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use attestry::{
    assessment::ops::files::{self, Swept},
    kernel::{clock::Clock, db::Reach, digest, ids},
};
use axum::http::StatusCode;
use entity::evidence_file;
use sea_orm::EntityTrait;
use serde_json::json;

use super::{Scene, TEXT, get, learners_key, upload};
use crate::support::{House, audit::check_chains, on_each_database};

on_each_database!(
    those_who_may_see_it_get_it,
    the_same_bytes_lie_there_once,
    a_part_is_given_where_it_is_asked_for,
    what_is_no_longer_itself_is_not_given,
    what_nothing_came_of_is_swept_up,
    what_a_learner_left_is_removed,
);

/// Every whole file below the folder of evidence.
fn stored(house: &House) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![house.data.path().join("evidence")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("it is a folder") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

async fn rows(house: &House) -> usize {
    let all = evidence_file::Entity::find().all(house.db()).await;
    all.expect("rows").len()
}

async fn those_who_may_see_it_get_it(house: House) {
    let scene = Scene::set(house).await;
    let (house, a) = (&scene.house, &scene.a);
    let input = json!({"externalId": "2", "name": "Another", "email": "o@riverside.example"});
    let other = a.learner(input).await;
    let own_key = learners_key(house, a, &a.learner).await;
    let other_key = learners_key(house, a, &other).await;
    let foreign_key = learners_key(house, &scene.b, &scene.b.learner).await;
    for (token, expected) in [
        (Some(a.admin.token.as_str()), 200),
        (Some(&a.assessors[0].token), 200),
        (Some(&a.assessors[1].token), 200),
        (Some(&own_key), 200),
        (Some(&other_key), 404),
        (Some(&scene.b.admin.token), 404),
        (Some(&scene.b.assessors[0].token), 404),
        (Some(&foreign_key), 404),
        (Some(&scene.platform), 403),
        (Some("attestry_nonsense"), 401),
        (None, 401),
    ] {
        let given = get(house, token, &scene.file, &[]).await;
        assert_eq!(given.status.as_u16(), expected, "{token:?}");
        assert_eq!(given.bytes == TEXT, expected == 200, "{token:?}");
    }
    let given = get(house, Some(&own_key), &scene.file, &[]).await;
    for (name, value) in [
        ("content-type", "text/plain"),
        ("content-disposition", "attachment; filename=\"notes.txt\""),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("cache-control", "no-store"),
        ("content-length", "29"),
    ] {
        assert_eq!(given.header(name), value, "{name}");
    }
    // An id of another kind, and none.
    for id in [a.learner.as_str(), "nonsense"] {
        let given = get(house, Some(&a.admin.token), id, &[]).await;
        assert_eq!(given.status, StatusCode::NOT_FOUND, "{id}");
    }
    // A file that is evidence of nothing yet is its provider's, and no learner's.
    let token = &a.assessors[0].token;
    let loose = upload(house, token, "text/plain", "x", b"loose")
        .await
        .json();
    let loose = loose["file"].as_str().expect("its id");
    let given = get(house, Some(&own_key), loose, &[]).await;
    assert_eq!(given.status, StatusCode::NOT_FOUND);
    // Another tenant cannot make it evidence of its own.
    let input = json!({
        "assessmentId": scene.b.learner, "statementId": scene.b.learner, "rating": 3,
        "evidence": [{"kind": "FILE", "value": "", "fileId": scene.file}],
    });
    let token = &scene.b.assessors[0].token;
    let seen = house
        .api
        .mutate(token, "recordObservation", "observation { id }", input)
        .await;
    assert_eq!(seen.code(), Some("NOT_FOUND"), "{seen:?}");
}

async fn the_same_bytes_lie_there_once(house: House) {
    let scene = Scene::set(house).await;
    let (house, a) = (&scene.house, &scene.a);
    let before = check_chains(&house.app.db).await;
    let again = upload(house, &a.admin.token, "Text/Plain; charset=utf-8", "", TEXT).await;
    assert_eq!(again.status, StatusCode::CREATED);
    let told = again.json();
    assert_ne!(told["file"].as_str(), Some(scene.file.as_str()));
    let hex = digest::sha256_hex(TEXT);
    assert_eq!(told["digest"], format!("sha256:{hex}"));
    assert_eq!(
        (&told["size"], &told["mediaType"]),
        (&json!(29), &json!("text/plain"))
    );
    assert_eq!(told["name"], "evidence");
    let place = format!("/evidence/{}", told["file"].as_str().expect("its id"));
    assert_eq!(again.header("location"), place);
    let (_, provider) = ids::parse_global(&a.provider).expect("an id");
    let path = house.data.path().join(format!(
        "evidence/{provider}/{}/{hex}",
        hex.get(..2).expect("it is long")
    ));
    assert_eq!(stored(house), [path]);
    assert_eq!(rows(house).await, 2);
    let after = check_chains(&house.app.db).await;
    let chain = provider.to_string();
    assert_eq!(after[&chain], before[&chain] + 1);
    // Another provider's are its own, bytes and all.
    upload(house, &scene.b.admin.token, "text/plain", "", TEXT).await;
    assert_eq!((stored(house).len(), rows(house).await), (2, 3));
}

async fn a_part_is_given_where_it_is_asked_for(house: House) {
    let scene = Scene::set(house).await;
    let token = Some(scene.a.admin.token.as_str());
    let get = async |headers: &[(&str, &str)]| get(&scene.house, token, &scene.file, headers).await;
    let tag = format!("\"{}\"", digest::sha256_hex(TEXT));
    let part = get(&[("range", "bytes=5-6")]).await;
    assert_eq!(
        (part.status.as_u16(), part.bytes.as_slice()),
        (206, &b"at"[..])
    );
    assert_eq!(part.header("content-range"), "bytes 5-6/29");
    assert_eq!(part.header("etag"), tag);
    let part = get(&[("range", "bytes=-7"), ("if-range", &tag)]).await;
    assert_eq!(
        (part.status.as_u16(), part.bytes.as_slice()),
        (206, &b"morning"[..])
    );
    let whole = get(&[("range", "bytes=5-6"), ("if-range", "\"other\"")]).await;
    assert_eq!((whole.status.as_u16(), whole.bytes.as_slice()), (200, TEXT));
    let none = get(&[("range", "bytes=29-")]).await;
    assert_eq!(
        (none.status.as_u16(), none.header("content-range")),
        (416, "bytes */29")
    );
    let held = get(&[("if-none-match", &tag)]).await;
    assert_eq!((held.status.as_u16(), held.bytes.len()), (304, 0));
}

async fn what_is_no_longer_itself_is_not_given(house: House) {
    let scene = Scene::set(house).await;
    let path = stored(&scene.house).remove(0);
    let token = Some(scene.a.admin.token.as_str());
    let mut other = TEXT.to_vec();
    other[0] ^= 1;
    for bytes in [&other[..], &TEXT[1..], b""] {
        fs::write(&path, bytes).expect("it can be written");
        let given = get(&scene.house, token, &scene.file, &[]).await;
        assert_eq!(
            (given.status.as_u16(), given.code().as_str()),
            (500, "INTERNAL")
        );
    }
    fs::remove_file(&path).expect("it can be removed");
    let given = get(&scene.house, token, &scene.file, &[]).await;
    assert_eq!(
        (given.status.as_u16(), given.code().as_str()),
        (500, "INTERNAL")
    );
    let text = String::from_utf8(given.bytes).expect("text");
    assert!(!text.contains("evidence/"), "it tells a path: {text}");
    fs::write(&path, TEXT).expect("it can be written");
    let given = get(&scene.house, token, &scene.file, &[]).await;
    assert_eq!(given.bytes, TEXT);
}

async fn what_nothing_came_of_is_swept_up(house: House) {
    let scene = Scene::set(house).await;
    let house = &scene.house;
    let token = &scene.a.assessors[0].token;
    upload(house, token, "text/plain", "", b"evidence of nothing").await;
    // The same bytes as those that are evidence: its row goes, and they stay.
    upload(house, token, "text/plain", "", TEXT).await;
    let folder = house.data.path().join("evidence");
    let unfinished = folder.join(".upload-half");
    fs::write(&unfinished, b"ha").expect("it can be written");
    let sweep = async || {
        files::sweep(&house.app.operator())
            .await
            .expect("it sweeps")
    };
    // All is too new: on disk it is as new as this machine's clock says.
    assert_eq!(sweep().await, Swept::default());
    assert_eq!(rows(house).await, 3);
    house.clock.pass_days(2);
    assert_eq!(
        sweep().await,
        Swept {
            files: 2,
            contents: 0,
            unfinished: 0
        }
    );
    assert_eq!((rows(house).await, stored(house).len()), (1, 3));
    let now = SystemTime::from(house.clock.now());
    for path in stored(house) {
        let file = fs::File::options()
            .write(true)
            .open(&path)
            .expect("it opens");
        let old = now - Duration::from_secs(25 * 3600);
        file.set_modified(old).expect("it can be dated");
    }
    assert_eq!(
        sweep().await,
        Swept {
            files: 0,
            contents: 1,
            unfinished: 1
        }
    );
    assert_eq!((rows(house).await, stored(house).len()), (1, 1));
    let given = get(house, Some(token), &scene.file, &[]).await;
    assert_eq!(given.bytes, TEXT);
    assert_eq!(sweep().await, Swept::default());
    check_chains(&house.app.db).await;
    // Nobody does it but the machine.
    let refused = files::sweep(
        &house
            .app
            .op(attestry::identity::actor::Actor::Anonymous, "r"),
    )
    .await;
    assert!(refused.is_err());
}

async fn what_a_learner_left_is_removed(house: House) {
    let scene = Scene::set(house).await;
    let house = &scene.house;
    let (_, provider) = ids::parse_global(&scene.a.provider).expect("an id");
    let (_, file) = ids::parse_global(&scene.file).expect("an id");
    let op = house.app.operator();
    // What is evidence stays.
    let remove = async || {
        let tx = house
            .app
            .db
            .write_tx(Reach::System)
            .await
            .expect("it begins");
        let removed = files::remove_of(&op, &tx, provider, &[file]).await;
        tx.commit().await.expect("it commits");
        removed.expect("it removes")
    };
    assert_eq!(remove().await, 0);
    assert_eq!((rows(house).await, stored(house).len()), (1, 1));
    let gone = entity::evidence::Entity::delete_many()
        .exec(house.db())
        .await;
    assert_eq!(gone.expect("it deletes").rows_affected, 1);
    assert_eq!(remove().await, 1);
    assert_eq!((rows(house).await, stored(house).len()), (0, 0));
    assert_eq!(remove().await, 0);
    check_chains(&house.app.db).await;
}
