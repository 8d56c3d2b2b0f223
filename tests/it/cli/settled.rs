//! What `attestry import` leaves of the index by which the catalog is searched.

use std::{ops::Range, path::Path};

use attestry::kernel::db::Db;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::json;

use super::{
    import::{folder, with, write},
    run,
};

/// In how many pieces the index is by which the catalog is searched.
async fn pieces(folder: &Path) -> i64 {
    let file = folder.join("attestry-data/attestry.db");
    let url = format!("sqlite:{}", file.display());
    let db = Db::open(&url).await.expect("it opens");
    let sql = "SELECT count(DISTINCT id >> 37) AS n FROM search_fts_data WHERE id > 10";
    let count = Statement::from_string(DbBackend::Sqlite, sql);
    let row = db.public().query_one_raw(count).await;
    let row = row.expect("it is sound").expect("a row");
    row.try_get("", "n").expect("a number")
}

#[tokio::test]
async fn an_import_of_many_files_is_searched_fast_at_once() {
    let folder = folder();
    let some = |range: Range<u32>| {
        for n in range {
            let soc = json!(format!("11-{n:04}.00"));
            let file = format!("in/{n}");
            write(folder.path(), &file, with("/occupation/soc", soc));
        }
        let ended = run(folder.path(), &["import", "in"]);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
    };
    some(1_000..1_003);
    assert!(pieces(folder.path()).await > 1, "of few it is not worth it");
    some(1_003..1_023);
    assert_eq!(pieces(folder.path()).await, 1);
}
