use super::*;

#[tokio::test]
async fn a_savepoint_is_undone_by_itself() {
    use sea_orm::{ActiveModelTrait, EntityTrait, Set};
    let db = Db::open("sqlite::memory:").await.unwrap();
    db.migrate().await.unwrap();
    let row = |name: &str| entity::setting::ActiveModel {
        name: Set(name.into()),
        value: Set("v".into()),
    };
    let tx = db.write_tx(Reach::System).await.unwrap();
    for (name, keeps) in [("first", true), ("second", false), ("third", true)] {
        let part = tx.savepoint().await.unwrap();
        row(name).insert(&*part).await.unwrap();
        if keeps {
            part.keep().await.unwrap();
        } else {
            part.undo().await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    let rows = entity::setting::Entity::find().all(db.public()).await;
    let mut names: Vec<_> = rows.unwrap().into_iter().map(|row| row.name).collect();
    names.sort();
    assert_eq!(names, ["first", "third"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn those_who_open_a_new_file_at_once_make_its_schema_once() {
    let folder = tempfile::tempdir().unwrap();
    // A collision takes luck.
    for round in 0..8 {
        let path = folder.path().join(format!("{round}.db"));
        let url = format!("sqlite:{}", path.display());
        let open = |url: String| async move {
            let db = Db::open(&url).await?;
            db.migrate().await
        };
        let all: Vec<_> = (0..6).map(|_| tokio::spawn(open(url.clone()))).collect();
        for one in all {
            one.await.unwrap().unwrap();
        }
        let db = Db::open(&url).await.unwrap();
        let pending = Migrator::get_pending_migrations(db.public()).await;
        assert!(pending.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_uncommitted_transaction_leaves_nothing() {
    use sea_orm::{ActiveModelTrait, EntityTrait, Set};
    let db = Db::open("sqlite::memory:").await.unwrap();
    db.migrate().await.unwrap();
    let row = || entity::setting::ActiveModel {
        name: Set("a".into()),
        value: Set("b".into()),
    };
    let tx = db.write_tx(Reach::System).await.unwrap();
    row().insert(&*tx).await.unwrap();
    drop(tx);
    assert!(
        entity::setting::Entity::find()
            .all(db.public())
            .await
            .unwrap()
            .is_empty()
    );
    let tx = db.write_tx(Reach::System).await.unwrap();
    row().insert(&*tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        entity::setting::Entity::find()
            .all(db.public())
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn connections_to_sqlite_do_not_share_their_memory() {
    let db = Db::open("sqlite::memory:").await.unwrap();
    let options = Statement::from_string(DbBackend::Sqlite, "PRAGMA compile_options");
    let rows = db.public().query_all_raw(options).await.unwrap();
    let options = rows
        .iter()
        .map(|row| row.try_get::<String>("", "compile_options").unwrap());
    let options: Vec<_> = options.collect();
    let has = |name: &str| options.iter().any(|option| option == name);
    // As .cargo/config.toml says.
    assert!(!has("ENABLE_MEMORY_MANAGEMENT"), "{options:?}");
    assert!(has("DEFAULT_MEMSTATUS=0"), "{options:?}");
}
