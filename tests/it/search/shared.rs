//! Searching the frameworks and occupations of the shared data.

use std::{fs, process::Command};

use attestry::catalog::ops::import;

use super::{names, search, shown};
use crate::support::{House, on_each_database, shared_dir};

on_each_database!(the_whole_catalog_is_searched);

async fn the_whole_catalog_is_searched(house: House) {
    let Some(shared) = shared_dir("the_whole_catalog_is_searched") else {
        return;
    };
    let folder = tempfile::tempdir().expect("there is room");
    let made = Command::new("python3")
        .arg(shared.join("tools/make-exports.py"))
        .arg(folder.path())
        .output()
        .expect("Python is installed");
    assert!(made.status.success());
    let mut paths: Vec<_> = fs::read_dir(folder.path())
        .expect("it is there")
        .map(|entry| entry.expect("it is there").path())
        .collect();
    paths.sort();
    // All of the health care occupations, and every twentieth besides.
    let wanted = paths.iter().enumerate().filter(|(n, path)| {
        let name = path.file_name().and_then(|name| name.to_str());
        n % 20 == 0 || name.is_some_and(|name| name.starts_with("29-") || name.starts_with("31-"))
    });
    let documents = wanted.map(|(_, path)| {
        let bytes = fs::read(path).expect("it was just written");
        import::read_document(&bytes).expect("it is sound")
    });
    let documents: Vec<_> = documents.collect();
    let count = documents.len();
    assert!(count > 100, "{count} exports");
    let told = import::import_documents(&house.app.operator(), documents).await;
    assert!(told.expect("the database works").iter().all(Result::is_ok));
    let first = async |text: &str, expected: &str| {
        let found = search(&house, text, "").await;
        assert_eq!(names(&found)[0], expected, "{text}: {:?}", shown(&found));
    };
    first("massage", "31-9011.00").await;
    first("massage therapist", "31-9011.00").await;
    first("masage", "31-9011.00").await;
    first("massages", "31-9011.00").await;
    first("occupational therapists", "29-1122.00").await;
    first("occupatoinal therapist", "29-1122.00").await;
    let found = search(&house, "29-11", ", first: 100").await;
    let codes = names(&found);
    assert!(codes.len() > 5 && codes.is_sorted(), "{codes:?}");
    assert!(codes.iter().all(|code| code.starts_with("29-11")));
    let found = search(&house, "patient assessment", ", first: 100").await;
    assert!(found["totalCount"].as_u64() > Some(0), "{found}");
    for text in shown(&found) {
        let lower = text.to_lowercase();
        assert!(
            lower.contains("[patient") && lower.contains("[assess"),
            "{text}"
        );
    }
}
