//! A release in which anything is wrong is refused whole.

use std::{fs, sync::Arc};

use attestry::catalog::ops::onet::{Published, import_tables};
use entity::{audit_record, dataset, dataset_rows, occupation};
use sea_orm::{EntityTrait, PaginatorTrait};

use super::release::{CODES, RATINGS, import, problems, release, write, write_main, write_ratings};
use crate::support::{House, on_each_database};

on_each_database!(
    nothing_is_stored_of_a_bad_release,
    what_is_published_never_changes,
    an_interrupted_import_leaves_nothing,
    files_that_change_meanwhile_are_refused,
);

/// Datasets, their rows, occupations and audit records.
async fn stored(house: &House) -> [u64; 4] {
    let db = house.db();
    [
        dataset::Entity::find().count(db).await.expect("a count"),
        dataset_rows::Entity::find()
            .count(db)
            .await
            .expect("a count"),
        occupation::Entity::find().count(db).await.expect("a count"),
        audit_record::Entity::find()
            .count(db)
            .await
            .expect("a count"),
    ]
}

async fn nothing_is_stored_of_a_bad_release(house: House) {
    let before = stored(&house).await;
    let folder = tempfile::tempdir().expect("a folder");
    write_main(folder.path());
    let row = |soc: &str, value: &str| {
        format!("{soc}\t2.A.1.a\tName\tIM\t{value}\t8\t0.1\t1\t5\tN\t\t08/2023\tAnalyst")
    };
    let good = row(CODES[0], "4");
    let cases = [
        (row(CODES[1], "much"), ":3:Data Value", "much"),
        (good.clone() + "\tmore", ":3", "14 cells"),
        (
            row("11-9999.00", "4"),
            ":3:O*NET-SOC Code",
            "no occupation has the code",
        ),
        (good.clone(), ":3:Element ID", "is there already"),
    ];
    for (bad, place, why) in cases {
        let path = write(folder.path(), "Skills.txt", RATINGS, &[good.clone(), bad]);
        let told = problems(import(&house.app, release(folder.path(), "2.1")).await);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].0, format!("{}{place}", path.display()));
        assert_eq!(told[0].1, "BAD_TABLE");
        assert!(told[0].2.contains(why), "{told:?}");
        assert_eq!(stored(&house).await, before);
    }
    // Cut within a row, and a column short.
    let path = folder.path().join("Skills.txt");
    let cut: String = good.chars().take(30).collect();
    fs::write(&path, format!("{RATINGS}\r\n{cut}")).expect("it can be written");
    let told = problems(import(&house.app, release(folder.path(), "2.1")).await);
    assert!(told[0].2.contains("cut short"), "{told:?}");
    fs::write(&path, RATINGS.replace("\tData Value", "") + "\r\n").expect("it can be written");
    let told = problems(import(&house.app, release(folder.path(), "2.1")).await);
    assert!(told[0].0.ends_with("Skills.txt:1:Data Value"), "{told:?}");
    fs::remove_file(&path).expect("it is there");
    let missing = release(folder.path(), "2.1");
    fs::remove_file(folder.path().join("Job Zones.txt")).expect("it is there");
    let told = problems(import(&house.app, missing).await);
    assert_eq!(told[0].1, "UNREADABLE");
    let none = Published::Crosswalk(folder.path().join("Task Statements.txt"));
    let told = problems(import(&house.app, none).await);
    assert!(told[0].2.contains("header"), "{told:?}");
    assert_eq!(stored(&house).await, before);
    // What is left is sound.
    import(&house.app, release(folder.path(), "2.1"))
        .await
        .expect("it is sound");
    assert_eq!(stored(&house).await[2], 3);
}

async fn what_is_published_never_changes(house: House) {
    let folder = tempfile::tempdir().expect("a folder");
    write_ratings(folder.path(), "Skills.txt", "2.A.", &["4"]);
    import(&house.app, release(folder.path(), "2.1"))
        .await
        .expect("it is sound");
    let before = stored(&house).await;
    write_ratings(folder.path(), "Skills.txt", "2.A.", &["5"]);
    write_ratings(folder.path(), "Knowledge.txt", "2.C.", &["5"]);
    let told = problems(import(&house.app, release(folder.path(), "2.1")).await);
    assert_eq!((told.len(), told[0].1), (1, "RELEASE_PUBLISHED"));
    assert!(told[0].0.ends_with("Skills.txt"));
    assert_eq!(stored(&house).await, before);
    // A table that the release did not have joins it.
    write_ratings(folder.path(), "Skills.txt", "2.A.", &["4"]);
    let done = import(&house.app, release(folder.path(), "2.1"))
        .await
        .expect("it is sound");
    let unchanged: Vec<_> = done.tables.iter().map(|t| t.unchanged).collect();
    assert_eq!((unchanged, done.is_unchanged()), (vec![true, false], false));
}

async fn an_interrupted_import_leaves_nothing(house: House) {
    let folder = tempfile::tempdir().expect("a folder");
    write_main(folder.path());
    // So many rows that they do not fit into what waits for the database.
    let rows: Vec<_> = (0..40_000)
        .map(|n| {
            format!(
                "{}\tA title with the number {n}\tn/a\t08",
                CODES[n / 15_000]
            )
        })
        .collect();
    let header = "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)";
    write(folder.path(), "Alternate Titles.txt", header, &rows);
    let before = stored(&house).await;
    let read: u64 = fs::read_dir(folder.path())
        .expect("the folder")
        .map(|e| e.expect("one").metadata().expect("a size").len())
        .sum();
    let stop = Arc::new(tokio::sync::Notify::new());
    let (told, seen) = (Arc::clone(&stop), std::sync::atomic::AtomicU64::new(0));
    // Once the files are being read for the second time, the rows are being stored.
    let progress = Arc::new(move |bytes| {
        let all = seen.fetch_add(bytes, std::sync::atomic::Ordering::Relaxed) + bytes;
        if all > read + read / 2 {
            told.notify_one();
        }
    });
    let op = house.app.operator();
    let published = release(folder.path(), "2.1");
    tokio::select! {
        biased;
        () = stop.notified() => {}
        done = import_tables(&op, published.clone(), progress) => {
            panic!("it was to be interrupted: {done:?}");
        }
    }
    assert_eq!(stored(&house).await, before);
    import(&house.app, published).await.expect("it is sound");
    assert_eq!(stored(&house).await[0], 8);
}

async fn files_that_change_meanwhile_are_refused(house: House) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write_ratings(folder.path(), "Skills.txt", "2.A.", &["4"]);
    let size = path.metadata().expect("a size").len();
    let before = stored(&house).await;
    let seen = std::sync::atomic::AtomicU64::new(0);
    let other = fs::read_to_string(&path)
        .expect("text")
        .replace("\t4\t", "\t3\t");
    let progress = Arc::new(move |bytes| {
        let all = seen.fetch_add(bytes, std::sync::atomic::Ordering::Relaxed) + bytes;
        if bytes == 0 && all == size {
            fs::write(&path, &other).expect("it can be written");
        }
    });
    let done = import_tables(
        &house.app.operator(),
        release(folder.path(), "2.1"),
        progress,
    )
    .await;
    let told = problems(done);
    assert!(told[0].2.contains("changed while it was read"), "{told:?}");
    assert_eq!(stored(&house).await, before);
}
